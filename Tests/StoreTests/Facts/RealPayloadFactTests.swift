import Domain
import Foundation
import Testing
import WhatsApp

@testable import Store

/// Every payload of the reference, decoded and recorded on both engines, twice. `RealPayloadTests` posts them.
@Suite struct RealPayloadFactTests {
    private struct Payload {
        let name: String
        let updates: [Update]
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "WhatsAppTests/Fixtures/webhooks")

    private static func payloads() throws -> [Payload] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted().map {
            let body = [UInt8](try Data(contentsOf: folder.appending(path: $0)))
            return Payload(name: $0, updates: WebhookDecoder.decode(body).updates)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each real payload becomes a fact or an entry under unrouted, and a repeat changes nothing`(
        engine: TestDatabase
    ) async throws {
        let payloads = try Self.payloads()
        #expect(payloads.count >= 123)
        try await engine.withWorld { world in
            var silent: [String] = []
            for payload in payloads {
                let before = try await Self.trace(world)
                try await Self.record(payload, world)
                if try await Self.trace(world) == before { silent.append(payload.name) }
            }
            #expect(silent == [], "neither a fact, nor a repeat that was counted, nor unrouted")

            let once = try await TableCounts.of(world.store)
            for payload in payloads { try await Self.record(payload, world) }
            let twice = try await TableCounts.of(world.store)
            // A body that nobody can read is shown each time it comes: it has no id to be known by.
            #expect(twice.rows.filter { $0.key != "unrouted" } == once.rows.filter { $0.key != "unrouted" })
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    private static func record(_ payload: Payload, _ world: ConsoleWorld) async throws {
        let id: IntakeID = world.store.ids.next()
        let now = world.clock.now
        try await world.store.append(
            [IntakeBody(id: id, app: world.app, receivedAt: now, isBulk: false, body: Array("{}".utf8))],
            node: world.lease.number)
        _ = try await world.store.claimBodies(limit: 10, node: world.lease.number)
        let body = InterpretedBody(intake: id, receivedAt: now, app: world.app, updates: payload.updates)
        _ = try await world.store.record([body], routes: world.store.routingTable(), node: world.lease.number)
    }

    private struct Trace: Equatable {
        let tables: TableCounts
        let templates: Int?
        /// Updates that the ledger counts as repeats.
        let duplicates: Int?
    }

    /// What shows that something was taken note of.
    private static func trace(_ world: ConsoleWorld) async throws -> Trace {
        Trace(
            tables: try await TableCounts.of(world.store),
            templates: try await world.store.look("SELECT COUNT(*) AS n FROM template"),
            duplicates: try await world.store.look(
                """
                SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS n FROM counter
                WHERE kind LIKE '%.duplicates' AND minute = -1
                """))
    }
}
