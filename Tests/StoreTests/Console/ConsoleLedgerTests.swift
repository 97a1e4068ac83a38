import Domain
import Testing

@testable import Store

@Suite struct ConsoleLedgerTests {
    @Test(arguments: TestDatabase.available)
    func `everything received is somewhere, and the tables agree`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            try await world.write("Hola", wamid: "wamid.1")
            try await world.write("¿Sí?", wamid: "wamid.2")
            _ = try await world.answer("Buenas", in: try await world.onlyConversation().id, by: ana)
            try await world.send(world.accepted("wamid.3"))
            try await world.status("delivered", of: "wamid.3")
            try await world.receive([.unrouted(.malformed, excerpt: "{}")])
            try await world.store.append(
                [
                    IntakeBody(
                        id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false,
                        body: [1])
                ], node: world.lease.number)
            try await world.record(world.recorded)

            let recount = try await world.store.recount(in: world.workspace)

            let ledger = recount.ledger
            #expect(recount.differences == [])
            #expect(ledger.bodies.received == 6)
            #expect(ledger.bodies.interpreted == 5)
            #expect(ledger.bodies.waiting == 1)
            #expect(ledger.messages == Ledger.Updates(received: 4, duplicates: 1, stored: 2, unrouted: 1))
            #expect(ledger.statuses == Ledger.Updates(received: 1, duplicates: 0, stored: 1, unrouted: 0))
            #expect(ledger.sends.accepted == 1)
            let crm = try #require(ledger.connections.first)
            #expect(crm.name == "hubspot")
            #expect(crm.stored == 3)
            #expect(crm.stored == crm.recorded + crm.waiting + crm.dead + crm.notApplicable)
            #expect(try await world.store.ledger(in: world.workspace) == ledger)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a figure that does not agree with its table is named`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.store.database.write { connection in
                try connection.execute(
                    "DELETE FROM activity WHERE workspace_id = :workspace_id", ["workspace_id": world.workspace])
            }

            let recount = try await world.store.recount(in: world.workspace)

            #expect(
                recount.differences.map(\.description) == [
                    "crm.hubspot.stored: the ledger says 1, the tables 0",
                    "crm.hubspot.waiting: the ledger says 1, the tables 0",
                ])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `minutes are told without gaps, each with what happened in it`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            world.clock.advance(by: .minutes(2))
            try await world.write("¿Sí?", wamid: "wamid.2")
            try await world.write("¿Hola?", wamid: "wamid.3")
            try await world.record(world.recorded)

            let minutes = try await world.store.ledgerMinutes(4, in: world.workspace)

            #expect(minutes.map(\.messages) == [0, 1, 0, 2])
            #expect(minutes.map(\.bodies) == [0, 1, 0, 2])
            #expect(minutes.last?.recorded == [world.crm: 1])
            #expect(minutes.last?.at == ConsoleWorld.start + .minutes(2))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `delays are told for each hop, and without values there are none`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            world.clock.advance(by: .milliseconds(800))
            try await world.record(world.recorded)

            let delays = try await world.store.delays(in: world.workspace)

            #expect(delays.map(\.hop) == [.stored, .recorded(world.crm), .sent])
            #expect(delays[0].p99 == .zero)
            let recorded = try #require(delays[1].p50)
            #expect((Duration.milliseconds(800)...Duration.milliseconds(900)).contains(recorded))
            #expect(delays[1].count == 1)
            #expect(delays[2].count == 0)
            #expect(delays[2].p50 == nil)
            world.clock.advance(by: .hours(2))
            #expect(try await world.store.delays(in: world.workspace).allSatisfy { $0.count == 0 })
        }
    }
}
