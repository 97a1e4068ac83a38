import Domain
import Testing

@testable import Store

/// The answer to exactly our question is the proof.
@Suite struct OptInTests {
    /// Asks by buttons; the question is at Meta.
    private func ask(_ world: ConsoleWorld) async throws -> (optIn: OptInID, wamid: String) {
        try await world.write("Hola", wamid: "in")
        let asked = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
        try await world.leave()
        return (asked.optIn, "wamid.\(asked.message.message)")
    }

    private func yes(_ id: OptInID) -> String { OptInButton(optIn: id, isYes: true).id }
    private func no(_ id: OptInID) -> String { OptInButton(optIn: id, isYes: false).id }

    @Test(arguments: TestDatabase.available)
    func `a yes under the question is a confirmed consent with its proof`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            let (id, wamid) = try await ask(world)
            #expect(try await world.refusal(of: "oferta") == "marketing_without_consent")
            world.clock.advance(by: .minutes(3))
            try await world.choose(yes(id), "Sí, quiero", wamid: "answer", answering: wamid)

            let file = try await world.consent()
            #expect(file.tier == .marketingWithProof)
            let entry = try #require(file.entries.first)
            #expect(entry.isDouble && entry.source == .optIn && entry.change == .granted)
            #expect(entry.words.hasPrefix("Ejemplo S.A.: ¿quiere recibir por WhatsApp nuestras ofertas"))
            #expect(entry.words.contains("▸ Sí, quiero\n▸ No, gracias"))
            #expect(
                entry.evidence
                    == ConsentEvidence(
                        wamid: "answer", question: wamid, optIn: id, button: yes(id), buttonTitle: "Sí, quiero"))
            #expect(file.questions.map(\.state) == [.granted])
            #expect(try await world.leavingTexts().first?.hasPrefix("Ejemplo S.A.: gracias") == true)
            #expect(try await world.refusal(of: "oferta") == nil)
            #expect(file.askRefusal == .confirmed)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the button of another message, of another person or after the end proves nothing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (id, wamid) = try await ask(world)
            world.clock.advance(by: .minutes(1))
            try await world.choose(yes(id), "Sí", wamid: "1", answering: "wamid.other")
            try await world.choose(yes(id), "Sí", wamid: "2", answering: nil)
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "3", origin: .customer, participant: ConsoleWorld.carlos, at: world.clock.now,
                        content: .choice(ChoiceContent(kind: .button, id: yes(id), title: "Sí")),
                        context: .init(messageID: wamid)))
            ])
            try await world.choose("puente.opt_in.0000000000001.yes", "Sí", wamid: "4", answering: wamid)
            #expect(try await world.marketing() == nil)
            #expect(try await world.marketing("5213398765432") == nil)

            world.clock.advance(by: .hours(72))
            try await world.choose(yes(id), "Sí", wamid: "5", answering: wamid)
            #expect(try await world.marketing() == nil)
            _ = try await world.store.keepQuestions()
            #expect(try await world.consent().questions.map(\.state) == [.expired])
            // Said in time, and late on its way.
            let inTime = world.clock.now - .hours(1)
            try await world.choose(yes(id), "Sí", wamid: "6", answering: wamid, at: inTime)
            #expect(try await world.marketing()?.isDouble == true)
            #expect(try await world.consent().questions.map(\.state) == [.granted])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a no declines, also of what was allowed before, and nobody asks again before a start word`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "in")
            try await world.grant()
            world.clock.advance(by: .minutes(1))
            let (id, wamid) = try await ask(world)
            world.clock.advance(by: .minutes(1))
            try await world.choose(no(id), "No, gracias", wamid: "1", answering: wamid)
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.consent().questions.map(\.state) == [.declined])
            #expect(try await world.leavingTexts().count == 1)

            let error = await #expect(throws: PuenteError.self) {
                try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            }
            #expect(error?.detail == "opt_in_withdrawn")

            world.clock.advance(by: .minutes(1))
            try await world.write("ALTA", wamid: "2")
            let texts = try await world.leavingTexts()
            #expect(texts.count == 1 && texts[0].contains("¿quiere recibir"))
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.consent().questions.map(\.state) == [.waiting, .declined])
            #expect(try await world.consent().entries.first?.change == .requested)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nobody is asked twice while one question waits, and a STOP answers it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await ask(world)
            let error = await #expect(throws: PuenteError.self) {
                try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            }
            #expect(error?.detail == "opt_in_waiting")
            world.clock.advance(by: .minutes(1))
            try await world.write("START", wamid: "1")
            #expect(try await world.leavingTexts() == [])
            world.clock.advance(by: .minutes(1))
            try await world.write("BAJA", wamid: "2")
            #expect(try await world.consent().questions.map(\.state) == [.declined])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one reminder comes while the window is open, and its button counts as well`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (id, _) = try await ask(world)
            #expect(try await world.store.keepQuestions() == QuestionKeeping())
            world.clock.advance(by: .hours(20))
            let kept = try await world.store.keepQuestions()
            #expect(kept.reminded == 1 && kept.report.lanes.contains(.number(world.number)))
            let jobs = try await world.leave()
            #expect(jobs.count == 1 && jobs[0].content.plainText.contains("hace poco le preguntamos"))
            #expect(try await world.store.keepQuestions() == QuestionKeeping())

            world.clock.advance(by: .minutes(5))
            try await world.choose(yes(id), "Sí", wamid: "1", answering: "wamid.\(jobs[0].message)")
            #expect(try await world.marketing()?.isDouble == true)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `outside the window an approved template asks, and is sent once more as the reminder`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.write("Hola", wamid: "in")
            world.clock.advance(by: .hours(30))
            func ask(_ template: String?) async throws -> String? {
                do {
                    let id: TemplateID? = if let template { try await world.templateID(template) } else { nil }
                    _ = try await world.store.askForConsent(
                        world.contact(), by: id, actor: "Ana", in: world.workspace)
                    return nil
                } catch let error as PuenteError {
                    return error.detail
                }
            }
            #expect(try await ask(nil) == "outside_service_window")
            #expect(try await ask("aviso") == "template_cannot_ask")
            #expect(try await ask("permiso") == nil)
            let jobs = try await world.leave()
            guard case .template(let content)? = jobs.first?.content else {
                Issue.record("no template: \(jobs)")
                return
            }
            #expect(content.buttons.map(\.index) == [0, 1])
            world.clock.advance(by: .hours(20))
            #expect(try await world.store.keepQuestions().reminded == 1)
            #expect(try await world.leave().count == 1)

            let question = try #require(try await world.consent().questions.first)
            #expect(question.words == "Hola\nEjemplo S.A.\n▸ Sí, quiero\n▸ No, gracias")
            try await world.choose(
                yes(question.id), "Sí, quiero", wamid: "1", answering: "wamid.\(jobs[0].message)", kind: .quickReply)
            #expect(try await world.marketing()?.isDouble == true)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a question that did not arrive ends, and may be asked again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "in")
            _ = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            try await world.send(world.failed(.permanent, .discarded))
            #expect(try await world.consent().questions.map(\.state) == [.failed])
            _ = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            #expect(try await world.consent().questions.map(\.state) == [.waiting, .failed])
        }
    }
}
