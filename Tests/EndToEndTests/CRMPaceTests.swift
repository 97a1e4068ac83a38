import Domain
import Testing

@testable import puente

/// A CRM that says that there are too many calls.
@Suite(.serialized)
struct CRMPaceTests {
    private static let faults = """
        {"faults":[{"target":"hubspot","kind":"status","status":429,"retry_after":1,"share":0.5,"count":6}]}
        """

    @Test func `whoever is told to slow down does, and writes everything once`() async throws {
        try await Installation.run { puente async throws in
            let answer = try await puente.call("PUT", "\(puente.sandbox)/sandbox/faults", body: Self.faults)
            #expect(answer.status < 300, "\(answer.body)")

            for number in 0..<12 { try await puente.customer("3460011122\(number % 10)", writes: "Hola \(number)") }

            try await puente.until("everything is recorded", within: .seconds(60)) {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 12
            }
            let activities = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/hubspot/activities")
            for number in 0..<12 { #expect(activities.body.contains("Hola \(number)")) }
            #expect(try await puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0)
        }
    }
}
