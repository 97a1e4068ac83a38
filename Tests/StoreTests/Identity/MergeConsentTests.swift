import Domain
import Testing

@testable import Store

/// Of two people who are one the stricter word about consent holds, and comes back apart when they are two again.
@Suite struct MergeConsentTests {
    private func say(
        _ change: ConsentEntry.Change, by source: ConsentSource? = nil, isDouble: Bool = false,
        of contact: ContactID, at: Timestamp? = nil, message: MessageID? = nil, _ people: MergeWorld
    ) async throws {
        let (workspace, ids, now) = (people.workspace, people.store.ids, people.world.clock.now)
        try await people.store.database.write { connection in
            _ = try connection.recordConsent(
                ConsentEntryDraft(
                    contact: contact, purpose: .marketing, change: change, isDouble: isDouble,
                    source: source ?? (isDouble ? .optIn : .staff), at: at ?? now, actor: "Ana", message: message),
                in: workspace,
                ids: ids, at: now)
        }
    }

    private func standing(_ contact: ContactID, _ people: MergeWorld) async throws -> String? {
        try await people.look(
            """
            SELECT standing || CASE is_double WHEN 1 THEN ' twice' ELSE '' END AS text FROM consent
            WHERE contact_id = :contact AND purpose = 'marketing'
            """, ["contact": contact])
    }

    @Test(arguments: TestDatabase.available)
    func `a no beats a later yes, and an undo gives each their own word back`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await say(.withdrawn, of: people.loser, at: people.world.clock.now - .days(90), people)
            try await say(.granted, isDouble: true, of: people.winner, people)
            let before = try await people.image()

            let merge = try await people.merge()
            #expect(try await standing(people.winner, people) == "withdrawn")
            #expect(try await standing(people.loser, people) == nil)

