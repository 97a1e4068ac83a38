import Domain
import Testing

@testable import Store

/// Somebody was taken in, and what became of them since stands in the way of taking them away again, or does not.
@Suite struct MadeContactUndoTests {
    private static let phone = "5215500000001"

    @discardableResult
    private func make(
        _ world: ConsoleWorld, phone: String = Self.phone
    ) async throws -> (change: ChangeID, contact: ContactID) {
        let outcome = try await world.store.createContact(
            ContactDraft(name: "Nuria Nueva", addresses: [.init(.phone, phone)]), by: "Ana", in: world.workspace)
        guard case .saved(let change, let contact, _) = outcome else { throw Missing() }
        return (change, contact)
    }

    private func phones(of contact: ContactID, _ world: ConsoleWorld) async throws -> [String] {
        try await world.store.contact(contact, in: world.workspace)?.handles.filter { $0.validTo == nil }
            .map(\.address) ?? []
    }

    private func undo(_ change: ChangeID, _ world: ConsoleWorld) async throws -> ChangeSummary {
        try await world.store.undo(change, in: world.workspace, by: "Ana")
    }

    @Test(arguments: TestDatabase.available)
    func `of whom nothing came goes without a trace, suggestions and labels of all included`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await make(world, phone: "5215500000002")
            let label = try await world.makeLabel("Todos")
            let before = try await DatabaseImage.of(world.store, leaving: ["duplicate_scan", "duplicate_key"])
            let made = try await make(world)
            let bulk = try await world.store.startBulk(
                .addLabel(label: label), on: .chosen(contacts: [made.contact]), in: world.workspace, by: "Ana")
            while try await !world.store.advanceBulk(bulk, in: world.workspace) {}
            world.clock.advance(by: .minutes(2))
            while try await world.store.compareChangedContacts(in: world.workspace) {}
            #expect(try await world.store.duplicates(in: world.workspace).items.count == 1)

            #expect(try await undo(made.change, world).keptRows == 0)

            #expect(try await world.store.duplicates(in: world.workspace).items.isEmpty)
            let after = try await DatabaseImage.of(world.store, leaving: ["duplicate_scan", "duplicate_key"])
            #expect(after.differences(from: before) == [])
            #expect(
                try await world.store.look(
                    "SELECT COUNT(*) AS n FROM duplicate_key WHERE contact_id = :id", ["id": made.contact]) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `somebody who was merged since stays, and the merge can still be undone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let lucia = try await world.contact()
            let made = try await make(world)
            let before = try await DatabaseImage.of(world.store)
            let merge = try await world.store.merge(made.contact, into: lucia, by: "Ana", in: world.workspace)

            #expect(try await undo(made.change, world).undoneRows == 0)
            try await world.store.undoMerge(merge.change, by: "Ana", in: world.workspace)

            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
            #expect(try await phones(of: made.contact, world) == [Self.phone])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `somebody whom a person has edited since keeps their number, too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let made = try await make(world)
            _ = try await world.store.editContact(
                made.contact, ContactEdit(note: "Llamar por la tarde"), by: "Eva", in: world.workspace)

            let undone = try await undo(made.change, world)

            #expect(undone.keptRows == 2 && undone.undoneRows == 0)
            #expect(try await phones(of: made.contact, world) == [Self.phone])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a no that was said since is not forgotten`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let made = try await make(world)
            try await world.store.recordConsent(
                ConsentEntryDraft(
                    contact: made.contact, purpose: .marketing, change: .withdrawn, source: .staff, at: world.clock.now,
                    actor: "Eva"), in: world.workspace)

            _ = try await undo(made.change, world)

            #expect(try await phones(of: made.contact, world) == [Self.phone])
            #expect(try await world.marketing(Self.phone)?.word == .withdrawn)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an edit that was itself undone holds nobody`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let before = try await DatabaseImage.of(world.store)
            let made = try await make(world)
            let edited = try await world.store.editContact(
                made.contact, ContactEdit(note: "Llamar"), by: "Eva", in: world.workspace)
            guard case .saved(let edit, _, _) = edited else { throw Missing() }
            _ = try await undo(edit, world)

            _ = try await undo(made.change, world)

            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }
}

/// Rows that are put back many at a time.
@Suite struct ManyRowsUndoTests {
    private static let draft = ChangeDraft(.bulk, title: .same("Test"), actor: "Ana")

