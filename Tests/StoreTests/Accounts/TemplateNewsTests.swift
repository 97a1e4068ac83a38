import Domain
import Testing

@testable import Store

/// News of templates and limits comes late and in any order, and is asked for besides: the newest by Meta's time
/// counts.
@Suite struct TemplateNewsTests {
    @Test(arguments: TestDatabase.available)
    func `whatever the order in which news of a template comes, the newest is shown`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let orders = permutations([0, 1, 2, 3])
            try await world.list(orders.indices.map { "t\($0)" })
            for (number, order) in orders.enumerated() {
                let name = "t\(number)"
                let news = [
                    world.news(of: name, "APPROVED", after: .seconds(1)),
                    world.news(of: name, "PAUSED", after: .seconds(2), reason: "FIRST_PAUSE"),
                    world.news(of: name, "MARKETING", .category, after: .seconds(3)),
                    world.news(of: name, "AUTHENTICATION", .category, after: .seconds(1)),
                ]
                for index in order { try await world.receive([news[index]]) }

                let template = try await world.template(name)
                #expect(template.status == "PAUSED", "in the order \(order)")
                #expect(template.reason == "FIRST_PAUSE", "in the order \(order)")
                #expect(template.category == "MARKETING", "in the order \(order)")
            }
        }
    }

    @Test(arguments: TestDatabase.available, ["REINSTATED", "UNARCHIVED"])
    func `a template that came back may be sent`(engine: TestDatabase, word: String) async throws {
        try await engine.withWorld { world in
            try await world.list(["order"])
            try await world.receive([world.news(of: "order", "DISABLED", after: .seconds(1), reason: "ABUSE")])
            try await world.receive([world.news(of: "order", word, after: .seconds(2))])

            let template = try await world.template("order")
            #expect(template.status == "APPROVED")
            #expect(template.reason == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `news that names only Meta's id finds its template`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.list(["order", "other"])
            try await world.receive([
                .template(
                    TemplateNotice(
                        kind: .status, templateID: "id of order", name: "", language: "", value: "PAUSED",
                        at: world.clock.now, detail: "{}"))
            ])
            #expect(try await world.template("order").status == "PAUSED")
            #expect(try await world.template("other").status == "APPROVED")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what Meta answered when it was asked counts from then on`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.list(["order"])
            // Paused after Meta was asked, and heard of before the answer was written.
            let asked = world.clock.now
            try await world.receive([world.news(of: "order", "PAUSED", after: .seconds(1))])
            try await world.list(["order"], askedAt: asked)
            #expect(try await world.template("order").status == "PAUSED")

            world.clock.advance(by: .hours(1))
            try await world.list(["order"])
            #expect(try await world.template("order").status == "APPROVED")

            // From before the question, held up on its way.
            try await world.receive([world.news(of: "order", "DISABLED", after: .minutes(-30))])
            #expect(try await world.template("order").status == "APPROVED")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an old limit that comes late changes nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.limit(.unlimited, after: .seconds(2))])
            try await world.receive([world.limit(.people(250), after: .seconds(1))])
            #expect(try await world.shownLimit() == MessagingLimit.unlimited.text)

            world.clock.advance(by: .hours(1))
            let news = NumberNews(verifiedName: nil, qualityRating: nil, messagingLimit: .people(1000))
            try await world.store.note(news, of: world.number, in: world.workspace)
            try await world.receive([world.limit(.people(2000), after: .minutes(-30))])
            #expect(try await world.shownLimit() == MessagingLimit.people(1000).text)
        }
    }
}

extension ConsoleWorld {
    /// Meta lists these, all approved.
    fileprivate func list(_ names: [String], askedAt: Timestamp? = nil) async throws {
        let facts = TemplateFacts(
            status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: [], isNamed: false, buttonSlots: [],
            bodyText: "Hola", footerText: "Ejemplo S.A.")
        let templates = try names.map {
            try StoredTemplate(
                metaID: "id of \($0)", name: $0, language: "es_MX", reason: nil, facts: facts, components: "[]")
        }
        try await store.replaceTemplates(templates, waba: Self.wabaID, askedAt: askedAt, in: workspace)
    }

    fileprivate func news(
        of name: String, _ value: String, _ kind: TemplateNotice.Kind = .status, after delay: Duration,
        reason: String? = nil
    ) -> Update.Fact {
        .template(
            TemplateNotice(
                kind: kind, templateID: "id of \(name)", name: name, language: "es_MX", value: value, reason: reason,
                at: clock.now + delay, detail: "{}"))
    }

    fileprivate func limit(_ limit: MessagingLimit, after delay: Duration) -> Update.Fact {
        .notice(
            AccountNotice(
                event: "business_capability_update", subject: nil, at: clock.now + delay, detail: "{}",
                messagingLimit: limit))
    }

    fileprivate func shownLimit() async throws -> String? {
        try await store.look("SELECT messaging_limit FROM number")
    }

    fileprivate func template(_ name: String) async throws -> TemplateSummary {
        try required(await store.templates(limit: 100, in: workspace).items.first { $0.name == name })
    }
}