            try await people.undo(merge)
            #expect(try await standing(people.winner, people) == "granted twice")
            #expect(try await standing(people.loser, people) == "withdrawn")
            #expect(try await people.image().differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a plain yes beats a confirmed one, and a yes beats nothing`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await say(.granted, of: people.loser, people)
            try await say(.granted, isDouble: true, of: people.winner, people)
            try await people.merge()
            #expect(try await standing(people.winner, people) == "granted")
        }
        try await engine.withMergeWorld { people in
            try await say(.granted, isDouble: true, of: people.loser, people)
            try await people.merge()
            #expect(try await standing(people.winner, people) == "granted twice")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what one account stopped inside WhatsApp is not resumed by the other that somebody joined with it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let now = people.world.clock.now
            try await say(.granted, of: people.loser, at: now - .days(3), people)
            try await say(.withdrawn, by: .meta, of: people.loser, at: now - .days(2), people)
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))

            try await say(.granted, by: .meta, of: people.winner, people)
            #expect(try await standing(people.winner, people) == "withdrawn")

            try await people.undo(merge)
            #expect(try await standing(people.loser, people) == "withdrawn")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a no that somebody recorded for the merged person counts for both after the undo`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            try await say(.granted, of: people.loser, people)
            try await say(.granted, of: people.winner, people)
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await say(.withdrawn, of: people.winner, people)

            try await people.undo(merge)

            #expect(try await standing(people.winner, people) == "withdrawn")
            #expect(try await standing(people.loser, people) == "withdrawn")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a no in a message is of whose account the message came from`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await say(.granted, of: people.loser, people)
            try await say(.granted, of: people.winner, people)
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("STOP", wamid: "7", from: MergeWorld.second)
            #expect(try await standing(people.winner, people) == "withdrawn")

            try await people.undo(merge)

            #expect(try await standing(people.winner, people) == "granted")
            #expect(try await standing(people.loser, people) == "withdrawn")
        }
    }

    private func say(_ drafts: [(ConsentEntry.Change, ConsentSource, ContactID)], _ people: MergeWorld) async throws {
        let (workspace, ids) = (people.workspace, people.store.ids)
        for (change, source, contact) in drafts {
            people.world.clock.advance(by: .minutes(1))
            let now = people.world.clock.now
            try await people.store.database.write { connection in
                _ = try connection.recordConsent(
                    ConsentEntryDraft(
                        contact: contact, purpose: .marketing, change: change, source: source, at: now, actor: "Ana"),
                    in: workspace, ids: ids, at: now)
            }
        }
    }

    /// A "resume" of the one gives back what there was before the other's "stop": nothing. The no must not go with it.
    @Test(arguments: TestDatabase.available)
    func `a no outlives what the other's words would make of it`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await say(
                [(.withdrawn, .meta, people.winner), (.granted, .meta, people.loser)], people)
            #expect(try await standing(people.loser, people) == nil)
            try await people.merge()
            #expect(try await standing(people.winner, people) == "withdrawn")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a no that was confirmed to the one is not confirmed to the other`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.world.write("STOP", wamid: "8", from: MergeWorld.second)
            #expect(try await people.world.leavingTexts().count == 1)
            try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("STOP", wamid: "9", from: MergeWorld.first)
            #expect(try await standing(people.winner, people) == "withdrawn")
            #expect(try await people.world.leavingTexts() == [])
        }
    }

    // MARK: Whose word it is

    @Test(arguments: TestDatabase.available)
    func `each account's own no is kept, though the other has said the same before`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            try await say(.granted, of: people.winner, people)
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("STOP", wamid: "8", from: MergeWorld.second)
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("STOP", wamid: "9", from: MergeWorld.first)

            try await people.undo(merge)

            #expect(try await standing(people.winner, people) == "withdrawn")
            #expect(try await standing(people.loser, people) == "withdrawn")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what one account resumes inside WhatsApp lifts no stop of the other's after the undo`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            try await say(.granted, of: people.winner, people)
            try await say(.granted, of: people.loser, people)
            people.world.clock.advance(by: .minutes(1))
            try await people.world.prefer("stop", phone: "34600000001")
            try await people.world.prefer("stop", phone: "34600000002")
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.prefer("resume", phone: "34600000002")

            try await people.undo(merge)

            #expect(try await standing(people.winner, people) == "withdrawn")
            #expect(try await standing(people.loser, people) == "granted")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a stop of which WhatsApp says whose it is counts for that one after the undo`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            try await say(.granted, of: people.winner, people)
            try await say(.granted, of: people.loser, people)
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.prefer("stop", phone: "34600000002")
            #expect(try await standing(people.winner, people) == "withdrawn")

            try await people.undo(merge)

            #expect(try await standing(people.winner, people) == "granted")
            #expect(try await standing(people.loser, people) == "withdrawn")
        }
    }

    /// Where a slice of the undo ends between the two, the one has words of the other's for a moment.
    @Test(arguments: TestDatabase.available)
    func `a confirmed no stays confirmed, however the rows of a long merge fall into slices`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            try await people.world.write("STOP", wamid: "8", from: MergeWorld.first)
            people.world.clock.advance(by: .minutes(1))
            try await say(.granted, isDouble: true, of: people.loser, people)
            let before = try await people.image()
            let merge = try await people.merge()
            try await fillSlice(of: merge.change, people)

            try await people.undo(merge)

            #expect(try await people.image().differences(from: before) == [])
        }
    }

    /// Rows that nobody can put back, behind the one that took the loser's consent away: as many as end a slice there.
    private func fillSlice(of change: ChangeID, _ people: MergeWorld) async throws {
        let workspace = people.workspace
        try await people.store.database.write { connection in
            let scope: SQLArguments = ["workspace_id": workspace, "change_id": change]
            let place = try connection.value(
                """
                SELECT position FROM change_row
                WHERE workspace_id = :workspace_id AND change_id = :change_id AND relation = 'consent'
                    AND after IS NULL
                """, scope, as: Int.self)
            let last = try connection.value(
                "SELECT rows FROM change WHERE workspace_id = :workspace_id AND id = :change_id", scope, as: Int.self)
            guard let place, let last, last - place < ChangeUndo.slice else { throw Missing() }
            for position in (last + 1)..<(place + ChangeUndo.slice) {
                try connection.execute(
                    """
                    INSERT INTO change_row (workspace_id, change_id, position, relation, key, before, after)
                    VALUES (:workspace_id, :change_id, :position, 'label', '{"id":1}', '{"name":"a"}', '{"name":"b"}')
                    """, scope.adding("position", position))
            }
        }
    }
}
