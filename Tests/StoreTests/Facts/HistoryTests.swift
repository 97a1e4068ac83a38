import Domain
import Testing

@testable import Store

/// What was said before the number was connected: the threads come first, their files later.
@Suite struct HistoryTests {
    private static let wamid = "wamid.history"

    private func history(_ content: MessageContent, at: Timestamp, isInbound: Bool = false) -> Update.Fact {
        .message(
            ReceivedMessage(
                id: Self.wamid, origin: .history(isInbound: isInbound, status: "PLAYED"),
                participant: ConsoleWorld.lucia, at: at, content: content))
    }

    private let placeholder = MessageContent.unsupported(UnsupportedContent(kind: "media_placeholder"))
    private let photo = MessageContent.media(
        MediaContent(kind: .image, mediaID: "24230790383178626", mimeType: "image/jpeg", caption: "Echeveria"))

    private func expectPhoto(_ world: ConsoleWorld) async throws {
        let messages = try await world.store.database.read {
            try $0.rows("SELECT id, kind, content, is_inbound, status, meta_at FROM message", [:])
        }
        let message = try #require(messages.first)
        #expect(messages.count == 1)
        #expect(try message.get("kind") == "media")
        guard case .media(let media) = try message.json("content", as: MessageContent.self) else {
            Issue.record("the place holds no file")
            return
        }
        #expect(media.caption == "Echeveria")
        let stored = try #require(media.storedID)
        #expect(
            try await world.store.storedMedia(stored, in: world.workspace)?.message
                == MessageID(rawValue: try message.get("id")))
        #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'media.fetch'") == 1)
        #expect(try await world.store.recount(in: world.workspace).differences == [])
    }

    @Test(arguments: TestDatabase.available)
    func `a file takes the place that was held for it, where and when the thread said`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let written = world.clock.now - .days(3)
            try await world.receive([history(placeholder, at: written)])

            let report = try await world.receive([history(photo, at: written - .days(5), isInbound: true)])

            try await expectPhoto(world)
            #expect(try await world.store.look("SELECT is_inbound FROM message") == 0)
            #expect(try await world.store.look("SELECT meta_at FROM message") == written)
            #expect(try await world.store.look("SELECT status FROM message") == "played")
            #expect(try await world.onlyConversation().preview == photo.preview)
            #expect(report.lanes.contains(.media(world.number)))
            #expect(report.conversations[world.workspace]?.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `thread and file may come in one batch, in either order, and again`(engine: TestDatabase) async throws {
        let now = ConsoleWorld.start
        for order in [[placeholder, photo], [photo, placeholder]] {
            try await engine.withWorld { world in
                let facts = order.map { history($0, at: now) }
                try await world.receive(facts)
                try await expectPhoto(world)
                #expect(try await world.onlyConversation().preview == photo.preview)
                let before = try await TableCounts.of(world.store)
                try await world.receive(facts)
                #expect(try await TableCounts.of(world.store) == before)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is no placeholder is never replaced`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let unknown = MessageContent.unsupported(UnsupportedContent(kind: "poll"))
            try await world.receive([history(unknown, at: world.clock.now)])
            try await world.receive([history(photo, at: world.clock.now)])
            #expect(try await world.store.look("SELECT kind FROM message") == "unsupported")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM media") == 0)
        }
    }
}
