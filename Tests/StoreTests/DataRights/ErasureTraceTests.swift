import Domain
import Testing

@testable import Store

/// Where a person may be named beside their own rows, and by which ways they may come back.
@Suite struct ErasureTraceTests {
    /// Its id is older than the erasure, and what it says is known only once it was understood.
    @Test(arguments: TestDatabase.available)
    func `a raw webhook that nobody has understood yet is waited for`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let body = IntakeBody(
                id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false,
                body: Array(#"{"from":"5215512345678"}"#.utf8))
            try await world.store.append([body], node: world.lease.number)
            world.clock.advance(by: .seconds(1))
            _ = try await world.store.erase(lucia, wish: .tell, by: "Ana", in: world.workspace)
            let open = try #require(try await world.store.openErasures().first)
            func look(_ patience: Duration = .zero) async throws -> NamingBodies {
                var (place, bodies) = (open.place, [NamingBodies.Body]())
                while true {
                    let page = try await world.store.bodies(naming: open, after: place, patience: patience)
                    bodies += page.bodies
                    guard let last = page.last else {
                        return NamingBodies(bodies: bodies, last: nil, isEnd: page.isEnd)
                    }
                    place = last
                }
            }

            let before = try await look()
            #expect(before.bodies.isEmpty && !before.isEnd)
            try await world.interpret([])
            // Another may be on its way into the log with an id of before.
            #expect(try await look(.seconds(10)).isEnd == false)
            let after = try await look()
            #expect(after.bodies.map(\.id) == [body.id] && after.isEnd)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nothing is sent to who was erased, and nobody takes them in, until they write`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.erase(try await world.makeLucia())
            let send = MessageCommand(
                workspace: world.workspace, target: .address(.phone("5215512345678"), from: world.number),
                content: .text(TextContent(body: "Su pedido")), author: .api(key: "k"))
            func make(_ kind: ContactEdit.Address.Kind, _ text: String) async throws {
                _ = try await world.store.createContact(
                    ContactDraft(name: "Lucía", addresses: [.init(kind, text)]), by: "Ana", in: world.workspace)
            }

            let refusal = await #expect(throws: PuenteError.self) { _ = try await world.store.accept(send) }
            #expect(refusal?.code == .refused && refusal?.detail == "recipient_erased")
            await #expect(throws: PuenteError.addressErased) { try await make(.phone, "5215512345678") }
            await #expect(throws: PuenteError.addressErased) { try await make(.email, "Lucia@correo.mx") }
            try await world.expectNothing(of: ConsoleWorld.traces)

            world.clock.advance(by: .minutes(5))
            try await world.receive([world.text("Hola otra vez", wamid: "l10")])
            _ = try await world.store.accept(send)
            try await make(.email, "otra@correo.mx")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a merge keeps nothing of the two, nor of a third whom a suggestion named`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let eva = Participant(waID: "5215500000001", profileName: "Eva")
            try await world.receive([world.text("De Eva", wamid: "e1", from: eva)])
            let people = try await world.store.contacts(in: world.workspace).items.map(\.person)
            func person(_ phone: String) throws -> ContactID {
                try #require(people.first { $0.phone == phone }).id
            }
            let (carlos, other) = (try person("5213398765432"), try person("5215500000001"))
            // What is suggested of Lucía and Carlos moves to Eva, into whom Carlos is merged.
            try await world.suggest(lucia, carlos, saying: "Lucía Fernández / lucia@correo.mx")
            let merge = try await world.store.merge(carlos, into: other, by: "Ana", in: world.workspace)

            try await world.erase(lucia)

            try await world.expectNothing(of: ConsoleWorld.traces)
            let undone = try await world.store.undoMerge(merge.change, by: "Ana", in: world.workspace)
            #expect(undone.change.state == .undone)
            #expect(undone.change.undoneRows + undone.change.keptRows == undone.change.rows)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM duplicate WHERE reason = 'same_email'") == 0)
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a merge of the person can be looked at and undone no more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            try await world.receive([world.text("Su otro número", wamid: "o1", from: ConsoleWorld.carlos)])
            let carlos = try #require(
                try await world.store.contacts(search: "5213398765432", in: world.workspace).items.first
            ).person.id
            try await world.suggest(lucia, carlos, saying: "Lucía Fernández")
            let merge = try await world.store.merge(carlos, into: lucia, by: "Ana", in: world.workspace)

            try await world.erase(carlos)

            try await world.expectNothing(of: ConsoleWorld.traces + ["su otro número", "5213398765432"])
            #expect(try await world.store.mergeRecord(merge.change, in: world.workspace) == nil)
            await #expect(throws: PuenteError.self) {
                _ = try await world.store.undoMerge(merge.change, by: "Ana", in: world.workspace)
            }
            #expect(try await TableCounts.of(world.store)["contact"] == 0)
        }
    }

    /// A page of it is still to be drawn.
    @Test(arguments: TestDatabase.available)
    func `a bulk action of the person alone stays readable`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let label = try await world.store.createLabel("Cliente", color: .teal, in: world.workspace, by: "Ana")
            let bulk = try await world.store.startBulk(
                .addLabel(label: label), on: .everybody, in: world.workspace, by: "Ana")
            while try await !world.store.advanceBulk(bulk, in: world.workspace) {}

            try await world.erase(lucia)

            let shown = try #require(try await world.store.bulk(bulk, in: world.workspace))
            #expect(shown.progress.changed == 1 && shown.change.title.es == "Un cambio de alguien que se borró")
        }
    }

    /// So is one for whoever has the person's name or number, which others may have had as well.
    @Test(arguments: TestDatabase.available)
    func `a bulk action on conditions that name the person stays readable, and can be put back`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let lucia = try await world.makeLucia()
            let label = try await store.createLabel("Cliente", color: .teal, in: workspace, by: "Ana")
            try await world.receive([world.text("Hola", wamid: "1", from: ConsoleWorld.carlos)])
            let conditions = try SegmentConditions(
                .any, [.condition(.name(.contains("Lucía Fernández"))), .condition(.reach(.phone))])
            let bulk = try await store.startBulk(
                .addLabel(label: label), on: .matching(conditions), in: workspace, by: "Ana")
            while try await !store.advanceBulk(bulk, in: workspace) {}

            try await world.erase(lucia)

            let shown = try #require(try await store.bulk(bulk, in: workspace))
            #expect(shown.progress.changed == 2)
            #expect(try await store.undo(bulk, in: workspace, by: "Ana").state == .undone)
            #expect(try await store.label(label, in: workspace)?.contacts?.value == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `titles that say a former name lose it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1", from: ConsoleWorld.carlos)])
            let carlos = try await world.onlyConversation().person.id
            for name in ["Carlota Nombre Viejo", "Otro"] {
                _ = try await world.store.editContact(
                    carlos, ContactEdit(name: name), by: "Ana", in: world.workspace)
            }

            try await world.erase(carlos)

            try await world.expectNothing(of: ["carlota", "nombre viejo", "5213398765432"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `edits, statuses and reactions of messages that never came go, too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            try await world.receive([
                .edit(
                    MessageEdit(
                        id: "l20", originalID: ConsoleWorld.wamid, at: world.clock.now,
                        content: .text(TextContent(body: "Lo que quise decir")))),
                .message(
                    ReceivedMessage(
                        id: "l21", origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                        content: .reaction(ReactionContent(messageID: ConsoleWorld.wamid, emoji: "👍")))),
            ])

            try await world.erase(lucia)

            try await world.expectNothing(of: ConsoleWorld.traces + [ConsoleWorld.wamid, "lo que quise decir"])
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    /// The trail of an erasure goes before a phone's history is told.
    @Test(arguments: TestDatabase.available)
    func `who was erased long ago does not come back with a phone's history`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let old = world.clock.now
            world.clock.advance(by: .minutes(5))
            try await world.erase(lucia)
            world.clock.advance(by: .days(60))
            var retention = Retention()
            retention.trail = .days(30)
            try await world.store.prune(retention)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM erasure") == 0)

            try await world.receive([
                world.text("De la historia", wamid: "l8", at: old, origin: .history(isInbound: true, status: nil))
            ])

            #expect(try await world.store.contacts(in: world.workspace).items.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of whom nothing was heard only old webhooks are looked through`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let quietSince = world.clock.now
            world.clock.advance(by: .days(100))

            _ = try await world.store.erase(
                lucia, wish: .tell, reason: .retention, quietSince: quietSince, by: "puente", in: world.workspace)

            let open = try #require(try await world.store.openErasures().first)
            #expect(IDGenerator.moment(of: open.lastBody.rawValue) == quietSince + .days(31))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a webhook that comes late and tells of nobody else is not kept either`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let old = world.clock.now
            world.clock.advance(by: .minutes(5))
            try await world.erase(lucia)
            world.clock.advance(by: .minutes(5))
            func tell(_ text: String, _ facts: [Update.Fact], _ field: String = "messages") async throws {
                let body = IntakeBody(
                    id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false,
                    body: Array(#"{"said":"\#(text) by 5215512345678"}"#.utf8))
                try await world.store.append([body], node: world.lease.number)
                try await world.interpret(facts, field: field)
            }
            let stop = ContactPreference(
                participant: ConsoleWorld.lucia, category: "marketing_messages", value: "stop", detail: nil, at: old)

            try await tell("again", [world.text("Primer mensaje", wamid: "l1", at: old)])
            try await tell("late", [world.text("Se quedó en la cola", wamid: "l9", at: old)])
            try await tell("read", [world.news("read", of: "l5")])
            try await tell("stop", [.preference(stop)], "user_preferences")
            try await world.expectNothing(of: ConsoleWorld.traces)
            #expect(try await world.store.recount(in: world.workspace).differences == [])

            let carlos = world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)
            try await tell("with others", [world.text("Primer mensaje", wamid: "l1", at: old), carlos])
            let kept = try await world.findings(of: ["5215512345678"])
            #expect(kept.count == 1 && kept.first?.contains("with others") == true)
        }
    }
}
