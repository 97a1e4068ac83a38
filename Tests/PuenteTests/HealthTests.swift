import Domain
import Foundation
import Store
import Testing

@testable import puente

/// What `/health/ready` says of CRM connections.
@Suite struct HealthTests {
    private static let away = ConnectionAlarm(
        kind: "destination_away", connection: "hubspot",
        text: LocalizedText(en: "HubSpot cannot be reached.", es: "No se puede alcanzar HubSpot."))

    private func said(_ problems: [ReadinessProblem], _ warnings: [ConnectionAlarm]) throws -> [String: Any] {
        let body = HealthRoutes.json(problems, warnings)
        return try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }

    @Test func `a CRM that is away is named, and the node is ready`() throws {
        let line = "warning: hubspot: destination_away: HubSpot cannot be reached."
        #expect(HealthRoutes.text([], [Self.away]) == "ready\n\(line)\n")

        let answer = try said([], [Self.away])
        #expect(answer["ready"] as? Bool == true)
        #expect((answer["reasons"] as? [Any])?.isEmpty == true)
        let warning = (answer["warnings"] as? [[String: Any]])?.first
        #expect(warning?["code"] as? String == "destination_away")
        #expect(warning?["connection"] as? String == "hubspot")
        #expect((warning?["text"] as? [String: String])?["es"] == "No se puede alcanzar HubSpot.")
    }

    @Test func `reasons come before warnings, and without either it is one word`() throws {
        let lines = HealthRoutes.text([.notJoined], [Self.away]).split(separator: "\n")

        #expect(lines.map { $0.prefix(11) } == ["not ready", "not_joined:", "warning: hu"])
        #expect(HealthRoutes.text([], []) == "ready\n")
        #expect((try said([], [])["warnings"] as? [Any])?.isEmpty == true)
    }

    @Test func `the watch hears of what the database says`() async throws {
        try await Installation().run { open, workspace in
            let crm = try #require(try await open.store.connectionAccounts().first { $0.slug == "hubspot" })
            let watch = ConnectionWatch(store: open.store, logger: .silent)
            await watch.look()
            #expect(watch.alarms == [])

            try await open.store.raiseAlarm(
                "destination_away", subject: "\(Lane.connection(crm.id))", text: Self.away.text, in: workspace)
            await watch.look()

            #expect(watch.alarms == [Self.away])
        }
    }
}
