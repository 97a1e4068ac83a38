import Domain
import Testing

@testable import Store

@Suite struct ContactEditTests {
    private func contact(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.write("Hola", wamid: "1")
        return try #require(await world.store.contacts(in: world.workspace).items.first).person.id
    }

    private func edit(
        _ world: ConsoleWorld, _ contact: ContactID, _ edit: ContactEdit
    ) async throws -> ContactEditOutcome {
        world.clock.advance(by: .seconds(1))
        return try await world.store.editContact(contact, edit, by: "Ana", in: world.workspace)
    }

    @Test(arguments: TestDatabase.available)
    func `what is edited is kept, told to the CRM, and goes back exactly`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await contact(world)
            try await world.store.link([(contact: id, remoteID: "51")], grip: world.grip(.connection(world.crm)))
            let before = try await DatabaseImage.of(world.store)

            let outcome = try await edit(
                world, id,
                ContactEdit(
                    name: "Lucía F.", language: .set("es"), note: "Prefiere tardes",
                    adding: [.init(.email, "Lucia@Ejemplo.mx"), .init(.phone, "525511112222")]))

            guard case .saved(let change, let saved, let lanes) = outcome else {
                Issue.record("not saved")
                return
            }
            #expect(saved == id && lanes == [.connection(world.crm)])
            let detail = try #require(await world.store.contact(id, in: world.workspace))
            #expect(detail.person.name == "Lucía F." && detail.language == "es" && detail.note == "Prefiere tardes")
            #expect(Set(detail.handles.map(\.address)) == ["5215512345678", "525511112222", "Lucia@Ejemplo.mx"])
            #expect(detail.handles.map(\.kind) == ["phone", "phone", "email"])
            #expect(try await world.store.contacts(search: "lucia@ejemplo", in: world.workspace).items.count == 1)
            let kept = try #require(await world.store.change(change, in: world.workspace))
            #expect(kept.title.en == "Edited Lucía Fernández" && kept.kind == .edit && kept.actor == "Ana")

