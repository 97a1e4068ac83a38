import Domain
import Testing

@testable import Console

@Suite struct `A phone number in a table` {
    @Test func `is written as somebody in the company's country dials it`() {
        let argentine = PhoneFacts(digits: "5491133748315")

        #expect(argentine.dialled(in: "MX") == "+54 9 11 3374-8315")
        #expect(argentine.dialled(in: "AR") == argentine.local)
        #expect(PhoneFacts(digits: "99912345678").dialled(in: "MX") == "+99912345678")
    }
}
