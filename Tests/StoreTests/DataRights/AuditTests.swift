import Domain
import Testing

@testable import Store

@Suite struct AuditTests {
    private func note(_ event: AuditEvent, _ subject: Int64, by actor: String, _ world: ConsoleWorld) async throws {
        world.clock.advance(by: .seconds(1))
        try await world.store.note(event, of: subject, by: actor, in: world.workspace)
    }

    private func events(_ query: AuditQuery, _ world: ConsoleWorld) async throws -> [String] {
        try await world.store.audit(query, in: world.workspace).items.map(\.event)
    }

    @Test(arguments: TestDatabase.available)
    func `tells who saw, changed and handled a person, the newest first`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let conversation = try #require(
                try await world.conversations().first { $0.person.id == lucia })
            world.clock.advance(by: .seconds(1))
            _ = try await world.store.close(
                conversation.id, in: world.workspace, expecting: .version(conversation.ownerVersion), by: "Ana")
            try await note(.contactSeen, lucia.rawValue, by: "Eva", world)
            try await note(.signedIn, 7, by: "Eva", world)

            let entries = try await world.store.audit(AuditQuery(contact: lucia), in: world.workspace).items

            #expect(entries.map(\.event) == ["contact.seen", "closed", "change.edit"])
            #expect(entries.map { $0.person?.id } == [lucia, lucia, nil])
            #expect(entries.last?.title?.en == "Edit of Lucía Fernández")
            #expect(entries[1].conversation == conversation.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `is filtered by kind, person of the staff and day, page by page`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for index in 0..<5 { try await note(.contactSeen, Int64(index), by: "Ana", world) }
            let middle = world.clock.now + .milliseconds(500)
            try await note(.signedIn, 1, by: "Eva", world)
            try await note(.contactsExported, 1, by: "Eva", world)

            #expect(try await events(AuditQuery(kind: .access), world) == ["staff.signed_in"])
            #expect(try await events(AuditQuery(actor: "Eva"), world) == ["contacts.exported", "staff.signed_in"])
            #expect(try await events(AuditQuery(kind: .work), world).isEmpty)
            #expect(try await events(AuditQuery(from: middle), world).count == 2)
            #expect(try await events(AuditQuery(until: middle), world).count == 5)
            var query = AuditQuery(limit: 3)
            var seen: [String] = []
            repeat {
                let page = try await world.store.audit(query, in: world.workspace)
                seen += page.items.map(\.event)
                query.before = page.next
            } while query.before != nil
            #expect(seen.count == 7 && seen.first == "contacts.exported")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `seeing the same contact again within the hour is one entry`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            func see(_ actor: String) async throws {
                try await world.store.noteSeen(lucia, by: actor, in: world.workspace)
            }
            try await see("Ana")
            world.clock.advance(by: .minutes(30))
            try await see("Ana")
            try await see("Eva")
            world.clock.advance(by: .minutes(31))
            try await see("Ana")

            #expect(try await events(AuditQuery(kind: .seen), world).count == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `tells who wrote down consent, asked for it, and changed its rules`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let contact = try await world.contact()
            try await world.grant()
            world.clock.advance(by: .seconds(1))
            _ = try await world.store.askForConsent(contact, actor: "Eva", in: world.workspace)
            world.clock.advance(by: .seconds(1))
            for _ in 0..<2 {
                try await world.store.changeConsentSettings(in: world.workspace, by: "Ana") {
                    $0.withdrawalWords = ["Fuera"]
                }
                try await world.store.setSendGateRules(
                    SendGateRules(marketingNeedsProof: true), in: world.workspace, by: "Ana")
            }

            #expect(
                try await events(AuditQuery(contact: contact, kind: .changed), world)
                    == ["consent.asked", "consent.recorded"])
            let settings = ["consent.settings_changed", "consent.settings_changed"]
            #expect(try await events(AuditQuery(kind: .settings), world) == settings)
            #expect(try await events(AuditQuery(kind: .work), world).isEmpty)
        }
    }
}
