import Domain
import Testing

@testable import Store

@Suite struct MergeTests {
    // MARK: What moves

    @Test(arguments: TestDatabase.available)
    func `everything of both is the winner's afterwards`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge()

            let winner: SQLArguments = ["winner": people.winner]
            for table in ["handle", "conversation", "message"] {
                let others = try await people.look(
                    "SELECT COUNT(*) AS n FROM \(table) WHERE contact_id <> :winner", winner, as: Int.self)
                #expect(others == 0, "\(table)")
            }
            #expect(
                try await people.texts(
                    "SELECT l.name AS text FROM contact_label k JOIN label l ON l.id = k.label_id ORDER BY l.id")
                    == ["VIP", "Mayorista", "Moroso"])
            #expect(
                try await people.texts("SELECT value AS text FROM contact_field ORDER BY field_id")
                    == ["Acme", "Madrid", "x"])
            #expect(try await people.texts("SELECT state AS text FROM contact_state") == ["complaint"])
            #expect(
                try await people.look("SELECT remote_id FROM remote_ref WHERE local_id = :winner", winner) == "r2")
            #expect(try await people.look("SELECT name FROM contact WHERE id = :winner", winner) == "Lucía F.")
            #expect(try await people.look("SELECT language FROM contact WHERE id = :winner", winner) == "es")
            #expect(
                try await people.look("SELECT note FROM contact WHERE id = :winner", winner)
                    == "Prefiere mañanas\n\nPaga tarde")
            #expect(merge.moved.handles == 2 && merge.moved.messages == 2 && merge.moved.labels == 2)
            #expect(try await StoryPersons.faults(people.world) == [])
            let found = try await people.world.conversations(ConversationQuery(search: "34600000002"))
            #expect(found.map(\.person.id) == [people.winner])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was chosen stays, field by field, also where the chosen side has nothing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let (company, city, note) = (
                FieldID(rawValue: 21), FieldID(rawValue: 22), FieldID(rawValue: 23)
            )
            try await people.merge(
                MergeChoices(
                    columns: [.name: .loser, .note: .winner], fields: [company: .loser, city: .winner, note: .loser]))

            #expect(
                try await people.texts("SELECT value AS text FROM contact_field ORDER BY field_id") == ["Acme S.A."])
            let winner: SQLArguments = ["winner": people.winner]
            #expect(try await people.look("SELECT name FROM contact WHERE id = :winner", winner) == "L. Fernández")
            #expect(try await people.look("SELECT note FROM contact WHERE id = :winner", winner) == "Prefiere mañanas")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two open conversations the one with the newer message stays, and takes over what waits`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let ana = try await people.world.hire("ana")
            let old = try required(
                await people.look(
                    "SELECT id FROM conversation WHERE contact_id = :contact", ["contact": people.winner],
                    as: ConversationID.self))
            let before = try required(await people.store.conversation(old, in: people.workspace))
            _ = try await people.store.setOwner(
                .person(ana), of: old, in: people.workspace, expecting: .version(before.ownerVersion), by: "Ana")

            try await people.merge()

            let open = try await people.world.onlyConversation()
            #expect(open.id != old && open.person.id == people.winner)
            #expect(open.unread == 3)
            #expect(open.waitingSince == ConsoleWorld.start)
            #expect(open.owner == .person(ana))
            let closed = try required(await people.store.conversation(old, in: people.workspace))
            #expect(closed.isClosed && closed.unread == 0 && closed.waitingSince == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two records in one CRM stay two, and the page says so`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.store.link(
                [(people.winner, "r1")], grip: people.world.grip(.connection(people.world.crm)))
            let preview = try required(
                await people.store.mergePreview(of: people.loser, into: people.winner, in: people.workspace))
            #expect(preview.conflictingCRMs == ["HubSpot"])
            try await people.merge()

            // What the second record says is nobody's word about the person, until people merge the two there.
            for name in ["Otro nombre", "Y otro"] {
                try await people.store.adopt(
                    RemoteIdentity(
                        remoteID: "r2", contact: people.loser, phones: [], userID: nil, email: nil, name: name),
                    connection: people.world.crm, in: people.workspace)
            }
            #expect(
                try await people.look("SELECT remote_id FROM remote_ref WHERE local_id = :id", ["id": people.winner])
                    == "r1")
            #expect(
                try await people.look("SELECT name FROM contact WHERE id = :id", ["id": people.winner]) == "Lucía F.")

            try await people.store.relink(
                ["r2"], to: "r1", connection: people.world.crm, in: people.workspace)
            try await people.store.adopt(
                RemoteIdentity(
                    remoteID: "r1", contact: people.winner, phones: [], userID: nil, email: nil, name: "Lucía Fdez."),
                connection: people.world.crm, in: people.workspace)
            #expect(
                try await people.look("SELECT name FROM contact WHERE id = :id", ["id": people.winner])
                    == "Lucía Fdez.")
            #expect(
                try await people.store.contact(remoteID: "r1", connection: people.world.crm, in: people.workspace)
                    == people.winner)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nobody is merged with themself, twice, or with nobody`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            await #expect(throws: PuenteError.sameContact) {
                try await people.store.merge(people.winner, into: people.winner, by: "Ana", in: people.workspace)
            }
            let nobody: ContactID = people.store.ids.next()
            await #expect(throws: PuenteError.noContact) {
                try await people.store.merge(nobody, into: people.winner, by: "Ana", in: people.workspace)
            }
            try await people.merge()
            await #expect(throws: PuenteError.mergedAlready) {
                try await people.store.merge(people.loser, into: people.winner, by: "Ana", in: people.workspace)
            }
            #expect(try await people.store.changes(of: [.merge], in: people.workspace).items.count == 1)
        }
    }

    // MARK: Undo

    @Test(arguments: TestDatabase.available)
    func `undone, the database is as it was, table by table`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let before = try await people.image()

            let merge = try await people.merge(MergeChoices(columns: [.name: .loser]))
            #expect(try await people.image() != before)
            let undone = try await people.undo(merge)

            #expect(undone.keptRows == 0)
            #expect(try await people.image().differences(from: before) == [])
            #expect(try await StoryPersons.faults(people.world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a chain of merges is undone to what was before`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.world.write("Soy otra", wamid: "9", from: Participant(waID: "34600000003"))
            let third = try required(
                await people.look("SELECT contact_id FROM message WHERE wamid = '9'", as: ContactID.self))
            let before = try await people.image()

            let first = try await people.merge()
            let second = try await people.store.merge(
                people.winner, into: third, by: "Ana", in: people.workspace)
            #expect(
                try await people.look("SELECT merged_into FROM contact WHERE id = :id", ["id": people.loser]) == third)
            await #expect(throws: PuenteError.self) { try await people.undo(first) }
            try await people.undo(second)
            try await people.undo(first)

            #expect(try await people.image().differences(from: before) == [])
        }
    }

    /// As one event that names three contacts does it.
    @Test(arguments: TestDatabase.available)
    func `of two merges in one moment the later one is undone first`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.world.write("Soy yo", wamid: "9", from: Participant(waID: "34600000003"))
            let third = try required(
                await people.look("SELECT contact_id FROM message WHERE wamid = '9'", as: ContactID.self))
            let before = try await people.image()
            let (store, workspace, now) = (people.store, people.workspace, people.world.clock.now)
            let merges = try await store.database.write { connection in
                try [people.loser, third].map { loser in
                    try store.merge(
                        loser, into: people.winner, choices: MergeChoices(), draft: MergeDraft(actor: "Ana"),
                        connection, in: workspace, at: now
                    ).change
                }
            }

            let refused = await #expect(throws: PuenteError.self) {
                try await store.undoMerge(merges[0], by: "Ana", in: workspace)
            }
            #expect(refused?.detail == "merged_since")
            for merge in merges.reversed() { try await store.undoMerge(merge, by: "Ana", in: workspace) }

            #expect(try await people.image().differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a question that waits since keeps an earlier one from waiting again`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let (workspace, number, now) = (people.workspace, people.world.number, people.world.clock.now)
            @Sendable func ask(
                _ id: Int64, _ contact: ContactID, expires: Timestamp, _ connection: any SQLConnection
            ) throws {
                try connection.execute(
                    """
                    INSERT INTO opt_in
                        (id, workspace_id, contact_id, number_id, state, words, language, message_id, actor, asked_at,
                         expires_at)
                    VALUES
                        (:id, :workspace_id, :contact_id, :number_id, 'waiting', '{}', 'es', 1, 'Ana', :now,
                         :expires)
                    """,
                    [
                        "id": id, "workspace_id": workspace, "contact_id": contact, "number_id": number, "now": now,
                        "expires": expires,
                    ])
            }
            try await people.store.database.write { connection in
                try ask(1, people.winner, expires: now + .days(1), connection)
                try ask(2, people.loser, expires: now + .days(2), connection)
            }
            let merge = try await people.merge()
            try await people.store.database.write { connection in
                try connection.execute(
                    "UPDATE opt_in SET state = 'declined' WHERE workspace_id = :workspace_id AND id = 2",
                    ["workspace_id": workspace])
                try ask(3, people.winner, expires: now + .days(3), connection)
            }

            try await people.undo(merge)

            #expect(
                try await people.texts("SELECT state AS text FROM opt_in ORDER BY id")
                    == ["expired", "declined", "waiting"])
            #expect(try await people.look("SELECT contact_id FROM opt_in WHERE id = 2") == people.loser)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what came since goes to whose account it is from, and both conversations say so`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("Desde el uno", wamid: "4", from: MergeWorld.first)
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("Desde el dos", wamid: "5", from: MergeWorld.second)
            #expect(try await people.world.conversations().count == 1)

            try await people.undo(merge)

            let open = try await people.world.conversations()
            #expect(open.map(\.person.id) == [people.loser, people.winner])
            #expect(open.map(\.preview) == ["Desde el dos", "Desde el uno"])
            #expect(open.map(\.unread) == [3, 2])
            #expect(try await people.store.recount(in: people.workspace).differences.isEmpty)
            #expect(try await StoryPersons.faults(people.world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was answered since the merge waits for nobody after its undo`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("Desde el dos", wamid: "5", from: MergeWorld.second)
            people.world.clock.advance(by: .minutes(1))
            let ana = try await people.world.hire("ana")
            _ = try await people.store.accept(
                MessageCommand(
                    workspace: people.workspace, target: .contact(people.winner, from: people.world.number),
                    content: .text(TextContent(body: "Dígame")), author: .staff(ana, name: "Ana")))

            try await people.undo(merge)

            // The answer was to one of the two; the other still waits.
            let waiting = try await people.look("SELECT COUNT(waiting_since) AS n FROM conversation", as: Int.self)
            #expect(waiting == 1)
            #expect(try await StoryPersons.faults(people.world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what people changed since stays, and is counted`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge(MergeChoices(columns: [.name: .loser]))
            let (winner, workspace) = (people.winner, people.workspace)
            try await people.store.database.write { connection in
                try connection.execute(
                    "UPDATE contact SET name = 'Lucía, de nuevo' WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": winner])
            }
            let undone = try await people.undo(merge)
            #expect(undone.keptRows == 1)
            #expect(
                try await people.look("SELECT name FROM contact WHERE id = :id", ["id": winner]) == "Lucía, de nuevo")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM's record goes back as it is by then`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge()
            try await people.store.adopt(
                RemoteIdentity(
                    remoteID: "r2", contact: people.winner, phones: [], userID: nil, email: nil, name: "Lucía CRM"),
                connection: people.world.crm, in: people.workspace)
            try await people.undo(merge)
            #expect(try await people.look("SELECT COUNT(*) AS n FROM remote_ref") == 1)
            #expect(try await people.look("SELECT local_id FROM remote_ref") == people.loser)
            #expect(try await people.look("SELECT content_hash FROM remote_ref", as: String?.self) != nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `after 90 days a merge stays`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge()
            people.world.clock.advance(by: .days(90))
            await #expect(throws: PuenteError.notUndoable) { try await people.undo(merge) }
        }
    }
}
