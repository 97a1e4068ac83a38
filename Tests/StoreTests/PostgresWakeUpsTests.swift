import Synchronization
import Testing

@testable import Store

@Suite struct PostgresWakeUpsTests {
    @Test func `a hint reaches the other nodes and not its sender`() async throws {
        let options = try await PostgresCluster.shared.makeDatabase()
        let (here, there) = (Heard(), Heard())
        let sender = try PostgresWakeUps(options, log: quiet) { here.note($0) }
        let listener = try PostgresWakeUps(options, log: quiet) { there.note($0) }
        try await waitUntil { here.all == [.missed] && there.all == [.missed] }

        sender.send(["number:1", "number:1", "crm:ñ"])
        try await waitUntil { there.all.count == 3 }
        sender.send(["last"])
        try await waitUntil { there.all.count == 4 }

        #expect(Set(there.all) == [.missed, .topic("number:1"), .topic("crm:ñ"), .topic("last")])
        #expect(here.all == [.missed])
        await sender.close()
        await listener.close()
    }

    @Test func `who was away is told that hints were missed, and hears again`() async throws {
        let options = try await PostgresCluster.shared.makeDatabase()
        let heard = Heard()
        let listener = try PostgresWakeUps(options, log: quiet) { heard.note($0) }
        try await waitUntil { heard.all == [.missed] }

        let database = try PostgresDatabase(options, log: quiet)
        try await database.write { connection in
            _ = try connection.rows(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
                [:])
        }
        try await waitUntil { heard.all == [.missed, .missed] }
        try await database.write { _ = try $0.rows("SELECT pg_notify('puente_wake', 'intake')", [:]) }
        try await waitUntil { heard.all.count == 3 }

        #expect(heard.all.last == .topic("intake"))
        await listener.close()
        await database.close()
    }

    @Test func `more topics than can be told apart become one hint for all`() async throws {
        let options = try await PostgresCluster.shared.makeDatabase()
        let heard = Heard()
        let sender = try PostgresWakeUps(options, log: quiet) { _ in }
        let listener = try PostgresWakeUps(options, log: quiet) { heard.note($0) }
        try await waitUntil { heard.all == [.missed] }

        sender.send([String(repeating: "x", count: 9000)])
        try await waitUntil { heard.all.count == 2 }

        #expect(heard.all == [.missed, .missed])
        await sender.close()
        await listener.close()
    }
}

/// What one node was told, in order.
private final class Heard: Sendable {
    private let wakeUps = Mutex<[WakeUp]>([])

    var all: [WakeUp] { wakeUps.withLock { $0 } }

    func note(_ wakeUp: WakeUp) {
        wakeUps.withLock { $0.append(wakeUp) }
    }
}
