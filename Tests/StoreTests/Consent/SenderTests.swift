import Domain
import Testing

@testable import Store

/// Every conversation says who writes (R12).
@Suite struct SenderTests {
    @Test(arguments: TestDatabase.available)
    func `a template without the company's name is refused, and told the name`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            let error = await #expect(throws: PuenteError.self) { try await world.send("anonima") }
            #expect(error?.detail == "template_without_sender")
            #expect(error?.message.es.contains("«Ejemplo S.A.»") == true)
            #expect(try await world.refusal(of: "aviso") == nil)
            #expect(try await world.refusal(of: "codigo") == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `Meta's verified name counts as well`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.store.note(
                NumberNews(verifiedName: "Hola", qualityRating: nil, messagingLimit: nil), of: world.number,
                in: world.workspace)
            #expect(try await world.refusal(of: "anonima") == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a company may let off conversations that the customer began`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.set(SendGateRules(namesInEveryConversation: false))
            try await world.write("Hola", wamid: "1")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            #expect(try await world.leavingTexts() == ["Buenas"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `in a conversation that began on the shop's phone our first message names the company`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.set(SendGateRules(namesInEveryConversation: false, addsSenderLine: false))
            try await world.receive([world.text("¿Sigue interesada?", wamid: "1", origin: .echo)])
            world.clock.advance(by: .seconds(5))
            try await world.write("Sí", wamid: "2")
            let conversation = try await world.onlyConversation().id
            let ana = try await world.hire("ana")

            let error = await #expect(throws: PuenteError.self) {
                try await world.answer("¿Cuándo le va bien?", in: conversation, by: ana)
            }
            #expect(error?.detail == "sender_not_named")
            _ = try await world.answer("Soy Ana, de Ejemplo.", in: conversation, by: ana)
            // What waits in front of it will have left by then.
            _ = try await world.answer("¿Cuándo le va bien?", in: conversation, by: ana)
            #expect(try await world.leavingTexts() == ["Soy Ana, de Ejemplo."])
            #expect(try await world.leavingTexts() == ["¿Cuándo le va bien?"])
            _ = try await world.answer("Le espero.", in: conversation, by: ana)
            #expect(try await world.leavingTexts() == ["Le espero."])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `when the message with the name did not leave, the next one is held to it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.set(SendGateRules(addsSenderLine: false))
            try await world.receive([world.text("¿Sigue ahí?", wamid: "1", origin: .echo)])
            world.clock.advance(by: .seconds(5))
            try await world.write("Sí", wamid: "2")
            let conversation = try await world.onlyConversation().id
            let ana = try await world.hire("ana")
            _ = try await world.answer("Soy Ana, de Ejemplo.", in: conversation, by: ana)
            _ = try await world.answer("¿Cuándo?", in: conversation, by: ana)
            let number = world.number
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    UPDATE job SET state = 'discarded'
                    WHERE lane = :lane AND id = (SELECT MIN(id) FROM job WHERE lane = :lane)
                    """, ["lane": Lane.number(number)])
            }
            let jobs = try await world.leave()
            guard case .refused(.senderNotNamed)? = jobs.first?.state else {
                Issue.record("not refused: \(jobs)")
                return
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a code alone tells nobody who writes, a notice does`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.set(SendGateRules(addsSenderLine: false))
            let ana = try await world.hire("ana")
            for (template, phone, isKnown) in [("codigo", "5215500000001", false), ("aviso", "5215500000002", true)] {
                try await world.send(template, to: phone)
                try await world.leave()
                world.clock.advance(by: .minutes(1))
                let person = Participant(waID: phone, profileName: phone)
                try await world.write("¿Quién es?", wamid: "in \(phone)", from: person)
                let query = ConversationQuery(search: phone)
                let conversation = try required(await world.conversations(query).first).id
                do {
                    _ = try await world.answer("Buenas", in: conversation, by: ana)
                    #expect(isKnown)
                } catch let error as PuenteError {
                    #expect(!isKnown && error.detail == "sender_not_named")
                }
                world.clock.advance(by: .minutes(1))
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `where Puente adds no line, the first message of every conversation is held to the name`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.set(SendGateRules(addsSenderLine: false))
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            let ana = try await world.hire("ana")
            let error = await #expect(throws: PuenteError.self) {
                try await world.answer("Buenas", in: conversation, by: ana)
            }
            #expect(error?.detail == "sender_not_named")
            _ = try await world.answer("Buenas, soy Ana de Ejemplo", in: conversation, by: ana)
            #expect(try await world.leavingTexts().count == 1)
            _ = try await world.answer("¿En qué le ayudo?", in: conversation, by: ana)
            #expect(try await world.leavingTexts().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the page tells of each template whether it may be sent, and why not`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.write("Hola", wamid: "1")
            func verdicts() async throws -> [String: SendRefusal?] {
                let verdicts = try required(
                    await world.store.writingVerdicts(to: world.contact(), in: world.workspace))
                return Dictionary(verdicts.templates.map { ($0.template.name, $0.refusal) }) { $1 }
            }
            #expect(
                try await verdicts() == [
                    "aviso": nil, "oferta": .marketingWithoutConsent, "anonima": .templateWithoutSender,
                    "codigo": nil, "permiso": nil,
                ])
            func offer() async throws -> SendRefusal? { try await verdicts()["oferta"].flatMap(\.self) }
            try await world.grant()
            #expect(try await offer() == nil)
            try await world.set(SendGateRules(marketingNeedsProof: true, namesInEveryConversation: false))
            #expect(try await offer() == .marketingWithoutProof)
            try await world.set(state: "do_not_call")
            #expect(try await offer() == .doNotCall)
            let report = try required(await world.store.writingVerdicts(to: world.contact(), in: world.workspace))
            #expect(report.answer == nil)
            world.clock.advance(by: .hours(25))
            let later = try required(await world.store.writingVerdicts(to: world.contact(), in: world.workspace))
            #expect(later.answer == .windowClosed)
        }
    }

    /// A conversation that the shop's phone began, in which the customer has answered.
    private func begunByUs(_ world: ConsoleWorld) async throws -> (ConversationID, StaffID) {
        try await world.set(SendGateRules(addsSenderLine: false))
        try await world.receive([world.text("¿Sigue ahí?", wamid: "1", origin: .echo)])
        world.clock.advance(by: .seconds(5))
        try await world.write("Sí", wamid: "2")
        return (try await world.onlyConversation().id, try await world.hire("ana"))
    }

    @Test(arguments: TestDatabase.available)
    func `what WhatsApp took and did not deliver told nobody who writes`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (conversation, ana) = try await begunByUs(world)
            _ = try await world.answer("Soy Ana, de Ejemplo.", in: conversation, by: ana)
            try await world.send(world.accepted("wamid.a"))
            _ = try await world.answer("¿Cuándo?", in: conversation, by: ana)
            try await world.status(
                "failed", of: "wamid.a", failures: [GraphFailure(code: 131_026, title: "x", details: nil)])

            guard case .refused(.senderNotNamed)? = try await world.leave().first?.state else {
                Issue.record("not refused")
                return
            }
            let error = await #expect(throws: PuenteError.self) {
                try await world.answer("¿Mañana?", in: conversation, by: ana)
            }
            #expect(error?.detail == "sender_not_named")
            _ = try await world.answer("Le escribe Ejemplo. ¿Mañana?", in: conversation, by: ana)
            #expect(try await world.leavingTexts().count == 1)
            _ = try await world.answer("¿A las diez?", in: conversation, by: ana)
            #expect(try await world.leavingTexts() == ["¿A las diez?"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what Meta turned down, or what may not have left, told nobody who writes`(
        engine: TestDatabase
    ) async throws {
        for (kind, outcome) in [
            (CallFailure.Kind.permanent, JobOutcome.discarded), (.unknown, .uncertain),
        ] {
            try await engine.withWorld { world in
                let (conversation, ana) = try await begunByUs(world)
                _ = try await world.answer("Soy Ana, de Ejemplo.", in: conversation, by: ana)
                _ = try await world.answer("¿Cuándo?", in: conversation, by: ana)
                try await world.send(world.failed(kind, outcome))
                guard case .refused(.senderNotNamed)? = try await world.leave().first?.state else {
                    Issue.record("not refused after \(kind)")
                    return
                }
            }
        }
    }
}
