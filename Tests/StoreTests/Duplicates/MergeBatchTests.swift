import Domain
import Testing

@testable import Store

@Suite struct MergeBatchTests {
    /// Pairs of one name with neighbouring numbers, suggested.
    private func suggest(_ count: Int, _ world: ConsoleWorld) async throws -> [DuplicateSummary] {
        for pair in 0..<count {
            for last in 0...1 {
                let digits = "34600\(100_000 + pair * 1000 + last)"
                try await world.write(
                    "Hola", wamid: "\(pair).\(last)", from: Participant(waID: digits, profileName: "Cliente \(pair)"))
            }
        }
        try await world.store.beginDuplicatePass(in: world.workspace)
        while try await world.store.goOnWithDuplicatePass(in: world.workspace) {}
        return try await world.store.duplicates(in: world.workspace).items
    }

    private func goOn(_ batch: MergeBatchID, _ world: ConsoleWorld) async throws {
        while try await world.store.goOnWithMergeBatch(batch, in: world.workspace).hasMore {}
    }

    private func review(_ duplicates: [DuplicateSummary]) -> [ReviewedDuplicate] {
        duplicates.map { ReviewedDuplicate(duplicate: $0.id, winner: $0.b.id) }
    }

    @Test(arguments: TestDatabase.available)
    func `each pair of a list is merged as somebody chose, and the list is undone as a whole`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let found = try await suggest(4, world)
            #expect(found.count == 4)
            let before = try await DatabaseImage.of(world.store, leaving: ["job", "merge_batch"])
            let batch = try await world.store.mergeDuplicates(
                review(Array(found.prefix(3))), by: "Ana", in: world.workspace)
            #expect(batch.total == 3 && batch.isBusy)
            #expect(try await world.store.duplicates(in: world.workspace).items.map(\.id) == [found[3].id])

            try await goOn(batch.id, world)

            let done = try #require(await world.store.mergeBatch(batch.id, in: world.workspace))
            #expect(done.state == .done && done.merged == 3 && done.failed == 0)
            #expect(try await world.store.changes(of: [.merge], in: world.workspace).items.count == 3)
            let winners = Set(try await world.store.duplicates(.merged, in: world.workspace).items.map(\.winner))
            #expect(winners == Set(found.prefix(3).map(\.b.id)))

