import Domain
import Secrets
import Testing

@testable import Store

/// A no counts at once, on whatever path it comes, and is confirmed once.
@Suite struct WithdrawalTests {
    @Test(arguments: TestDatabase.available)
    func `a STOP that commits after a promotion was taken on and before it leaves wins`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.write("Hola", wamid: "1")
            try await world.grant()
            try await world.send("oferta")
            world.clock.advance(by: .seconds(2))
            try await world.write("¡BAJA! 🙏", wamid: "2")

            let jobs = try await world.leave()

            guard case .refused(.marketingWithdrawn)? = jobs.first?.state else {
                Issue.record("not refused: \(jobs)")
                return
            }
            let refused = try required(await world.store.message(required(jobs.first).message, in: world.workspace))
            #expect(refused.status == .refused)
            // Among the dead letters it says why it would be refused again.
            func letter() async throws -> DeadLetter {
                try required(await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items.first)
            }
            #expect(try await letter().refusal == .marketingWithdrawn)
            #expect(try await world.refusal(of: "oferta") == "marketing_withdrawn")
            #expect(try await world.refusal(of: "aviso") == nil)
            let entry = try required(await world.consent().entries.first)
            #expect(entry.words == "¡BAJA! 🙏" && entry.source == .message && entry.evidence.wamid == "2")
            world.clock.advance(by: .minutes(1))
            try await world.grant()
            #expect(try await letter().refusal == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a withdrawal is confirmed once, in the customer's word's language, and says who writes`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("désabonner", wamid: "1")
            #expect(
                try await world.leavingTexts() == [
                    "Ejemplo S.A. : c’est fait, vous ne recevrez plus de promotions. Si vous changez d’avis, écrivez REPRENDRE."
                ])
            world.clock.advance(by: .seconds(30))
            try await world.write("STOP", wamid: "2")
            #expect(try await world.leavingTexts() == [])
            // The ledger does not grow with repeats.
            #expect(try await world.consent().entries.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each withdrawal has its own confirmation`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("STOP", wamid: "1")
            #expect(try await world.leavingTexts().count == 1)
            world.clock.advance(by: .seconds(60))
            try await world.grant()
            #expect(try await world.marketing()?.word == .granted)
            world.clock.advance(by: .seconds(60))
            try await world.write("baja", wamid: "2")
            #expect(try await world.leavingTexts().count == 1)
            #expect(try await world.marketing()?.word == .withdrawn)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `history, echoes, groups and late news withdraw and are not answered`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let past = world.clock.now - .days(40)
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "1", origin: .history(isInbound: true, status: nil), participant: ConsoleWorld.lucia,
                        at: past, content: .text(TextContent(body: "STOP"))))
            ])
            #expect(try await world.marketing()?.since == past)
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "2", origin: .customer, participant: ConsoleWorld.carlos,
                        at: world.clock.now - .minutes(11), content: .text(TextContent(body: "STOP"))))
            ])
            #expect(try await world.marketing("5213398765432")?.word == .withdrawn)
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "3", origin: .echo, participant: Participant(waID: "5215500000003"), at: world.clock.now,
                        content: .text(TextContent(body: "STOP")))),
                .message(
                    ReceivedMessage(
                        id: "4", origin: .customer, participant: Participant(waID: "5215500000004"),
                        at: world.clock.now, content: .text(TextContent(body: "STOP")), groupID: "g")),
            ])
            #expect(try await world.marketing("5215500000003") == nil)
            #expect(try await world.marketing("5215500000004")?.word == .withdrawn)
            #expect(try await world.leavingTexts() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message that is changed to a withdrawal word withdraws`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("STO", wamid: "1")
            #expect(try await world.marketing() == nil)
            world.clock.advance(by: .seconds(5))
            try await world.receive([
                .edit(
                    MessageEdit(
                        id: "1b", originalID: "1", at: world.clock.now, content: .text(TextContent(body: "STOP"))))
            ])
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leavingTexts().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the stop button of a template withdraws`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.choose(
                "No más promociones", "No más promociones", wamid: "1", answering: "wamid.x", kind: .quickReply)
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leavingTexts().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `Meta's stop and resume count, in whatever order they come`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            func prefer(_ value: String, after seconds: Int) async throws {
                try await world.receive(
                    [
                        .preference(
                            ContactPreference(
                                participant: ConsoleWorld.lucia, category: "marketing_messages", value: value,
                                detail: nil, at: world.clock.now + .seconds(seconds)))
                    ], field: "user_preferences")
            }
            try await world.write("Hola", wamid: "1")
            try await world.grant(isDouble: true)
            world.clock.advance(by: .minutes(2))
            try await prefer("resume", after: -10)
            #expect(try await world.marketing()?.word == .granted)
            try await prefer("stop", after: -20)
            #expect(try await world.marketing()?.isDouble == true)
            try await prefer("stop", after: -5)
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leavingTexts().count == 1)
            try await prefer("resume", after: -1)
            #expect(try await world.marketing()?.isDouble == true)
            try await prefer("something_new", after: 0)
            #expect(try await world.marketing()?.isDouble == true)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `error 131050 withdraws, whether it comes with the answer or as a status`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            for (phone, wamid) in [("5215512345678", "1"), ("5213398765432", "2")] {
                try await world.write("Hola", wamid: wamid, from: Participant(waID: phone))
                try await world.grant(phone)
            }
            try await world.send("oferta")
            try await world.send(world.failed(.permanent, code: "131050", .discarded))
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.consent().entries.first?.evidence.code == "131050")
            // Inside the window it is confirmed.
            #expect(try await world.leavingTexts().count == 1)

            try await world.send("oferta", to: "5213398765432")
            try await world.send(world.accepted("wamid.oferta"))
            world.clock.advance(by: .seconds(5))
            try await world.status(
                "failed", of: "wamid.oferta", failures: [GraphFailure(code: 131_050, title: "x", details: nil)])
            #expect(try await world.marketing("5213398765432")?.word == .withdrawn)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a blocked contact gets no confirmation, and nothing else`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.write("Hola", wamid: "1")
            try await world.set(state: "blocked")
            try await world.write("STOP", wamid: "2")
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leave().isEmpty)
            #expect(try await world.refusal(of: "aviso") == "contact_blocked")
            #expect(try await world.refusal(of: "codigo") == "contact_blocked")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a company's own words count`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.store.changeConsentSettings(in: world.workspace, by: "Ana") {
                $0.withdrawalWords = ["Cancelar"]
                $0.texts[.spanish] = ConsentTexts.standard(.spanish)
                $0.texts[.spanish]?.confirmation = "Listo. {company}"
            }
            try await world.write("cancelar", wamid: "1")
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leavingTexts() == ["Listo. Ejemplo S.A."])
        }
    }

    // MARK: Exactly once

    @Test(arguments: TestDatabase.available)
    func `a STOP is confirmed once, whatever came with it in whatever order`(engine: TestDatabase) async throws {
        for isStopFirst in [true, false] {
            try await engine.withWorld { world in
                let earlier = world.clock.now - .minutes(1)
                let facts = [world.said("STOP", wamid: "1"), world.said("ALTA", wamid: "2", at: earlier)]
                try await world.receive(isStopFirst ? facts : facts.reversed())
                #expect(try await world.marketing()?.word == .withdrawn)
                let texts = try await world.leavingTexts()
                #expect(texts.count == 1 && texts[0].contains("no le enviaremos más promociones"), "\(texts)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a webhook that comes again, also after a restart and on two nodes at once, confirms nothing again`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let stop = world.said("STOP", wamid: "1")
            try await world.receiveAtOnce([[stop], [stop], [world.said("Baja", wamid: "2")]])
            #expect(try await world.leavingTexts().count == 1)

            // Another program on the same database, which knows nothing of what the first one had in its memory.
            let restarted = Store(
                database: world.store.database, ids: world.store.ids, keys: try KeyRing.generate(),
                now: { [clock = world.clock] in clock.now }, canonicalPhone: { $0 })
            let body = IntakeBody(
                id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false,
                body: Array("{}".utf8))
            try await restarted.append([body], node: world.lease.number)
            _ = try await restarted.claimBodies(limit: 1, node: world.lease.number)
            _ = try await restarted.record(
                [
                    InterpretedBody(
                        intake: body.id, receivedAt: body.receivedAt, app: world.app,
                        updates: [
                            Update(
                                wabaID: ConsoleWorld.wabaID, phoneNumberID: ConsoleWorld.phoneNumberID,
                                field: "messages", fact: stop)
                        ])
                ], routes: restarted.routingTable(), node: world.lease.number)
            #expect(try await world.leavingTexts() == [])
            #expect(try await world.consent().entries.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a start word that comes late and was said before the no opens nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("STOP", wamid: "1")
            #expect(try await world.leavingTexts().count == 1)
            try await world.receive([world.said("ALTA", wamid: "2", at: world.clock.now - .minutes(1))])
            world.clock.advance(by: .minutes(1))
            try await world.write("BAJA", wamid: "3")
            #expect(try await world.leavingTexts() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever asked for messages again and stops them again hears it again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            var texts: [String] = []
            for (wamid, word) in ["STOP", "START", "STOP", "STOP"].enumerated() {
                try await world.write(word, wamid: "\(wamid)")
                texts += try await world.leavingTexts()
                world.clock.advance(by: .minutes(1))
            }
            #expect(texts.count == 3, "\(texts)")
            #expect(texts.filter { $0.contains("hecho") || $0.contains("done") }.count == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a start word that is changed to a stop word withdraws`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "0")
            try await world.grant()
            world.clock.advance(by: .minutes(1))
            try await world.write("ALTA", wamid: "1")
            world.clock.advance(by: .seconds(5))
            try await world.edit("1", to: "BAJA", event: "1b")
            #expect(try await world.marketing()?.word == .withdrawn)
            world.clock.advance(by: .minutes(1))
            try await world.grant()
            // A further edit says the earlier ones again, and they count once.
            world.clock.advance(by: .minutes(1))
            try await world.edit("1", to: "Baja, o mejor no", event: "1c")
            #expect(try await world.marketing()?.word == .granted)
            try await world.edit("1", to: "baja", event: "1d")
            #expect(try await world.marketing()?.word == .withdrawn)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is changed in a group is not answered`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.said("Hola", wamid: "1", inGroup: "g")])
            try await world.edit("1", to: "STOP", event: "1b")
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leavingTexts() == [])
        }
    }

    // MARK: Every path

    private static let paths: [(name: String, stop: @Sendable (ConsoleWorld) async throws -> Void)] = [
        ("a word", { try await $0.write("退订", wamid: "s") }),
        ("Meta's stop", { try await $0.prefer("stop") }),
        (
            "a stop button",
            {
                try await $0.choose(
                    "x", "Detener promociones", wamid: "s", answering: "wamid.x", kind: .quickReply)
            }
        ),
        (
            "error 131050",
            {
                try await $0.send("oferta")
                try await $0.send($0.failed(.permanent, code: "131050", .discarded))
            }
        ),
        ("an import", { try await $0.listConsent(.withdrawn) }),
        ("staff", { try await $0.tell(.staff) }), ("a form", { try await $0.tell(.form) }),
        ("the CRM", { try await $0.tell(.crm) }), ("a program", { try await $0.tell(.api) }),
    ]

    @Test(arguments: TestDatabase.available)
    func `on every path a stop withdraws at once, holds back what waits, and is confirmed once at most`(
        engine: TestDatabase
    ) async throws {
        for (name, stop) in Self.paths {
            try await engine.withWorld { world in
                try await world.addTemplates()
                try await world.write("Hola", wamid: "1")
                try await world.grant()
                world.clock.advance(by: .minutes(1))
                try await stop(world)
                var confirmations = try await world.leavingTexts()
                #expect(try await world.marketing()?.word == .withdrawn, "\(name)")
                #expect(try await world.refusal(of: "oferta") == "marketing_withdrawn", "\(name)")
                #expect(try await world.refusal(of: "aviso") == nil, "\(name)")
                world.clock.advance(by: .minutes(1))
                try await world.leave()
                // Their own word afterwards: still no promotions, and they have heard it once when all is said.
                try await world.write("STOP", wamid: "2")
                confirmations += try await world.leavingTexts()
                #expect(confirmations.count == 1, "\(name): \(confirmations)")
                // A list or another system makes no yes out of it.
                world.clock.advance(by: .minutes(1))
                try await world.listConsent(.granted)
                try await world.tell(.crm, .granted)
                #expect(try await world.marketing()?.word == .withdrawn, "\(name)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a promotion that was taken on is held back by a stop on any path`(engine: TestDatabase) async throws {
        for (name, stop) in Self.paths where name != "error 131050" {
            try await engine.withWorld { world in
                try await world.addTemplates()
                try await world.write("Hola", wamid: "1")
                try await world.grant()
                try await world.send("oferta")
                world.clock.advance(by: .minutes(1))
                try await stop(world)
                let jobs = try await world.leave()
                guard case .refused(.marketingWithdrawn)? = jobs.first?.state else {
                    Issue.record("\(name): not refused: \(jobs)")
                    return
                }
            }
        }
    }
}
