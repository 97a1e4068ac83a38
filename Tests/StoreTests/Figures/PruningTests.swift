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
        try await world.store.prune(retention)
    }

    /// What was to leave has left.
    private func allArrive(_ world: ConsoleWorld) async throws {
        try await world.store.database.write {
            try $0.execute("UPDATE message SET status = 'delivered' WHERE is_inbound = 0")
        }
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
            try await allArrive(world)
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.write("Otra vez", wamid: "2")
            try await world.recordAll()

            try await prune(world)

            #expect(try await world.store.prunedMedia(limit: 10).map(\.file) == ["cc"])
        }
    }

    private func upload(_ file: String, _ world: ConsoleWorld) async throws -> MediaID {
        try await world.store.addMedia(
            .image, number: world.number, sha256: file, size: 1, mimeType: "image/png", filename: nil,
            in: world.workspace)
    }

    private func send(_ content: MessageContent, to phone: String, _ world: ConsoleWorld) async throws {
        _ = try await world.store.accept(
            MessageCommand(
                workspace: world.workspace, target: .address(.phone(phone), from: world.number), content: content,
                author: .api(key: "k")))
        try await world.recordAll()
    }

    @Test(arguments: TestDatabase.available)
    func `the picture above a template goes with the last message that shows it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let facts = TemplateFacts(
                status: "APPROVED", category: "UTILITY", header: .image, bodyVariables: [], isNamed: false,
                buttonSlots: [], bodyText: "Hola", footerText: "Ejemplo S.A.")
            try await world.store.replaceTemplates(
                [
                    StoredTemplate(
                        metaID: "1", name: "hola", language: "es_MX", reason: nil, facts: facts, components: "[]")
                ], waba: ConsoleWorld.wabaID, in: world.workspace)
            let picture = MediaContent(kind: .image, storedID: try await upload("cc", world))
            let content = MessageContent.template(
                TemplateContent(name: "hola", language: "es_MX", header: [.init(value: .media(picture))]))
            try await send(content, to: "5215500000001", world)
            world.clock.advance(by: .days(20))
            try await send(content, to: "5215500000002", world)
            try await allArrive(world)
            // What a conversation shows last is kept.
            for phone in ["5215500000001", "5215500000002"] {
                try await world.write("Hola", wamid: phone, from: Participant(waID: phone))
            }
            try await world.recordAll()
            world.clock.advance(by: .days(20))

            try await prune(world)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM message WHERE kind = 'template'") == 1)
            #expect(try await world.store.prunedMedia(limit: 10).isEmpty)

            world.clock.advance(by: .days(20))
            for phone in ["5215500000001", "5215500000002"] {
                try await world.write("Ya", wamid: "\(phone).2", from: Participant(waID: phone))
            }
            try await world.recordAll()
            try await prune(world)
            #expect(try await world.store.prunedMedia(limit: 10).map(\.file) == ["cc"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an upload that no message shows goes after a month`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await upload("dd", world)
            let shown = try await upload("ee", world)
            try await send(
                .media(MediaContent(kind: .image, storedID: shown)), to: ConsoleWorld.lucia.waID ?? "", world)
            world.clock.advance(by: .days(29))
            try await world.store.prune(Retention())
            #expect(try await world.store.prunedMedia(limit: 10).isEmpty)

            world.clock.advance(by: .days(2))
            try await world.store.prune(Retention())
            #expect(try await world.store.prunedMedia(limit: 10).map(\.file) == ["dd"])
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

    @Test(arguments: TestDatabase.available)
    func `a body is kept while one of its entries is open, and the entry for as long again`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let count = { (table: String) async throws -> Int? in
                try await world.store.look("SELECT COUNT(*) AS n FROM \(table)")
            }
            try await world.receive([.unrouted(.unknownField, excerpt: "{}"), world.text("Hola", wamid: "1")])
            try await world.write("Otra vez", wamid: "2")
            world.clock.advance(by: .days(40))
            try await world.store.prune(Retention())
            #expect(try await count("intake") == 1)
            #expect(try await count("unrouted") == 1)

            try await settle("dismissed", world)
            try await world.store.prune(Retention())
            #expect(try await count("intake") == 0)
            #expect(try await count("unrouted") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])

            world.clock.advance(by: .days(40))
            try await world.store.prune(Retention())
            #expect(try await count("unrouted") == 0)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    private func counts(_ tables: [String], _ world: ConsoleWorld) async throws -> [Int] {
        var counts: [Int] = []
        for table in tables { counts.append(try await world.store.look("SELECT COUNT(*) AS n FROM \(table)") ?? -1) }
        return counts
    }

    private func settle(_ state: String, _ world: ConsoleWorld) async throws {
        let now = world.clock.now
        try await world.store.database.write { connection in
            try connection.execute(
                "UPDATE unrouted SET state = :state, settled_at = :now", ["state": state, "now": now])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what belongs to no message goes in its time, and the ledger still agrees`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([
                world.news("read", of: "unknown"),
                .revocation(
                    MessageRevocation(id: "9", originalID: "unknown", at: world.clock.now)),
                .notice(AccountNotice(event: "FLAGGED", subject: nil, at: world.clock.now, detail: "{}")),
            ])
            let text = LocalizedText(en: "Look.", es: "Mire.")
            try await world.store.raiseAlarm("paused", subject: "x", text: text, in: world.workspace)
            try await world.store.clearAlarm("paused", subject: "x", in: world.workspace)
            let tables = ["status_event", "message_version", "notice", "alarm"]
            try await world.store.prune(Retention())
            #expect(try await counts(tables, world) == [1, 1, 1, 1])

            world.clock.advance(by: .days(400))
            try await world.store.prune(Retention())

            #expect(try await counts(tables, world) == [0, 0, 0, 0])
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter goes with its message, and not before`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            try await world.send(world.failed(.permanent, .discarded))
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.write("¿Hola?", wamid: "2")
            try await world.recordAll()
            let dead = {
                try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE state = 'discarded'", as: Int.self)
            }

            try await world.store.prune(Retention())
            #expect(try await dead() == 1)
            try await prune(world)

            #expect(try await dead() == 0)
            #expect(try await TableCounts.of(world.store)["message"] == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available, ["queued", "uncertain", "dismissed", "disabled"])
    func `what is still to leave, or may have left, outlives its time while its number is in use`(
        engine: TestDatabase, state: String
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            if state == "uncertain" || state == "dismissed" {
                try await world.send(world.failed(.unknown, .uncertain))
            }
            if state == "dismissed" {
                try await world.store.database.write {
                    try $0.execute("UPDATE job SET state = 'completed' WHERE kind = 'whatsapp.send'")
                }
            }
            world.clock.advance(by: .days(40))
            try await world.write("¿Hola?", wamid: "2")
            try await world.recordAll()
            if state == "disabled" {
                try await world.store.database.write { try $0.execute("UPDATE number SET state = 'disabled'") }
            }

            try await prune(world)

            let left: Int? = try await world.store.look("SELECT COUNT(*) AS n FROM message WHERE is_inbound = 0")
            #expect(left == (["dismissed", "disabled"].contains(state) ? 0 : 1))
            let jobs: Int? = try await world.store.look(
                "SELECT COUNT(*) AS n FROM job WHERE kind = 'whatsapp.send' AND state <> 'completed'")
            #expect(jobs == left)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what waits for a CRM that is in use no more keeps no message, and the ledger still agrees`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.record(world.refused)
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)
            world.clock.advance(by: .days(40))
            try await world.write("¿Hola?", wamid: "3")
            try await world.write("¿Buenas?", wamid: "4", from: ConsoleWorld.carlos)
            try await prune(world)
            #expect(try await counts(["message"], world) == [4])

            var without = ConsoleWorld.provision
            without.connections = [:]
            _ = try await world.store.provision(without)
            try await prune(world)

            #expect(try await counts(["message", "activity"], world) == [2, 2])
            // Those of the messages that are left.
            #expect(try await counts(["job WHERE state IN ('available', 'discarded')"], world) == [2])
            let ledger = try await world.store.recount(in: world.workspace)
            #expect(ledger.differences == [])
            #expect(ledger.ledger.connections.map(\.dead) == [0])
            #expect(ledger.ledger.connections.map(\.waiting) == [2])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `more than a slice goes in several, and none begins when there is no time`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for number in 0..<5 { try await world.store.noteSignInFailure([.address("192.0.2.\(number)")]) }
            world.clock.advance(by: .days(2))
            var retention = Retention()
            retention.slice = 2

            #expect(try await world.store.prune(retention, while: { false }) == 0)
            #expect(try await world.store.prune(retention) == 5)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `pruned media are gone through page by page`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([photo("1", world), photo("2", world)])
            try await world.store.database.write { try $0.execute("UPDATE media SET state = 'pruned'") }

            let first = try #require(try await world.store.prunedMedia(limit: 1).first)
            let second = try #require(try await world.store.prunedMedia(limit: 1, after: first.id).first)

            #expect(first.id < second.id)
            #expect(try await world.store.prunedMedia(limit: 1, after: second.id).isEmpty)
        }
    }

    @Test func `freed pages go back to the disk, but for some to spare`() async throws {
        try await TestDatabase.sqlite.withWorld { world in
            let pages = { try await world.store.look("PRAGMA page_count", as: Int.self) ?? 0 }
            try await world.store.database.write { connection in
                try connection.execute("CREATE TABLE ballast (content TEXT)")
                try connection.executeMany(
                    "INSERT INTO ballast (content) VALUES (:content)",
                    (0..<200).map { _ in ["content": String(repeating: "x", count: 20_000)] })
            }
            let full = try await pages()
            try await world.store.database.write { try $0.execute("DROP TABLE ballast") }
            #expect(try await pages() == full)

            #expect(try await !world.store.compactSlice())
            while try await world.store.compactSlice(pages: 100, sparing: 8) {}

            #expect(try await pages() < full / 2)
        }
    }
}
