import Domain
import Testing

@testable import Store

/// What goes with a message when its time is over.
@Suite struct PruningTests {
    private var retention: Retention {
        var retention = Retention()
        retention.messages = .days(30)
        return retention
    }

    private func photo(_ wamid: String, _ world: ConsoleWorld) -> Update.Fact {
        .message(
            ReceivedMessage(
                id: wamid, origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                content: .media(MediaContent(kind: .image, mediaID: "m-\(wamid)"))))
    }

    /// As if the courier had fetched them: each with the file of that name.
    private func fetched(_ files: [String], _ world: ConsoleWorld) async throws {
        let grip = try world.grip(.media(world.number))
        let jobs = try await world.store.claimFetches(grip, limit: 10)
        for (job, file) in zip(jobs, files) {
            _ = try await world.store.record(
                job, sha256: file, size: 1, mimeType: "image/png",
                result: JobResult(job: job.job.id, outcome: .completed, failure: nil), grip: grip,
                policy: RetryPolicy())
        }
    }

    private func prune(_ world: ConsoleWorld) async throws {
        while try await world.store.pruneSlice(retention) > 0 {}
    }

    @Test(arguments: TestDatabase.available)
    func `reactions and media go with their message, and a file that another shows stays`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.receive([photo("1", world), photo("2", world)])
            try await fetched(["aa", "bb"], world)
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "3", origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                        content: .reaction(ReactionContent(messageID: "1", emoji: "👍"))))
            ])
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.receive([photo("4", world)])
            try await fetched(["bb"], world)
            try await world.recordAll()

            try await prune(world)

            #expect(try await TableCounts.of(world.store)["reaction"] == 0)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM media WHERE state = 'stored'") == 1)
            let pruned = try await world.store.prunedMedia(limit: 10)
            #expect(pruned.map(\.file) == ["aa", nil])
            #expect(pruned.allSatisfy { $0.workspace == world.workspace })

            try await world.store.forget(pruned)
            #expect(try await TableCounts.of(world.store)["media"] == 1)
            #expect(try await world.store.prunedMedia(limit: 10).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a file that we sent goes with the last attempt that shows it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let media = try await world.store.addMedia(
                .image, number: world.number, sha256: "cc", size: 1, mimeType: "image/png", filename: nil,
                in: world.workspace)
            let conversation = try await world.onlyConversation().id
            _ = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .conversation(conversation),
                    content: .media(MediaContent(kind: .image, storedID: media)),
                    author: .staff(try await world.hire("ana"), name: "Ana")))
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.write("Otra vez", wamid: "2")
            try await world.recordAll()

            try await prune(world)

            #expect(try await world.store.prunedMedia(limit: 10).map(\.file) == ["cc"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `failed sign-ins are forgotten after a day`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.store.noteSignInFailure([.address("192.0.2.1")])
            world.clock.advance(by: .hours(23))
            try await world.store.noteSignInFailure([.account("ana@ejemplo.mx")])
            world.clock.advance(by: .hours(2))
            try await prune(world)
            #expect(try await world.store.look("SELECT subject FROM sign_in_failure") == "account:ana@ejemplo.mx")
        }
    }
}
