import Domain
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
}
