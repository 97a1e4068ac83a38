import Domain
import Testing

@testable import Store

@Suite struct PersonExportTests {
    @Test(arguments: TestDatabase.available)
    func `holds everything that is known of a person`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let lucia = try await world.makeLucia()

            let record = try #require(try await world.store.personRecord(of: lucia, in: world.workspace))

            #expect(record.workspace == "Ejemplo S.A." && record.name == "Lucía Fernández")
            #expect(record.contacts.map(\.note) == ["Vecina de Carlos"])
            #expect(record.handles.map(\.kind).sorted() == ["bsuid", "email", "phone"])
            #expect(record.labels.map(\.name) == ["VIP"])
            #expect(record.fields.map(\.value) == ["Zapatos talla 37"])
            #expect(record.states.map(\.reason) == ["Se quejó por teléfono"])
            #expect(record.consent.map(\.standing) == ["withdrawn"])
            #expect(record.consentEntries.map(\.words).contains("Acepto promociones"))
            #expect(record.consentEntries.map(\.evidence).contains(.object(["from": .text("5215512345678")])))
            #expect(record.optIns.count == 1)
            #expect(record.crmRecords.map(\.remoteID) == ["hs-4711"])
            #expect(record.notices.map(\.event) == ["marketing_messages: stop"])
            #expect(
                record.changes.map(\.relation) == [
                    "contact", "handle", "contact_label", "contact_field", "contact_state", "consent_entry", "opt_in",
                ])
            #expect(record.conversations.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `messages come in the order of time, with all that became of them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let record = try #require(try await world.store.personRecord(of: lucia, in: world.workspace))
            let conversation = try #require(record.conversations.first).id

            let first = try await world.store.personMessages(
                of: conversation, after: nil, limit: 3, in: world.workspace)
            let second = try await world.store.personMessages(
                of: conversation, after: first.next, limit: 3, in: world.workspace)

            let all = first.items + second.items
            #expect(all.count == 5 && second.next == nil)
            let edited = try #require(all.first { $0.whatsappID == "l1" })
            #expect(edited.versions.map(\.kind) == ["edit"])
            #expect(edited.reactions.map(\.emoji) == ["👍"])
            #expect(all.first { $0.whatsappID == "l2" }?.file?.sha256 == "aa")
            #expect(all.last?.isInbound == false && all.last?.status == "failed")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is under way is not begun a second time, and expires`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            func ask() async throws -> PersonExport {
                try await world.store.requestExport(of: lucia, language: .english, by: "Ana", in: world.workspace)
            }
            let first = try await ask()
            #expect(try await ask().id == first.id)
            #expect(try await world.store.openExports().map(\.id) == [first.id])

            #expect(try await world.store.begin(first) == 5)
            #expect(try await world.store.finish(first, size: 99))
            #expect(try await world.store.openExports().isEmpty)
            let ready = try #require(try await world.store.export(first.id, in: world.workspace))
            #expect(ready.state == .ready && ready.size == 99 && ready.done == 5)
            #expect(try await ask().id != first.id)

            world.clock.advance(by: .days(4))
            #expect(try await world.store.exports(of: lucia, in: world.workspace).isEmpty)
            #expect(try await world.store.expiredExports().count == 2)
            let events = try await world.store.audit(AuditQuery(kind: .exported), in: world.workspace).items.map(
                \.event)
            #expect(events == ["contact.exported", "contact.exported"])
        }
    }
}
