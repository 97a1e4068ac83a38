import Domain
import Testing

@testable import Store

/// Two nodes that meet the same new customer make one contact: the second waits for the first.
@Suite(.timeLimit(.minutes(2))) struct ContactLockTests {
    @Test func `an update that is recorded alone waits for who records the same customer`() async throws {
        try await TestDatabase.postgres.withWorld { world in
            let store = world.store
            let body = InterpretedBody(
                intake: store.ids.next(), receivedAt: world.clock.now, app: world.app,
                updates: [
                    Update(
                        wabaID: ConsoleWorld.wabaID, phoneNumberID: ConsoleWorld.phoneNumberID, field: "messages",
                        fact: world.text("Hola", wamid: "wamid.1"))
                ])
            let routes = try await store.routingTable()
            let (gate, other) = (Gate(), world.workspace)
            async let first: Void = store.database.write { connection in
                try connection.lock(["phone\(ConsoleWorld.lucia.waID ?? "")"], in: other)
                gate.waitUntilOpen()
            }
            try await waitUntil { try await advisoryLocks(granted: true, store) == 1 }

            async let second = store.record(0, of: body, routes: routes, node: 1)
            try await waitUntil { try await advisoryLocks(granted: false, store) == 1 }

            gate.open()
            try await first
            #expect(try await second.storedMessages == 1)
        }
    }

    private func advisoryLocks(granted: Bool, _ store: Store) async throws -> Int {
        try await store.look(
            """
            SELECT COUNT(*) AS n FROM pg_locks
            WHERE locktype = 'advisory' AND granted = \(granted)
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """) ?? 0
    }
}
