import Domain
import Testing

@testable import Store

/// Meta counts people written to outside their window, for a whole portfolio in any 24 hours.
@Suite struct PortfolioLimitTests {
    @Test(arguments: TestDatabase.available)
    func `who comes after the last place waits until it is free, without losing an attempt`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: .people(2))
            try await world.invite("5215500000001", "5215500000002", "5215500000003")

            #expect(try await world.leaving() == [true, true, false])
            #expect(try await world.hasLimitAlarm())

            world.clock.advance(by: .hours(23))
            #expect(try await world.leaving() == [false])
            world.clock.advance(by: .hours(1) + .seconds(1))
            #expect(try await world.leaving() == [true])
            try await world.store.clearPortfolioAlarms()
            #expect(try await world.hasLimitAlarm() == false)
            #expect(try await world.attempts() == [1, 1, 1])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a customer who writes needs no place any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: .people(0))
            try await world.invite("5215512345678")
            #expect(try await world.leaving() == [false])
            #expect(try await world.hasLimitAlarm())
            try await world.write("Hola", wamid: "wamid.in")
            world.clock.advance(by: .minutes(1))
            #expect(try await world.leaving() == [true])
            try await world.store.clearPortfolioAlarms()
            #expect(try await world.hasLimitAlarm() == false)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the alarm stays while anybody waits for room, and ends when the limit is lifted`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: .people(1))
            try await world.invite("5215500000001", "5215500000002")
            #expect(try await world.leaving() == [true, false])
            world.clock.advance(by: .seconds(30))
            try await world.store.clearPortfolioAlarms()
            #expect(try await world.hasLimitAlarm())

            try await world.receive([.notice(.lifted(at: world.clock.now))])
            world.clock.advance(by: .minutes(1))
            #expect(try await world.leaving() == [true])
            try await world.store.clearPortfolioAlarms()
            #expect(try await world.hasLimitAlarm() == false)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a person who counts already takes no second place`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: .people(1))
            try await world.invite("5215500000001")
            #expect(try await world.leaving() == [true])
            try await world.invite("5215500000001")
            #expect(try await world.leaving() == [true])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an answer inside the window is not counted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: .people(0))
            try await world.write("Hola", wamid: "wamid.in")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            #expect(try await world.leaving() == [true])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `without a word from Meta nothing is held back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: nil)
            try await world.invite("5215500000001", "5215500000002")
            #expect(try await world.leaving() == [true, true])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a webhook that raises the limit makes room at once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.prepare(limit: .people(1))
            try await world.receive([.notice(.lifted(at: world.clock.now))])
            try await world.invite("5215500000001", "5215500000002")
            #expect(try await world.leaving() == [true, true])
        }
    }
}

extension ConsoleWorld {
    fileprivate func prepare(limit: MessagingLimit?) async throws {
        let facts = TemplateFacts(
            status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: [], isNamed: false, buttonSlots: [],
            bodyText: "Hola", footerText: "Ejemplo S.A.")
        let template = try StoredTemplate(
            metaID: "1", name: "hola", language: "es_MX", reason: nil, facts: facts, components: "[]")
        try await store.replaceTemplates([template], waba: Self.wabaID, in: workspace)
        let news = NumberNews(verifiedName: nil, qualityRating: nil, messagingLimit: limit)
        try await store.note(news, of: number, in: workspace)
    }

    /// Writes the template to people who never wrote.
    fileprivate func invite(_ phones: String...) async throws {
        for phone in phones {
            _ = try await store.accept(
                MessageCommand(
                    workspace: workspace, target: .address(.phone(phone), from: number),
                    content: .template(TemplateContent(name: "hola", language: "es_MX")), author: .api(key: "k")))
        }
    }

    /// Whether each job that is due may leave; those that may are accepted by Meta.
    fileprivate func leaving() async throws -> [Bool] {
        let grip = try grip(.number(number))
        let jobs = try await store.claimSends(grip, limit: 100)
        let permitted = jobs.filter { if case .permitted = $0.state { true } else { false } }
        _ = try await store.record(
            permitted.map { accepted("wamid.\($0.message)")($0) }, grip: grip, policy: RetryPolicy())
        return jobs.map { if case .permitted = $0.state { true } else { false } }
    }

    fileprivate func attempts() async throws -> [Int] {
        try await store.database.read(on: .work) { connection in
            try connection.rows("SELECT attempt FROM job WHERE kind = 'whatsapp.send' AND workspace_id > 0", [:]).map {
                try $0.get("attempt")
            }
        }
    }

    fileprivate func hasLimitAlarm() async throws -> Bool {
        try await store.navigation(in: workspace).alarms.contains { $0.kind == SendMarker.limitAlarm }
    }
}

extension AccountNotice {
    fileprivate static func lifted(at moment: Timestamp) -> AccountNotice {
        AccountNotice(
            event: "business_capability_update", subject: nil, at: moment, detail: "{}", messagingLimit: .unlimited)
    }
}
