import Domain
import Testing

@testable import Store

@Suite struct ConsoleUnroutedTests {
    private func message(_ wamid: String) -> Update.Fact {
        .message(
            ReceivedMessage(
                id: wamid, origin: .customer, participant: ConsoleWorld.lucia, at: ConsoleWorld.start,
                content: .text(TextContent(body: "Hola"))))
    }

    private func entries(
        _ world: ConsoleWorld, _ query: UnroutedQuery = UnroutedQuery()
    ) async throws -> [UnroutedEntry] {
        try await world.store.unrouted(query, in: world.workspace).items
    }

    @Test(arguments: TestDatabase.available)
    func `an entry shows its reason, its app and the body it came in`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.receive([message("wamid.1"), message("wamid.2")], phoneNumberID: "999")

            let entry = try #require(await entries(world).first)
            let detail = try #require(await world.store.unroutedEntry(entry.id, in: world.workspace))

            #expect(entry.reason == .unknownNumber)
            #expect(entry.app == "main")
            #expect(entry.kind == .message)
            #expect(entry.excerpt.contains("Hola"))
            #expect(detail.body == Array("{}".utf8))
            #expect(!detail.isBodyCut)
            #expect(detail.openOfSameBody == 2)
            let counts = try await world.store.unroutedCounts(in: world.workspace)
            #expect(counts.total.value == 2)
            #expect(counts.byReason == [.unknownNumber: 2])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `dismissed entries leave the list and stay in the ledger`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.receive([message("wamid.1")], phoneNumberID: "999")
            let id = try #require(await entries(world).first).id

            let first = try await world.store.dismissUnrouted(.ids([id]), in: world.workspace, by: ana)
            let second = try await world.store.dismissUnrouted(.ids([id]), in: world.workspace, by: ana)

            #expect([first, second] == [1, 0])
            #expect(try await entries(world).isEmpty)
            let dismissed = try #require(await entries(world, UnroutedQuery(state: .dismissed)).first)
            #expect(dismissed.settledBy == "ana")
            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.ledger.messages.unrouted == 1)
            #expect(recount.differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a program that settles is named, and each kind is listed for itself`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.receive([message("wamid.1")], phoneNumberID: "999")
            let entry = try #require(await entries(world).first)

            _ = try await world.store.dismissUnrouted(.ids([entry.id]), in: world.workspace, by: nil, named: "ops")

            let dismissed = try await entries(world, UnroutedQuery(state: .dismissed, kind: .message))
            #expect(dismissed.map(\.settledBy) == ["ops"])
            #expect(try await entries(world, UnroutedQuery(state: .dismissed, kind: .status)).isEmpty)
            let bodies = try await world.store.unroutedBodies([entry.intake], upTo: 100, in: world.workspace)
            #expect(bodies == [entry.intake: Array("{}".utf8)])
            #expect(try await world.store.unroutedBodies([entry.intake], upTo: 1, in: world.workspace).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `routed again, the body waits for the interpreter and nothing is counted twice`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.receive([message("wamid.1"), message("wamid.2")], phoneNumberID: "999")
            let id = try #require(await entries(world).first).id

            let bodies = try await world.store.routeAgain(.ids([id]), in: world.workspace, by: nil)

            let waiting = try await world.store.recount(in: world.workspace)
            #expect(bodies == 1)
            #expect(waiting.differences == [])
            #expect(waiting.ledger.bodies == Ledger.Bodies(received: 1, interpreted: 0, unrouted: 0))
            #expect(waiting.ledger.messages == Ledger.Updates())
            #expect(try await entries(world).isEmpty)

            try await world.interpret([message("wamid.1"), message("wamid.2")])

            let routed = try await world.store.recount(in: world.workspace)
            #expect(routed.differences == [])
            #expect(routed.ledger.bodies == Ledger.Bodies(received: 1, interpreted: 1, unrouted: 0))
            #expect(routed.ledger.messages == Ledger.Updates(received: 2, duplicates: 0, stored: 2, unrouted: 0))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `routed again in vain, the entries are open again`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.receive([message("wamid.1")], phoneNumberID: "999")

            let bodies = try await world.store.routeAgain(.reason(.unknownNumber), in: world.workspace, by: nil)
            try await world.interpret([message("wamid.1")], phoneNumberID: "999")

            let recount = try await world.store.recount(in: world.workspace)
            #expect(bodies == 1)
            #expect(try await entries(world).count == 1)
            #expect(recount.differences == [])
            #expect(recount.ledger.messages == Ledger.Updates(received: 1, duplicates: 0, stored: 0, unrouted: 1))
        }
    }

    /// Claims what waits and records it as the interpreter does with a long body: in parts, from where it stands.
    private func interpretInParts(
        _ facts: [Update.Fact], phoneNumberID: String = ConsoleWorld.phoneNumberID, _ world: ConsoleWorld
    ) async throws {
        let claimed = try #require(await world.store.claimBodies(limit: 1, node: world.lease.number).first)
        let updates = facts.map {
            Update(wabaID: ConsoleWorld.wabaID, phoneNumberID: phoneNumberID, field: "messages", fact: $0)
        }
        let body = InterpretedBody(
            intake: claimed.intake.id, receivedAt: claimed.intake.receivedAt, app: world.app, updates: updates,
            nextPosition: claimed.nextPosition)
        for part in body.parts(of: 4) {
            _ = try await world.store.record(
                [part], routes: world.store.routingTable(), node: world.lease.number)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a body that was recorded in parts is routed again from its beginning`(on database: TestDatabase) async throws
    {
        try await database.withWorld { world in
            let facts = (0..<10).map { message("wamid.\($0)") }
            let body = IntakeBody(
                id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false, body: [1])
            try await world.store.append([body], node: world.lease.number)
            try await interpretInParts(facts, phoneNumberID: "999", world)
            #expect(try await entries(world).count == 10)

            _ = try await world.store.routeAgain(.reason(.unknownNumber), in: world.workspace, by: nil)
            try await interpretInParts(facts, world)

            let routed = try await world.store.recount(in: world.workspace)
            #expect(routed.differences == [])
            #expect(routed.ledger.messages == Ledger.Updates(received: 10, duplicates: 0, stored: 10, unrouted: 0))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a body that stopped the interpreter is tried again from the start`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let body = IntakeBody(
                id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false, body: [1])
            try await world.store.append([body], node: world.lease.number)
            _ = try await world.store.claimBodies(limit: 10, node: world.lease.number)
            try await world.store.quarantine(body, node: world.lease.number)

            let bodies = try await world.store.routeAgain(
                .reason(.stoppedInterpreter), in: world.workspace, by: nil)
            let claimed = try await world.store.claimBodies(limit: 10, node: world.lease.number)

            #expect(bodies == 1)
            #expect(claimed.map(\.intake.id) == [body.id])
            #expect(claimed.map(\.attempt) == [1])
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an entry whose body is gone says so`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.receive([message("wamid.1")], phoneNumberID: "999")
            let id = try #require(await entries(world).first).id
            try await world.store.database.write { try $0.execute("DELETE FROM intake") }

            let error = await #expect(throws: PuenteError.self) {
                try await world.store.routeAgain(.ids([id]), in: world.workspace, by: nil)
            }

            #expect(error?.detail == "body_pruned")
            #expect(try await world.store.unroutedEntry(id, in: world.workspace)?.body == nil)
            #expect(try await entries(world).count == 1)
        }
    }
}
