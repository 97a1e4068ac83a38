import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

/// The connectors against simulators that were written from the vendors' documents, not from them.
@Suite struct AgainstSandboxTests {
    private func withSandbox(
        _ work: @escaping @Sendable (_ url: String, OutboundClient) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.searchIndexDelay = .zero
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in try await work(url, client) }
        }
    }

    private func hubSpotConnector(_ url: String, _ client: OutboundClient) throws -> HubSpotConnector {
        HubSpotConnector(
            settings: try HubSpotSettings(baseURL: url + "/hubspot", token: "sandbox-token"), client: client)
    }

    @Test func `HubSpot is checked, prepared and passes`() async throws {
        try await withSandbox { url, client in
            let connector = try hubSpotConnector(url, client)
            let before = await connector.check()
            #expect(before.filter(\.isNoted).map(\.name) == [.fields])

            let created = try await connector.prepare()
            let again = try await connector.prepare()
            let after = await connector.check()

            #expect(created.count == HubSpotField.allCases.count)
            #expect(again == [])
            #expect(after.filter { !$0.isPassed || $0.isNoted } == [])
            #expect(connector.headroom != nil)
        }
    }

    @Test func `a contact is created once, found by every writing of its number, and its messages go their way`()
        async throws
    {
        try await withSandbox { url, client in
            let connector = try hubSpotConnector(url, client)
            _ = try await connector.prepare()
            let contact = ContactUpsert(puenteID: puenteID(1), firstName: "Ana", waID: "5215512345678")

            let first = try await connector.upsertContacts([contact, contact])
            let second = try await connector.upsertContacts([contact])
            let id = try #require(first[0].remoteID)
            let found = try await connector.findContacts(
                ContactLookup(puenteID: puenteID(2), phones: ["525512345678"]))

            #expect(first.map(\.remoteID) == [id, id])
            #expect(second.map(\.remoteID) == [id])
            #expect(found.map(\.id) == [id])
            #expect(found.first?.matches == [.phone])
            #expect(found.first?.puenteID == puenteID(1))

            let messages = (Int64(1)...30).map { number in
                // The seventh belongs to a contact that does not exist.
                activity(number, remoteID: number == 7 ? "999999999" : id, at: morning + .seconds(number))
            }
            let recorded = try await connector.recordActivities(messages)
            #expect(recorded.indices.filter { recorded[$0].remoteID == nil } == [6])

            var sent = messages[0]
            sent.direction = .outbound
            sent.status = .read
            let remoteID = try #require(recorded[0].remoteID)
            let updated = try await connector.updateActivities([ActivityUpdate(remoteID: remoteID, activity: sent)])
            #expect(updated == [.done(remoteID: remoteID)])
            let lookedUp = try await connector.findActivities(messages)
            #expect(lookedUp == recorded.map(\.remoteID))
            let api = connector.api
            let ofContact = HubSpotActivitySearch.searches(ofEach: Array(messages[0..<2] + messages[6..<7]))
            let page = try await api.search(api.paths.communications, try #require(ofContact.first))
            #expect(Set(page.results.map(\.id)) == Set(recorded[0..<3].compactMap(\.remoteID)))
        }
    }

    @Test func `every change is read, page by page`() async throws {
        try await withSandbox { url, client in
            let connector = try hubSpotConnector(url, client)
            _ = try await connector.prepare()
            let contacts = (Int64(1)...250).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }
            _ = try await connector.upsertContacts(contacts)

            var (cursor, seen): (String?, Set<String>) = (nil, [])
            for _ in 0..<4 {
                let page = try await connector.changes(since: cursor)
                seen.formUnion(page.contacts.compactMap(\.puenteID))
                cursor = page.nextCursor
            }

            #expect(seen == Set(contacts.map(\.puenteID)))
        }
    }

    @Test func `the own system takes signed batches, and repetitions change nothing`() async throws {
        try await withSandbox { url, client in
            let settings = try OwnSystemSettings(
                url: url + "/own/events", secret: SandboxConfiguration().ownSystemSecret)
            // The sandbox compares the signature's time with the real one.
            let now = { @Sendable in Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
            let connector = OwnSystemConnector(settings: settings, client: client, now: now)

            let steps = await connector.check()
            let messages = (Int64(1)...100).map { activity($0) }
            let first = try await connector.recordActivities(messages)
            let second = try await connector.recordActivities(messages)

            #expect(steps.filter { !$0.isPassed } == [])
            #expect(first.compactMap(\.remoteID).count == 100)
            #expect(first == second)
        }
    }
}

extension CheckStep {
    fileprivate var isNoted: Bool {
        if case .noted = outcome { true } else { false }
    }
}
