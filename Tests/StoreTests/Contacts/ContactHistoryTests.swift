import Domain
import Testing

@testable import Store

@Suite struct ContactHistoryTests {
    private struct Person {
        let world: ConsoleWorld
        let id: ContactID

        @discardableResult
        func edit(_ edit: ContactEdit) async throws -> ChangeID {
            world.clock.advance(by: .seconds(1))
            guard
                case .saved(let change, _, _) = try await world.store.editContact(
                    id, edit, by: "Ana", in: world.workspace)
            else { throw Missing() }
            return change
        }

        func facts() async throws -> [[HistoryFact]] {
            try await world.store.history(of: id, in: world.workspace).items.map(\.facts)
        }

        func putBack(_ index: Int) async throws -> ContactEditOutcome {
            let entry = try await world.store.history(of: id, in: world.workspace).items[index]
            world.clock.advance(by: .seconds(1))
            return try await world.store.putBack(
                entry.position, of: entry.change.id, for: id, by: "Beto", in: world.workspace)
        }

        var detail: ContactDetail {
            get async throws { try required(await world.store.contact(id, in: world.workspace)) }
        }
    }

    private func person(_ engine: TestDatabase, _ body: (Person) async throws -> Void) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let id = try required(await world.store.contacts(in: world.workspace).items.first).person.id
            try await body(Person(world: world, id: id))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each row says what it changed, the newest first`(engine: TestDatabase) async throws {
        try await person(engine) { lucia in
            try await lucia.edit(ContactEdit(name: "Lucía", note: "uno"))
            try await lucia.edit(ContactEdit(name: "Luz", adding: [.init(.email, "luz@ejemplo.mx")]))
            let handle = try #require(await lucia.detail.handles.first { $0.kind == "email" })
            try await lucia.edit(ContactEdit(ending: [handle.id]))

            #expect(
                try await lucia.facts() == [
                    [.handle(kind: "email", address: "luz@ejemplo.mx", .ended)],
                    [.handle(kind: "email", address: "luz@ejemplo.mx", .added)],
                    [.column(.name, before: "Lucía", after: "Luz")],
                    [
                        .column(.name, before: "", after: "Lucía"), .column(.note, before: "", after: "uno"),
                    ],
                ])
            var position: ListPosition?
            var paged = 0
            repeat {
                let page = try await lucia.world.store.history(
                    of: lucia.id, after: position, limit: 1, in: lucia.world.workspace)
                paged += page.items.count
                position = page.next
            } while position != nil
            #expect(paged == 4)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one row goes back by an edit of its own, also when more was changed since`(
        engine: TestDatabase
    ) async throws {
        try await person(engine) { lucia in
            try await lucia.edit(ContactEdit(name: "Lucía"))
            try await lucia.edit(ContactEdit(name: "Luz"))
            try await lucia.edit(ContactEdit(note: "nota"))

            // From the second edit: what it said before it.
            guard case .saved(let change, _, _) = try await lucia.putBack(1) else {
                Issue.record("not put back")
                return
            }
            #expect(try await lucia.detail.person.name == "Lucía")
            #expect(try await lucia.detail.note == "nota")
            #expect(try await lucia.world.store.contacts(search: "luz", in: lucia.world.workspace).items.isEmpty)
            #expect(try await lucia.facts().first == [.column(.name, before: "Luz", after: "Lucía")])

            // That is an edit like any other.
            _ = try await lucia.world.store.undo(change, in: lucia.world.workspace, by: "Ana")
            #expect(try await lucia.detail.person.name == "Luz")
            let newest = try await lucia.world.store.history(of: lucia.id, in: lucia.world.workspace).items.first
            #expect(newest?.outcome == .restored && newest?.change.state == .undone)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `addresses go back: what was added ends, what ended holds again unless somebody has it`(
        engine: TestDatabase
    ) async throws {
        try await person(engine) { lucia in
            try await lucia.edit(ContactEdit(adding: [.init(.email, "luz@ejemplo.mx")]))
            guard case .saved = try await lucia.putBack(0) else {
                Issue.record("not put back")
                return
            }
            #expect(try await lucia.detail.handles.filter { $0.validTo == nil }.map(\.kind) == ["phone"])

            guard case .saved = try await lucia.putBack(0) else {
                Issue.record("not put back")
                return
            }
            let valid = try await lucia.detail.handles.filter { $0.validTo == nil }
            #expect(Set(valid.map(\.kind)) == ["phone", "email"])
            guard case .unchanged = try await lucia.putBack(1) else {
                Issue.record("done twice")
                return
            }

            let handle = try #require(valid.first { $0.kind == "email" })
            try await lucia.edit(ContactEdit(ending: [handle.id]))
            _ = try await lucia.world.store.createContact(
                ContactDraft(name: "Otra", addresses: [.init(.email, "luz@ejemplo.mx")]), by: "Ana",
                in: lucia.world.workspace)
            guard case .taken(_, let owner) = try await lucia.putBack(0) else {
                Issue.record("taken from somebody")
                return
            }
            #expect(owner.name == "Otra")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `labels, fields and states go back one by one while what they are of is there`(
        engine: TestDatabase
    ) async throws {
        try await person(engine) { lucia in
            let (world, id) = (lucia.world, lucia.id)
            let change = world.store.ids.next(ChangeRow.self)
            let (workspace, now) = (world.workspace, world.clock.now)
            try await world.store.database.write { connection in
                var journal = try ChangeJournal.begin(
                    ChangeDraft(.bulk, title: .same("Prueba"), actor: "Ana"), on: connection, id: change,
                    in: workspace, at: now)
                try journal.insert(
                    .label, ["id": 1, "name": "VIP", "folded": "vip", "color": "green", "created_at": 1], of: nil)
                try journal.insert(
                    .contactLabel, ["contact_id": id, "label_id": 1, "actor": "Ana", "added_at": 1], of: id)
                try journal.insert(
                    .contactState, ["contact_id": id, "state": "blocked", "since": 1, "actor": "Ana"], of: id)
                try journal.delete(.contactLabel, key: ["contact_id": id, "label_id": 1], of: id)
                try journal.save()
            }
            #expect(
                try await lucia.facts() == [
                    [.label(name: "VIP", isAdded: false)], [.state("blocked", isSet: true)],
                    [.label(name: "VIP", isAdded: true)],
                ])
            let rows = try await world.store.rows(of: change, in: workspace).items
            #expect(rows.map(\.position) == [1, 2, 3, 4])
            #expect(rows.map(\.canBePutBack) == [false, true, true, true])

            guard case .saved = try await lucia.putBack(0), case .saved = try await lucia.putBack(2) else {
                Issue.record("not put back")
                return
            }
            let summary = try #require(await world.store.contactSummary(id, in: workspace))
            #expect(summary.labels.map(\.name) == ["VIP"] && summary.states == [])

            await #expect(throws: PuenteError.noChange) {
                _ = try await world.store.putBack(1, of: change, for: id, by: "Ana", in: workspace)
            }
            await #expect(throws: PuenteError.noChange) {
                _ = try await world.store.putBack(9, of: change, for: id, by: "Ana", in: workspace)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a short change is put back at once, a long one is only begun`(engine: TestDatabase) async throws {
        try await person(engine) { lucia in
            let (world, workspace) = (lucia.world, lucia.world.workspace)
            let short = try await lucia.edit(ContactEdit(name: "Luz"))
            #expect(try await world.store.startUndo(short, in: workspace, by: "Ana").state == .undone)

            let long = world.store.ids.next(ChangeRow.self)
            let now = world.clock.now
            try await world.store.database.write { connection in
                var journal = try ChangeJournal.begin(
                    ChangeDraft(.bulk, title: .same("Prueba"), actor: "Ana"), on: connection, id: long,
                    in: workspace, at: now)
                try journal.insertMany(
                    .label,
                    (1...(ChangeUndo.atOnce + 1)).map { number in
                        (
                            row: [
                                "id": number, "name": "n\(number)", "folded": "n\(number)", "color": "green",
                                "created_at": 1,
                            ], contact: nil
                        )
                    })
                try journal.save()
            }
            #expect(try await world.store.startUndo(long, in: workspace, by: "Ana").state == .undoing)
            #expect(try await world.store.interruptedUndos().map(\.change) == [long])
            await #expect(throws: PuenteError.notUndoable) {
                _ = try await world.store.startUndo(long, in: workspace, by: "Ana")
            }
            // Whoever does it lets others have their turn after each slice.
            #expect(try await world.store.advanceUndo(long, in: workspace) == nil)
            #expect(try await world.store.change(long, in: workspace)?.undoneRows == ChangeUndo.slice)
            #expect(try await world.store.goOnUndoing(long, in: workspace).undoneRows == ChangeUndo.atOnce + 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a merge says of no address that it ended, and of an erased row nothing`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.merge()
            let (store, workspace) = (people.world.store, people.world.workspace)
            let merge = try #require(try await store.changes(in: workspace).items.first { $0.kind == .merge })
            func facts() async throws -> [HistoryFact] {
                try await store.rows(of: merge.id, limit: 100, in: workspace).items.flatMap(\.facts)
            }

            let steps = try await facts().compactMap { fact -> HistoryFact.HandleStep? in
                guard case .handle(_, _, let step) = fact else { return nil }
                return step
            }
            #expect(steps == [.moved, .moved])

            try await store.database.write { connection in
                try connection.execute(
                    "UPDATE change_row SET before = NULL, after = NULL WHERE workspace_id = :workspace_id",
                    ["workspace_id": workspace])
            }
            #expect(Set(try await facts().map { "\($0)" }) == ["erased"])
        }
    }
}
