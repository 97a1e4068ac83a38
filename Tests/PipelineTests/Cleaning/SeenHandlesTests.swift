import Crypto
import Testing

@testable import Pipeline

@Suite struct SeenHandlesTests {
    @Test func `no number is taken for another, nor for an address`() {
        var seen = SeenHandles(key: SymmetricKey(size: .bits256))
        let handles = ["1", "10", "100", "0", "00", "886912345678", "88691234567", "12345678901234567890"]

        for (row, handle) in handles.enumerated() {
            #expect(seen.row(phone: handle) == nil, "\(handle)")
            seen.claim(phone: handle, row: row + 2)
        }

        #expect(handles.map { seen.row(phone: $0) } == Array(2..<10))
        #expect(seen.row(email: "1") == nil)
    }

    @Test func `the first row that claims a handle keeps it`() {
        var seen = SeenHandles(key: SymmetricKey(size: .bits256))

        seen.claim(email: "ana@example.com", row: 2)
        seen.claim(email: "ana@example.com", row: 3)

        #expect(seen.row(email: "ana@example.com") == 2)
    }
}
