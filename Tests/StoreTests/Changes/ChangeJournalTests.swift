import Domain
import Testing

@testable import Store

@Suite struct ChangeJournalTests {
    private static let draft = ChangeDraft(.bulk, title: .same("Test"), actor: "Ana")

    /// Runs one change over the only contact and closes it.
    private func change(
        _ world: ConsoleWorld, _ body: @escaping @Sendable (inout ChangeJournal, ContactID) throws -> Void
    ) async throws -> ChangeID {
        let id = world.store.ids.next(ChangeRow.self)
        let (workspace, now) = (world.workspace, world.clock.now)
        try await world.store.database.write { connection in
            var journal = try ChangeJournal.begin(Self.draft, on: connection, id: id, in: workspace, at: now)
            let contact = try required(try connection.value("SELECT id FROM contact ORDER BY id", as: ContactID.self))
            try body(&journal, contact)
            try journal.save()
        }
        return id
    }

    private static func label(_ id: Int64, _ name: String) -> SQLArguments {
        ["id": id, "name": name, "folded": name.folded, "color": "green", "created_at": 1]
    }

    @Test(arguments: TestDatabase.available)
    func `rows that were made, changed and taken away are put back as they were`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            _ = try await change(world) { journal, contact in
                try journal.insert(.label, Self.label(1, "VIP"), of: nil)
                try journal.insert(
                    .contactLabel, ["contact_id": contact, "label_id": 1, "actor": "Ana", "added_at": 1], of: contact)
            }
            let before = try await DatabaseImage.of(world.store)

            let id = try await change(world) { journal, contact in
                try journal.update(.contact, key: ["id": contact], set: ["name": "Lucía", "note": "á ☎"], of: contact)
                try journal.delete(.contactLabel, key: ["contact_id": contact, "label_id": 1], of: contact)
                try journal.update(.label, key: ["id": 1], set: ["color": "red"], of: nil)
                try journal.insert(.label, Self.label(2, "Nuevo"), of: nil)
                try journal.insert(
                    .field,
                    ["id": 3, "key": "peso", "name": "Peso", "kind": "number", "created_at": 1], of: nil)
                try journal.insert(
                    .contactField,
                    [
                        "contact_id": contact, "field_id": 3, "value": "0.1", "folded": "0.1", "number": 0.1,
                        "changed_at": 1,
                    ], of: contact)
            }
            #expect(try await DatabaseImage.of(world.store) != before)

