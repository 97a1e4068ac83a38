import Domain
import Testing

@testable import Store

@Suite struct `Two people who edit at once` {
    private static let shown = ContactEdit.Basis(name: "Lucía", language: nil, note: "Prefiere tardes")

    private func lucia(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.write("Hola", wamid: "1")
        let id = try #require(await world.store.contacts(in: world.workspace).items.first).person.id
        try await save(world, id, ContactEdit(name: Self.shown.name, note: Self.shown.note), by: "Ana")
        return id
    }

    @discardableResult
    private func save(
        _ world: ConsoleWorld, _ id: ContactID, _ edit: ContactEdit, by actor: String
    ) async throws -> ContactEditOutcome {
        world.clock.advance(by: .seconds(1))
        return try await world.store.editContact(id, edit, by: actor, in: world.workspace)
    }

    private func said(_ world: ConsoleWorld, _ id: ContactID) async throws -> [String?] {
        let detail = try #require(await world.store.contact(id, in: world.workspace))
        return [detail.person.name, detail.language, detail.note]
    }

    @Test(arguments: TestDatabase.available)
    func `keep both what each of them alone changed`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await lucia(world)
            try await save(world, id, ContactEdit(note: "Prefiere mañanas"), by: "Luis")

            try await save(
                world, id,
                ContactEdit(name: "Luz", language: .set("es"), note: "Prefiere tardes", basis: Self.shown), by: "Ana")

            #expect(try await said(world, id) == ["Luz", "es", "Prefiere mañanas"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `are told of each other where both changed the same, and nothing is saved`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await lucia(world)
            try await save(world, id, ContactEdit(name: "Lucy", note: "Llamar"), by: "Luis")
            let at = world.clock.now
            let before = try await DatabaseImage.of(world.store)

            let outcome = try await save(
                world, id, ContactEdit(name: "Luz", language: .set("es"), note: "Llamar", basis: Self.shown), by: "Ana")

            guard case .clash(let clash) = outcome, let column = clash.columns.first else {
                Issue.record("no clash: \(outcome)")
                return
            }
            #expect(clash.contact == id && clash.columns.count == 1, "both wrote the same note")
            #expect(
                column.column == .name && column.before == "Lucía" && column.theirs == "Lucy" && column.mine == "Luz")
            #expect(column.author == ContactClash.Author(name: "Luis", at: at))
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `are told who put something back, and that a CRM is no person`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await lucia(world)
            let outcome = try await save(world, id, ContactEdit(name: "Lucy"), by: "Ana")
            guard case .saved(let change, _, _) = outcome else { return }
            world.clock.advance(by: .seconds(1))
            _ = try await world.store.undo(change, in: world.workspace, by: "Luis")
            let mine = ContactEdit(name: "Luz", basis: .init(name: "Lucy", language: nil, note: "Prefiere tardes"))
            guard case .clash(let undone) = try await save(world, id, mine, by: "Ana") else {
                Issue.record("no clash")
                return
            }
            #expect(undone.columns.first?.theirs == "Lucía" && undone.columns.first?.author?.name == "Luis")

            try await world.store.database.write { [workspace = world.workspace] connection in
                try connection.execute(
                    "UPDATE contact SET name = 'Lucía CRM' WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": id])
            }
            guard case .clash(let adopted) = try await save(world, id, mine, by: "Ana") else {
                Issue.record("no clash")
                return
            }
            #expect(adopted.columns.first?.theirs == "Lucía CRM" && adopted.columns.first?.author == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `do not clash over line breaks as forms write them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await lucia(world)
            try await save(world, id, ContactEdit(note: "uno\r\ndos"), by: "program")
            let basis = ContactEdit.Basis(name: " Lucía ", language: nil, note: "uno\ndos")

            try await save(world, id, ContactEdit(name: "Lucía", note: "uno\ndos\ntres", basis: basis), by: "Ana")

            #expect(try await said(world, id) == ["Lucía", nil, "uno\ndos\ntres"])
        }
    }
}

@Suite struct `A change upon what was read` {
    @Test(arguments: TestDatabase.available)
    func `is refused once somebody else changed the thing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let id = try await world.makeLabel("VIP", .violet)
            let read = try #require(await store.label(id, in: workspace)).version
            try await store.changeLabel(id, name: "Oro", color: .amber, expecting: [read], in: workspace, by: "Ana")

            await #expect(throws: PuenteError.changedMeanwhile) {
                try await store.changeLabel(
                    id, name: "Plata", color: .gray, expecting: [read], in: workspace, by: "Luis")
            }

            #expect(try await store.label(id, in: workspace)?.name == "Oro")
            try await store.changeLabel(id, name: "VIP", color: .violet, in: workspace, by: "Luis")
            #expect(try await store.label(id, in: workspace)?.version == read, "it says the same again")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `holds for contacts with their addresses, segments and fields`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            try await world.write("Hola", wamid: "1")
            let contact = try #require(await store.contacts(in: workspace).items.first).person.id
            let read = try #require(await store.contact(contact, in: workspace)).version
            try await world.write("Sigo aquí", wamid: "2")
            #expect(try await store.contact(contact, in: workspace)?.version == read, "a message changes nothing of it")
            _ = try await store.editContact(
                contact, ContactEdit(adding: [.init(.email, "l@ejemplo.mx")]), expecting: [read], by: "Ana",
                in: workspace)
            await #expect(throws: PuenteError.changedMeanwhile) {
                _ = try await store.editContact(
                    contact, ContactEdit(name: "x"), expecting: [read], by: "Luis", in: workspace)
            }

            let silent = try SegmentConditions(.any, [.condition(.activity(.never))])
            let segment = try await store.createSegment("Callados", silent, in: workspace, by: "Ana")
            let seen = try #require(await store.segment(segment, in: workspace)).version()
            try await store.changeSegment(
                segment, name: "Mudos", silent, expecting: [seen, EditVersion("other")], in: workspace, by: "Ana")
            await #expect(throws: PuenteError.changedMeanwhile) {
                try await store.changeSegment(
                    segment, name: "x", silent, expecting: [seen], in: workspace, by: "Luis")
            }

            let field = try await store.createField(
                FieldDraft(name: "Nivel", kind: .choice, choices: ["Oro", "Plata"]), in: workspace, by: "Ana")
            let known = try #require(await store.field(field, in: workspace)).version
            try await store.setArchived(true, field: field, in: workspace, by: "Ana")
            await #expect(throws: PuenteError.changedMeanwhile) {
                try await store.changeField(
                    field, name: "Nivel", choices: ["Oro"], expecting: [known], in: workspace, by: "Luis")
            }
        }
    }
}