    /// So many people with two numbers, a label and a value each; half of them get another name in the same change, and
    /// some of these another one.
    private func change(_ people: Int, _ world: ConsoleWorld) async throws -> (change: ChangeID, first: ContactID) {
        let (workspace, ids, now) = (world.workspace, world.store.ids, world.clock.now)
        let id: ChangeID = ids.next()
        let label = try await world.makeLabel("Lista")
        let field = try await world.makeField("Ciudad", .text)
        let contacts = (0..<people).map { _ in ids.next(ContactRow.self) }
        let handles = contacts.map { _ in (ids.next(HandleRow.self), ids.next(HandleRow.self)) }
        try await world.store.database.write { connection in
            var journal = try ChangeJournal.begin(Self.draft, on: connection, id: id, in: workspace, at: now)
            try journal.insertMany(
                .contact,
                contacts.enumerated().map { index, contact in
                    (["id": contact, "name": "Nr. \(index)", "created_at": now, "updated_at": now], contact)
                })
            try journal.insertMany(
                .handle,
                contacts.enumerated().flatMap { index, contact in
                    [(handles[index].0, "1555\(10_000 + index)"), (handles[index].1, "1777\(10_000 + index)")].map {
                        let row: SQLArguments = [
                            "id": $0.0, "contact_id": contact, "kind": "phone", "scope": "", "value": $0.1,
                            "address": $0.1, "valid_from": now, "evidence": "import",
                        ]
                        return (row, contact)
                    }
                })
            for contact in contacts {
                try journal.insert(
                    .contactLabel, ["contact_id": contact, "label_id": label, "actor": "Ana", "added_at": now],
                    of: contact)
                try journal.insert(
                    .contactField,
                    [
                        "contact_id": contact, "field_id": field, "value": "León", "folded": "leon", "changed_at": now,
                    ], of: contact)
            }
            for (index, contact) in contacts.enumerated() where index.isMultiple(of: 2) {
                try journal.update(.contact, key: ["id": contact], set: ["name": "Nombre \(index)"], of: contact)
                if index.isMultiple(of: 10) {
                    try journal.update(.contact, key: ["id": contact], set: ["name": "Otro \(index)"], of: contact)
                }
            }
            try journal.save()
        }
        return (id, contacts[0])
    }

    @Test(arguments: TestDatabase.available)
    func `over many slices everything is as it was`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let made = try await change(700, world)
            let undone = try await world.store.undo(made.change, in: world.workspace, by: "Ana")

            #expect(undone.keptRows == 0 && undone.undoneRows == undone.rows)
            for table in ["contact_label", "contact_field"] {
                #expect(try await world.store.look("SELECT COUNT(*) AS n FROM \(table)") == 0, "\(table)")
            }
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM handle") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one row that was changed since keeps no other from going back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let made = try await change(60, world)
            let (workspace, first) = (world.workspace, made.first)
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    UPDATE contact_field SET value = 'Vigo' WHERE workspace_id = :workspace_id AND contact_id = :id
                    """, ["workspace_id": workspace, "id": first])
                try connection.execute(
                    """
                    INSERT INTO contact_state (workspace_id, contact_id, state, since, actor)
                    VALUES (:workspace_id, :id, 'do_not_call', 1, 'Ana')
                    """, ["workspace_id": workspace, "id": first])
            }
            let undone = try await world.store.undo(made.change, in: workspace, by: "Ana")

            // The value, the contact and its two numbers.
            #expect(undone.keptRows == 4)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "Nr. 0")
            #expect(try await world.store.look("SELECT value FROM contact_field", as: String.self) == "Vigo")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM handle") == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `names that changed hands within a change go back one after the other`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (red, blue) = (try await world.makeLabel("Rojo"), try await world.makeLabel("Azul"))
            let before = try await DatabaseImage.of(world.store)
            let (workspace, now) = (world.workspace, world.clock.now)
            let id: ChangeID = world.store.ids.next()
            try await world.store.database.write { connection in
                var journal = try ChangeJournal.begin(Self.draft, on: connection, id: id, in: workspace, at: now)
                for (label, name) in [(red, "Verde"), (blue, "Rojo"), (red, "Azul")] {
                    try journal.update(
                        .label, key: ["id": label], set: ["name": name, "folded": name.folded], of: nil)
                }
                try journal.save()
            }
            #expect(try await world.store.undo(id, in: workspace, by: "Ana").keptRows == 0)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each slice begins where the last one ended`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let made = try await change(300, world)
            let workspace = world.workspace
            let isDone = try await world.store.database.write { connection in
                try ChangeUndo(connection: connection, workspace: workspace, change: made.change).putBackSlice()
            }
            #expect(!isDone)
            let position = try await world.store.look(
                "SELECT undo_position FROM change WHERE id = :id", ["id": made.change], as: Int.self)
            let rows = try await world.store.look(
                "SELECT rows FROM change WHERE id = :id", ["id": made.change], as: Int.self)
            #expect(try required(position) == required(rows) - ChangeUndo.slice + 1)
        }
    }
}