            try await world.store.undoMergeBatch(batch.id, by: "Eva", in: world.workspace)
            try await goOn(batch.id, world)
            let undone = try #require(await world.store.mergeBatch(batch.id, in: world.workspace))
            #expect(undone.state == .undone && undone.undone == 3 && undone.kept == 0)
            let merges = try await world.store.changes(of: [.merge], in: world.workspace).items
            #expect(merges.map(\.undoneBy) == ["Eva", "Eva", "Eva"])
            #expect(
                try await DatabaseImage.of(world.store, leaving: ["job", "merge_batch"]).differences(from: before) == []
            )
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of three who are one each pair of the list is merged`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for last in 0...2 {
                try await world.write(
                    "Hola", wamid: "\(last)", from: Participant(waID: "3460010000\(last)", profileName: "Ana Ruiz"))
            }
            try await world.store.beginDuplicatePass(in: world.workspace)
            while try await world.store.goOnWithDuplicatePass(in: world.workspace) {}
            let found = try await world.store.duplicates(in: world.workspace).items
            #expect(found.count == 3)
            let batch = try await world.store.mergeDuplicates(review(found), by: "Ana", in: world.workspace)
            try await goOn(batch.id, world)

            let living = try await world.store.look(
                "SELECT COUNT(*) AS n FROM contact WHERE merged_into IS NULL", as: Int.self)
            #expect(living == 1)
            #expect(try await StoryPersons.faults(world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was decided meanwhile is left out, and one that fails stops no other`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            let found = try await suggest(3, world)
            let batch = try await world.store.mergeDuplicates(review(found), by: "Ana", in: world.workspace)
            // Somebody was merged into a stranger before the list came to them.
            try await world.write("Hola", wamid: "x", from: Participant(waID: "34699999999"))
            let stranger = try #require(
                await world.store.look("SELECT contact_id FROM message WHERE wamid = 'x'", as: ContactID.self))
            let (workspace, gone) = (world.workspace, found[1].b.id)
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE contact SET merged_into = :into WHERE workspace_id = :workspace_id AND id = :id",
                    ["into": stranger, "workspace_id": workspace, "id": gone])
            }
            try await world.store.dismissDuplicates([found[2].id], by: "Ana", in: world.workspace)
            try await goOn(batch.id, world)

            let done = try #require(await world.store.mergeBatch(batch.id, in: world.workspace))
            #expect(done.state == .done && done.merged == 1 && done.failed == 1)
            let failed = try #require(await world.store.duplicate(found[1].id, in: world.workspace))
            #expect(failed.failure == PuenteError.mergedAlready.message)
            await #expect(throws: PuenteError.nothingToMerge) {
                try await world.store.mergeDuplicates(review([found[0], found[2]]), by: "Ana", in: world.workspace)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a merge of a list that was undone by itself is not done again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let found = try await suggest(2, world)
            let batch = try await world.store.mergeDuplicates(review(found), by: "Ana", in: world.workspace)
            _ = try await world.store.goOnWithMergeBatch(batch.id, in: world.workspace)
            let merged = try #require(await world.store.duplicates(.merged, in: world.workspace).items.first)
            _ = try await world.store.undoMerge(
                try #require(merged.change), by: "Ana", in: world.workspace)
            try await goOn(batch.id, world)

            #expect(try await world.store.duplicates(in: world.workspace).items.map(\.id) == [merged.id])
            #expect(try await world.store.mergeBatch(batch.id, in: world.workspace)?.merged == 2)
        }
    }

    private func three(_ world: ConsoleWorld) async throws -> [DuplicateSummary] {
        for last in 0...2 {
            try await world.write(
                "Hola", wamid: "\(last)", from: Participant(waID: "3460010000\(last)", profileName: "Ana Ruiz"))
        }
        try await world.store.beginDuplicatePass(in: world.workspace)
        while try await world.store.goOnWithDuplicatePass(in: world.workspace) {}
        return try await world.store.duplicates(in: world.workspace).items
    }

    @Test(arguments: TestDatabase.available)
    func `of three who were one every pair is suggested again when the list is undone`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let found = try await three(world)
            let before = try await DatabaseImage.of(world.store, leaving: ["job", "merge_batch"])
            let batch = try await world.store.mergeDuplicates(review(found), by: "Ana", in: world.workspace)
            try await goOn(batch.id, world)
            try await world.store.undoMergeBatch(batch.id, by: "Ana", in: world.workspace)
            try await goOn(batch.id, world)

            #expect(try await world.store.duplicates(in: world.workspace).items.count == 3)
            #expect(
                try await DatabaseImage.of(world.store, leaving: ["job", "merge_batch"]).differences(from: before) == []
            )
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of three who were one every pair is suggested again when the merges are undone one by one`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let found = try await three(world)
            let batch = try await world.store.mergeDuplicates(review(found), by: "Ana", in: world.workspace)
            try await goOn(batch.id, world)
            for merge in try await world.store.changes(of: [.merge], in: world.workspace).items {
                _ = try await world.store.undoMerge(merge.id, by: "Ana", in: world.workspace)
            }

            #expect(try await world.store.duplicates(in: world.workspace).items.count == 3)
        }
    }

    /// Of A and B who are merged, B's pair with C goes to A's. A list has given B's up; A's nobody has reviewed.
    @Test(arguments: TestDatabase.available)
    func `a pair that a list gave up hides nobody else's`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let people = Set(try await three(world).flatMap { [$0.a.id, $0.b.id] }).sorted()
            let (workspace, b, c) = (world.workspace, people[1], people[2])
            let batch: MergeBatchID = world.store.ids.next()
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO merge_batch (id, workspace_id, state, actor, total, failed, created_at)
                    VALUES (:id, :workspace_id, 'done', 'Ana', 1, 1, 1)
                    """, ["id": batch, "workspace_id": workspace])
                try connection.execute(
                    """
                    UPDATE duplicate SET batch_id = :batch, winner_id = :c, failure = '{"en":"x","es":"x"}'
                    WHERE workspace_id = :workspace_id AND contact_a = :b AND contact_b = :c
                    """, ["batch": batch, "workspace_id": workspace, "b": b, "c": c])
            }

            try await world.store.merge(b, into: people[0], by: "Ana", in: workspace)

            let open = try await world.store.duplicates(in: workspace).items
            #expect(open.map { [$0.a.id, $0.b.id] } == [[people[0], c]])
        }
    }
}