            let undone = try await world.store.undo(id, in: world.workspace, by: "Ana")
            #expect(undone.state == .undone)
            #expect(undone.undoneRows == 6)
            #expect(undone.keptRows == 0)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was changed again since stays, and is counted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let first = try await change(world) { journal, contact in
                try journal.update(.contact, key: ["id": contact], set: ["name": "Uno"], of: contact)
                try journal.update(.contact, key: ["id": contact], set: ["note": "eins"], of: contact)
            }
            _ = try await change(world) { journal, contact in
                try journal.update(.contact, key: ["id": contact], set: ["name": "Dos"], of: contact)
            }
            let undone = try await world.store.undo(first, in: world.workspace, by: "Ana")
            #expect(undone.undoneRows == 1)
            #expect(undone.keptRows == 1)
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "Dos")
            #expect(try await world.store.look("SELECT note FROM contact", as: String.self) == "")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a contact who has written since is not taken away`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let number = world.number
            let id = try await change(world) { journal, contact in
                for id: Int64 in [71, 72] {
                    try journal.insert(
                        .contact, ["id": id, "name": "Neu", "created_at": 1, "updated_at": 1],
                        of: ContactID(rawValue: id))
                }
            }
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO conversation
                        (id, workspace_id, number_id, contact_id, state, owner, last_message_at, created_at)
                    VALUES (5, :workspace_id, :number_id, 71, 'open', 'queue', 1, 1)
                    """, ["workspace_id": world.workspace, "number_id": number])
            }
            let undone = try await world.store.undo(id, in: world.workspace, by: "Ana")
            #expect(undone.undoneRows == 1)
            #expect(undone.keptRows == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact WHERE id = 71") == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact WHERE id = 72") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a handle that somebody else has now stays theirs`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let id = try await change(world) { journal, contact in
                let handle = try required(
                    try journal.connection.value("SELECT id FROM handle ORDER BY id", as: HandleID.self))
                try journal.update(
                    .handle, key: ["id": handle], set: ["valid_to": Timestamp(milliseconds: 5)], of: contact)
            }
            try await world.receive([world.text("Soy otra", wamid: "2")])
            let undone = try await world.store.undo(id, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM handle WHERE valid_to IS NULL") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an undo that was interrupted goes on, and a second one is refused`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let before = try await DatabaseImage.of(world.store)
            let id = try await change(world) { journal, contact in
                let rows = (1...2500).map { number in
                    (row: Self.label(Int64(number), "Nr. \(number)"), contact: ContactID?.none)
                }
                try journal.insertMany(.label, rows)
            }
            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE change SET state = 'undoing' WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": id])
                let undo = ChangeUndo(connection: connection, workspace: workspace, change: id)
                #expect(try !undo.putBackSlice())
            }
            #expect(try await world.store.interruptedUndos().map(\.change) == [id])
            // By the command as well, which nobody else is there to go on for.
            let undone = try await world.store.undo(id, in: workspace, by: "Ana")
            #expect(undone.undoneRows == 2500)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
            await #expect(throws: PuenteError.self) { try await world.store.undo(id, in: workspace, by: "Ana") }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `after its time a change is not put back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let id = try await change(world) { journal, contact in
                try journal.update(.contact, key: ["id": contact], set: ["name": "Uno"], of: contact)
            }
            world.clock.advance(by: .days(91))
            await #expect(throws: PuenteError.notUndoable) {
                try await world.store.undo(id, in: world.workspace, by: "Ana")
            }
        }
    }

    @Test func `an image keeps every kind of value exactly`() throws {
        let image = RowImage([
            "a": .integer(.max), "b": .text("12"), "c": .null, "d": .real(0.1), "e": .blob([0, 255]), "f": .real(2),
        ])
        #expect(try JSONText.decode(RowImage.self, from: JSONText.encode(image)) == image)
    }
}

/// What follows from the rows that are put back.
@Suite struct ChangeConsequenceTests {
    private static let draft = ChangeDraft(.edit, title: .same("Test"), actor: "Ana")

    private func rename(_ world: ConsoleWorld, to name: String, at moment: Int64) async throws -> ChangeID {
        let id = world.store.ids.next(ChangeRow.self)
        let (workspace, now) = (world.workspace, world.clock.now)
        try await world.store.database.write { connection in
            var journal = try ChangeJournal.begin(Self.draft, on: connection, id: id, in: workspace, at: now)
            let contact = try required(try connection.value("SELECT id FROM contact ORDER BY id", as: ContactID.self))
            try journal.update(
                .contact, key: ["id": contact],
                set: ["name": name, "updated_at": Timestamp(milliseconds: moment)], of: contact)
            try connection.writeSearchText(of: contact, in: workspace)
            try journal.save()
        }
        return id
    }

    @Test(arguments: TestDatabase.available)
    func `a contact is searched by the name that was put back, and its CRM is told`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let contact = try #require(await world.store.contacts(in: world.workspace).items.first?.person.id)
            try await world.store.link(
                [(contact: contact, remoteID: "51")], grip: world.grip(.connection(world.crm)))
            let before = try await DatabaseImage.of(world.store)

            let id = try await rename(world, to: "Remedios", at: 7)
            #expect(try await world.store.contacts(search: "remedios", in: world.workspace).items.count == 1)
            _ = try await world.store.undo(id, in: world.workspace, by: "Ana")

            #expect(try await world.store.contacts(search: "remedios", in: world.workspace).items.isEmpty)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
            let told = "SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact' AND state = 'available'"
            #expect(try await world.store.look(told) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `that a contact was changed otherwise since keeps no name from being put back`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let id = try await rename(world, to: "Remedios", at: 7)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE contact SET updated_at = 8, search_text = ''")
            }
            let undone = try await world.store.undo(id, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "")
            #expect(try await world.store.look("SELECT updated_at FROM contact") == 8)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who a contact is today is told over several merges`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let workspace = world.workspace
            try await world.store.database.write { connection in
                for (id, into) in [(1, 2), (2, 3), (3, nil)] as [(Int64, Int64?)] {
                    try connection.execute(
                        """
                        INSERT INTO contact (id, workspace_id, merged_into, created_at, updated_at)
                        VALUES (:id, :workspace_id, :into, 1, 1)
                        """, ["id": id, "workspace_id": workspace, "into": into])
                }
                for id: Int64 in [1, 2, 3] {
                    #expect(try connection.living(ContactID(rawValue: id), in: workspace).rawValue == 3)
                }
                #expect(try connection.living(ContactID(rawValue: 9), in: workspace).rawValue == 9)
            }
        }
    }
}