            let undone = try await world.store.undo(change, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is so already is no change`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await contact(world)
            _ = try await edit(world, id, ContactEdit(name: "Lucía", note: ""))
            for same in [
                ContactEdit(name: "Lucía"), ContactEdit(language: .set(nil)),
                ContactEdit(adding: [.init(.phone, "5215512345678")]), ContactEdit(),
            ] {
                guard case .unchanged(let contact) = try await edit(world, id, same) else {
                    Issue.record("changed")
                    continue
                }
                #expect(contact == id)
            }
            #expect(try await world.store.changes(in: world.workspace).items.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an address that somebody has is not taken from them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await contact(world)
            try await world.write("Hola", wamid: "2", from: ConsoleWorld.carlos)
            let outcome = try await edit(
                world, id, ContactEdit(name: "Otra", adding: [.init(.phone, "5213398765432")]))

            guard case .taken(let address, let owner) = outcome else {
                Issue.record("taken over")
                return
            }
            #expect(address.text == "5213398765432" && owner.profileName == "Carlos Mendoza")
            #expect(try await world.store.contact(id, in: world.workspace)?.person.name == "")
            #expect(try await world.store.changes(in: world.workspace).items.isEmpty)
            let found = try await world.store.owner(
                of: [.init(.email, "x@y.mx"), .init(.phone, "5213398765432")], in: world.workspace)
            #expect(found?.person.id == owner.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an address ends, is free for somebody else, and does not come back from them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let id = try await contact(world)
            _ = try await edit(world, id, ContactEdit(adding: [.init(.email, "a@ejemplo.mx")]))
            let handle = try #require(
                await world.store.contact(id, in: world.workspace)?.handles.first { $0.kind == "email" })
            guard case .saved(let ended, _, _) = try await edit(world, id, ContactEdit(ending: [handle.id])) else {
                Issue.record("not ended")
                return
            }
            let draft = ContactDraft(name: "Otra", addresses: [.init(.email, "A@ejemplo.mx")])
            _ = try await world.store.createContact(draft, by: "Ana", in: world.workspace)

            let undone = try await world.store.undo(ended, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 1)
            await #expect(throws: PuenteError.noSuchHandle) {
                _ = try await edit(world, id, ContactEdit(ending: [handle.id]))
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is wrong is refused with a sentence`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await contact(world)
            let phone = try #require(await world.store.contact(id, in: world.workspace)?.handles.first)
            try await world.write("Hola", wamid: "9", from: Participant(userID: "MX.13491208655302741918"))
            let user = try #require(await world.store.contacts(search: "13491208", in: world.workspace).items.first)
            let bsuid = try #require(await world.store.contact(user.person.id, in: world.workspace)?.handles.first)
            let wrong: [(ContactEdit, PuenteError)] = [
                (ContactEdit(name: String(repeating: "x", count: 201)), .contactNameTooLong),
                (ContactEdit(note: String(repeating: "x", count: 4001)), .contactNoteTooLong),
                (ContactEdit(language: .set("spanish")), .contactLanguageUnknown),
                (ContactEdit(language: .set("es_mx")), .contactLanguageUnknown),
                (ContactEdit(ending: [HandleID(rawValue: 4)]), .noSuchHandle),
                (ContactEdit(ending: [bsuid.id]), .noSuchHandle),
            ]
            for (change, error) in wrong {
                await #expect(throws: error) { _ = try await edit(world, id, change) }
            }
            await #expect(throws: PuenteError.handleOfMeta) {
                _ = try await edit(world, user.person.id, ContactEdit(ending: [bsuid.id]))
            }
            await #expect(throws: PuenteError.noContact) {
                _ = try await edit(world, ContactID(rawValue: 3), ContactEdit(name: "x"))
            }
            await #expect(throws: PuenteError.contactWithoutAnything) {
                _ = try await world.store.createContact(ContactDraft(), by: "Ana", in: world.workspace)
            }
            await #expect(throws: PuenteError.noSuchLabel) {
                _ = try await world.store.createContact(
                    ContactDraft(name: "x", labels: [LabelID(rawValue: 3)]), by: "Ana", in: world.workspace)
            }
            #expect(phone.evidence == "webhook")
            #expect(try await world.store.changes(in: world.workspace).items.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `somebody new is found by those who write, and an undo leaves no trace`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let before = try await DatabaseImage.of(world.store)
            let draft = ContactDraft(name: "Lucía", addresses: [.init(.phone, "5215512345678")])
            guard
                case .saved(let change, let id, _) = try await world.store.createContact(
                    draft, by: "Ana", in: world.workspace)
            else {
                Issue.record("not made")
                return
            }
            #expect(try await world.store.contacts(named: "LUCIA", in: world.workspace).map(\.id) == [id])
            #expect(try await world.store.contacts(named: "L", in: world.workspace).isEmpty)
            _ = try await world.store.undo(change, in: world.workspace, by: "Ana")
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])

            guard
                case .saved(let again, let person, _) = try await world.store.createContact(
                    draft, by: "Ana", in: world.workspace)
            else {
                Issue.record("not made")
                return
            }
            try await world.write("Hola", wamid: "1")
            #expect(try await world.onlyConversation().person.id == person)
            // Whoever has written since keeps what they are known by.
            _ = try await world.store.undo(again, in: world.workspace, by: "Ana")
            try await world.write("¿Sigue ahí?", wamid: "2")
            #expect(try await world.onlyConversation().person.id == person)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who looked is noted once an hour`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await contact(world)
            let noted = "SELECT COUNT(*) AS n FROM trail WHERE event = 'contact.seen'"
            for _ in 0..<3 { try await world.store.noteSeen(id, by: "Ana", in: world.workspace) }
            try await world.store.noteSeen(id, by: "Beto", in: world.workspace)
            #expect(try await world.store.look(noted) == 2)
            world.clock.advance(by: .minutes(61))
            try await world.store.noteSeen(id, by: "Ana", in: world.workspace)
            #expect(try await world.store.look(noted) == 3)
        }
    }
}
