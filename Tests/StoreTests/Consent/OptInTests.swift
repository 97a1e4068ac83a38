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

    /// A question may wait longer than messages are kept.
    @Test(arguments: TestDatabase.available)
    func `a question that waits is kept, so that a yes under it still proves consent`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.store.changeConsentSettings(in: world.workspace, by: "Ana") { $0.questionHours = 720 }
            let (id, wamid) = try await ask(world)
            world.clock.advance(by: .minutes(1))
            try await world.write("Luego le digo", wamid: "later")
            world.clock.advance(by: .days(10))
            var retention = Retention()
            retention.messages = .days(7)
            try await world.store.prune(retention)

            try await world.choose(yes(id), "Sí, quiero", wamid: "answer", answering: wamid)

            #expect(try await world.consent().tier == .marketingWithProof)
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
            // Whoever says yes too late is asked anew, and the new question is the one that counts.
            #expect(try await world.leavingTexts().count == 1)
            #expect(try await world.consent().questions.map(\.state) == [.waiting, .expired])
            // Said in time, and late on its way.
            let inTime = world.clock.now - .hours(1)
            try await world.choose(yes(id), "Sí", wamid: "6", answering: wamid, at: inTime)
            #expect(try await world.marketing()?.isDouble == true)
            // Nobody waits for the other answer any more, and nobody reminds of it.
            #expect(try await world.consent().questions.map(\.state) == [.expired, .granted])
        }
    }

    /// It stands in their chat, whatever became of it here.
    @Test(arguments: TestDatabase.available)
    func `a no to a question that went with the person's data counts`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (id, wamid) = try await ask(world)
            try await world.erase(world.contact(), isTold: false)
            world.clock.advance(by: .minutes(1))
            try await world.write("Hola otra vez", wamid: "again")
            try await world.grant()
            world.clock.advance(by: .minutes(1))
            try await world.choose(yes(id), "Sí, quiero", wamid: "yes", answering: wamid)
            #expect(try await world.marketing()?.isDouble == false)

            try await world.choose(no(id), "No, gracias", wamid: "no", answering: wamid)

            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.consent().entries.first?.words == "No, gracias")
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
            try await world.send(world.failed(.permanent, code: "131000", .discarded))
            #expect(try await world.consent().questions.map(\.state) == [.failed])
            _ = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            #expect(try await world.consent().questions.map(\.state) == [.waiting, .failed])

            // What could not be delivered at all leaves the number alone until it gives a sign of life.
            try await world.send(world.failed(.permanent, .discarded))
            await #expect(throws: PuenteError.self) {
                try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            }
            try await world.write("¿Me oyen?", wamid: "again")
            _ = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            #expect(try await world.consent().questions.map(\.state) == [.waiting, .failed, .failed])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a question that nobody answered in time may be asked again by the start word`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for attempt in 1...3 {
                try await world.write("ALTA", wamid: "\(attempt)")
                #expect(try await world.leavingTexts().count == 1, "attempt \(attempt)")
                // The clock has not come to it yet: that must not keep anybody from asking.
                world.clock.advance(by: .hours(80))
            }
            #expect(try await world.consent().questions.map(\.state) == [.waiting, .expired, .expired])
            #expect(try await world.consent().askRefusal == nil)
            // The ledger says it once.
            #expect(try await world.consent().entries.map(\.change) == [.requested])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a start word of somebody whose yes is not confirmed asks them to confirm it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.grant()
            world.clock.advance(by: .minutes(1))
            try await world.write("START", wamid: "2")
            #expect(try await world.leavingTexts().count == 1)
            #expect(try await world.marketing()?.word == .granted)
            let question = try #require(try await world.consent().questions.first)
            let wamid = "wamid.\(try await world.message(asking: question.id))"
            world.clock.advance(by: .minutes(1))
            try await world.choose(yes(question.id), "Sí", wamid: "3", answering: wamid)
            #expect(try await world.marketing()?.isDouble == true)
            try await world.leave()
            world.clock.advance(by: .minutes(1))
            try await world.write("START", wamid: "4")
            #expect(try await world.leavingTexts() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the proof has the words of the message under which the button was pressed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (id, _) = try await ask(world)
            world.clock.advance(by: .hours(20))
            _ = try await world.store.keepQuestions()
            let reminder = try #require(try await world.leave().first)
            world.clock.advance(by: .minutes(5))
            try await world.choose(yes(id), "Sí", wamid: "1", answering: "wamid.\(reminder.message)")
            let entry = try #require(try await world.consent().entries.first)
            #expect(entry.words == reminder.content.plainText)
            #expect(entry.evidence.question == "wamid.\(reminder.message)")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two nodes that come to a question at once remind of it once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await ask(world)
            world.clock.advance(by: .hours(20))
            let store = world.store
            async let one = store.keepQuestions()
            async let other = store.keepQuestions()
            let reminded = try await one.reminded + other.reminded
            #expect(reminded == 1)
            #expect(try await world.leave().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nobody is reminded of what they have answered, or what a list says that they do not want`(
        engine: TestDatabase
    ) async throws {
        for isList in [true, false] {
            try await engine.withWorld { world in
                _ = try await ask(world)
                world.clock.advance(by: .minutes(1))
                if isList { try await world.listConsent(.withdrawn) } else { try await world.tell(.staff) }
                world.clock.advance(by: .hours(20))
                #expect(try await world.store.keepQuestions().reminded == 0)
                #expect(try await world.leave().isEmpty)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a question that nobody can read any more stops no other`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await ask(world)
            let broken = try #require(try await world.consent().questions.first).id
            world.clock.advance(by: .minutes(1))
            try await world.write("Hola", wamid: "other", from: ConsoleWorld.carlos)
            _ = try await world.store.askForConsent(
                world.contact("5213398765432"), actor: "Ana", in: world.workspace)
            try await world.leave()
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE message SET content = '{}' WHERE id = (SELECT message_id FROM opt_in WHERE id = :id)",
                    ["id": broken])
            }
            world.clock.advance(by: .hours(21))
            #expect(try await world.store.keepQuestions().reminded == 1)
            world.clock.advance(by: .hours(60))
            #expect(try await world.store.keepQuestions().expired == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a button with a stop word on it stops, also under a question to somebody else`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (id, wamid) = try await ask(world)
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "3", origin: .customer, participant: ConsoleWorld.carlos, at: world.clock.now,
                        content: .choice(ChoiceContent(kind: .button, id: no(id), title: "No más promociones")),
                        context: .init(messageID: wamid)))
            ])
            #expect(try await world.marketing("5213398765432")?.word == .withdrawn)
            #expect(try await world.marketing() == nil)
            #expect(try await world.consent().questions.map(\.state) == [.waiting])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a yes that is older than a STOP gives nothing, and nobody is thanked for it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (id, wamid) = try await ask(world)
            let pressed = world.clock.now + .minutes(1)
            world.clock.advance(by: .minutes(2))
            try await world.write("STOP", wamid: "1")
            #expect(try await world.leavingTexts().count == 1)
            world.clock.advance(by: .minutes(1))
            try await world.choose(yes(id), "Sí", wamid: "2", answering: wamid, at: pressed)
            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.leavingTexts() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a question whose failure came before Meta's answer ends`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "in")
            _ = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
            let grip = try world.grip(.number(world.number))
            let jobs = try await world.store.claimSends(grip, limit: 1)
            try await world.status(
                "failed", of: "wamid.q", failures: [GraphFailure(code: 131_026, title: "x", details: nil)])
            _ = try await world.store.record(
                jobs.map(world.accepted("wamid.q")), grip: grip, policy: RetryPolicy())
            #expect(try await world.consent().questions.map(\.state) == [.failed])
        }
    }
}
