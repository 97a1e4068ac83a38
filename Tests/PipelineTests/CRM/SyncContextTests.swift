import Domain
import Store
import Testing

@testable import Pipeline

@Suite struct SyncContextTests {
    @Test func `a number in its national form is read back as the same number`() {
        let context = SyncContext.ofServer(publicURL: nil, region: "ES")
        #expect(context.phone("+34600111222", .national) == "600 11 12 22")
        // Without its country it would be one of Madrid.
        let foreign = context.phone("+351912345678", .national)
        #expect(foreign?.hasPrefix("+351") == true)
        #expect(foreign.flatMap(context.digits) == "351912345678")
    }
}
