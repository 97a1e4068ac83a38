import Domain
import Testing

@testable import Store

@Suite struct RetentionRuleTests {
    private func prune(
        _ rules: RetentionRules, _ world: ConsoleWorld, _ retention: Retention = Retention()
    ) async throws {
        try await world.store.prune(rules.under(retention), retention, in: world.workspace)
    }

    @Test func `puente.yaml comes before the console, and the console before what is usual`() {
        var retention = Retention()
        retention.messages = .days(100)
        let rules = RetentionRules([.messages: 30, .media: 20])

        #expect(rules.under(retention).age(of: .messages) == .days(30))
        #expect(rules.under(retention).age(of: .contacts) == nil)
        retention.written = [.messages]
        #expect(rules.under(retention).age(of: .messages) == .days(100))
        #expect(rules.under(retention).age(of: .media) == .days(20))
        #expect(rules.under(retention).age(of: .audit) == .days(365))
    }

    @Test(arguments: TestDatabase.available)
    func `rules are kept, bounded, and noted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            #expect(try await world.store.retentionRules(in: world.workspace) == RetentionRules())
            let rules = RetentionRules([.messages: 365, .audit: 730])
            try await world.store.setRetentionRules(rules, by: "Ana", in: world.workspace)
            #expect(try await world.store.retentionRules(in: world.workspace) == rules)
            #expect(try await world.store.longest(Retention()).trail == .days(730))
            await #expect(throws: PuenteError.retention(.contacts)) {
                try await world.store.setRetentionRules(RetentionRules([.contacts: 5]), by: "Ana", in: world.workspace)
            }
            let entry = try await world.store.audit(AuditQuery(kind: .settings), in: world.workspace).items.first
            #expect(entry?.detail == #"{"audit":"730","messages":"365"}"#)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a preview counts what a rule would remove, and removes nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Vieja", wamid: "1"), world.text("Otra", wamid: "2")])
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.receive([world.text("Nueva", wamid: "3")])
            try await world.recordAll()

            func preview(_ kind: RetentionKind, _ days: Int) async throws -> Int? {
                try await world.store.preview(kind, age: .days(days), in: world.workspace)?.value
            }
            #expect(try await preview(.messages, 30) == 2)
            #expect(try await preview(.messages, 50) == 0)
            #expect(try await preview(.contacts, 90) == 0)
            #expect(try await preview(.rawBodies, 30) == nil)
            #expect(try await TableCounts.of(world.store)["message"] == 3)

            try await prune(RetentionRules([.messages: 30]), world)
            #expect(try await TableCounts.of(world.store)["message"] == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `files go before their messages, entries and changes with the audit trail`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            _ = try await world.makeLucia()
            try await world.store.note(.contactSeen, of: 1, by: "Ana", in: world.workspace)
            try await world.store.noteListed(["query": "lucia"], by: "Ana", in: world.workspace)
            world.clock.advance(by: .days(40))
            try await world.store.noteListed(["query": "carlos"], by: "Ana", in: world.workspace)
            try await prune(RetentionRules([.media: 30, .audit: 30]), world)

            #expect(try await world.store.look("SELECT state FROM media", as: String.self) == "pruned")
            #expect(try await TableCounts.of(world.store)["message"] == 5)
            let left = try await world.store.audit(AuditQuery(kind: .seen), in: world.workspace).items
            #expect(left.map(\.query) == ["carlos"])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM search_note", as: Int.self) == 1)
            // A change can be undone for 90 days: what it wrote is kept for that long.
            #expect(try await world.store.changes(in: world.workspace).items.count == 1)
            world.clock.advance(by: .days(60))
            try await prune(RetentionRules([.audit: 30]), world)
            #expect(try await world.store.changes(in: world.workspace).items.isEmpty)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM change_row", as: Int.self) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `people are quiet when nothing was written or changed, and nobody has to remember their wish`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()  // has a complaint open
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            world.clock.advance(by: .days(100))
            let eva = Participant(waID: "5215500000001", profileName: "Eva")
            try await world.receive([world.text("Hola", wamid: "e1", from: eva)])

            let quiet = try await world.store.quietContacts(for: .days(90), limit: 10, in: world.workspace)

            let carlos = try #require(
                try await world.store.contacts(search: "5213398765432", in: world.workspace).items.first
            ).person.id
            #expect(quiet == [carlos])
            #expect(try await world.store.preview(.contacts, age: .days(90), in: world.workspace)?.value == 1)
            let begun = try await world.store.erase(
                carlos, wish: .tell, reason: .retention, by: "puente", in: world.workspace)
            try await world.endErasures()
            let erasure = try #require(try await world.store.erasure(begun.erasure, in: world.workspace))
            #expect(erasure.state == .done && erasure.reason == .retention && erasure.notices.isEmpty)
            // Nobody asked to be forgotten: they may come back by an import.
            let phone = HandleKey(kind: "phone", value: "5213398765432")
            #expect(try await world.store.erased(among: [phone], in: world.workspace).isEmpty)
            #expect(try await world.store.contacts(in: world.workspace).items.map(\.person.id).contains(lucia))
        }
    }
}
