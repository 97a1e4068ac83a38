import Domain
import Foundation
import HTTPTypes
import Pipeline
import Secrets
import Store
import Testing

@testable import Console

struct EventTests {
    private static let session = TokenHash(of: "session")

    /// Runs the hub beside the body, and ends it.
    private func withHub(
        _ world: ConsoleWorld, _ body: (EventHub) async throws -> Void
    ) async throws {
        let hub = world.parts.events
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hub.run() }
            defer { group.cancelAll() }
            try await body(hub)
        }
    }

    /// Events in the order they are told, until all of `wanted` were among them.
    private func events(_ frames: AsyncStream<EventFrame>, until wanted: Set<String>) async -> [String] {
        var seen: [String] = []
        for await frame in frames {
            if case .events(let names) = frame { seen += names }
            if wanted.isSubset(of: seen) { break }
        }
        return seen
    }

    @Test func `a page hears of its workspace's changes, each once`() async throws {
        try await ConsoleWorld.run { world, _ in
            try await withHub(world) { hub in
                let frames = try #require(
                    hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))
                let conversation = ConversationID(rawValue: 7)

                for _ in 1...100 { world.parts.changes.publish(.conversation(conversation), in: world.workspace) }
                world.parts.changes.publish(.ledger, in: WorkspaceID(rawValue: 999))
                let seen = await events(frames, until: ["conversation-\(conversation)", "inbox", "counts"])

                #expect(seen.filter { $0 == "conversation-\(conversation)" }.count == 1)
                #expect(!seen.contains("ledger"))
            }
        }
    }

    @Test func `a dead letter more is told to whoever shows dead letters`() async throws {
        try await ConsoleWorld.run { world, _ in
            try await withHub(world) { hub in
                let frames = try #require(
                    hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))
                world.parts.changes.publish(.ledger, in: world.workspace)
                _ = await events(frames, until: ["ledger", "counts"])

                _ = try await world.deadLetter()
                world.parts.changes.publish(.ledger, in: world.workspace)

                #expect(await events(frames, until: ["dead-letters"]).contains("counts"))
            }
        }
    }

    @Test func `what happens before the first look is told to the first page`() async throws {
        try await ConsoleWorld.run { world, _ in
            try await withHub(world) { hub in
                let frames = try #require(
                    hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))

                _ = try await world.deadLetter()
                world.parts.changes.publish(.ledger, in: world.workspace)

                #expect(await events(frames, until: ["dead-letters", "alarms"]).contains("counts"))
            }
        }
    }

    @Test func `what happens while no page is open is told to the next one`() async throws {
        try await ConsoleWorld.run { world, _ in
            let hub = world.parts.events
            let frames = hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1))
            await hub.look()
            hub.end(Self.session)
            for await _ in try #require(frames) {}

            _ = try await world.deadLetter()
            let open = try #require(
                hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))
            try await withHub(world) { hub in
                await hub.look()

                #expect(await events(open, until: ["dead-letters"]).contains("counts"))
            }
        }
    }

    @Test func `an alarm of the process is told when it comes and when it goes`() async throws {
        try await ConsoleWorld.run { world, _ in
            try await withHub(world) { hub in
                let frames = try #require(
                    hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))
                await hub.look()
                _ = await events(frames, until: ["alarms", "counts"])

                for alarms in [[StandingAlarm.fullDisk], []] {
                    world.standing.all = alarms
                    await hub.look()
                    #expect(await events(frames, until: ["alarms"]).contains("alarms"))
                }
            }
        }
    }

    @Test func `a page that is too slow is told to load anew`() async throws {
        var news = PageNews()
        for number in 1...500 { news.add(.conversation(ConversationID(rawValue: Int64(number)))) }

        #expect(news.take(all: true) == ["gap"])
        #expect(news.isEmpty)
    }

    @Test func `lists are told seldom, conversations at once`() {
        var news = PageNews()
        let id = ConversationID(rawValue: 7)
        news.add(.conversation(id))
        news.add(.ledger)

        #expect(news.take(all: false) == ["conversation-\(id)"])
        #expect(!news.isEmpty)
        #expect(news.take(all: true) == ["inbox", "ledger"])
        #expect(news.isEmpty)
    }

    @Test func `the stream speaks as browsers expect, and ends with the session`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let token = TokenHash(of: browser.cookies["puente_session"] ?? "")
            try await withHub(world) { hub in
                async let stream = browser.get("/events")
                while hub.listenerCount == 0 { await Task.yield() }
                let beside = try #require(
                    hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))
                world.parts.changes.publish(.unrouted, in: world.workspace)
                _ = await events(beside, until: ["unrouted"])
                hub.end(token)

                let answer = try await stream
                #expect(answer.headers[.contentType]?.hasPrefix("text/event-stream") == true)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.text.contains("event: unrouted\ndata: 1\n\n"))
            }
        }
    }

    @Test func `a stream ends when its session does`() async throws {
        try await ConsoleWorld.run { world, _ in
            let hub = world.parts.events
            let frames = try #require(
                hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .seconds(10)))
            world.clock.move(.seconds(11))

            hub.beat()

            #expect(await frames.first { _ in true } == nil)
        }
    }

    @Test func `what another node did is found by looking`() async throws {
        try await ConsoleWorld.run { world, _ in
            try await withHub(world) { hub in
                try await world.write(wamid: "wamid.1")
                let frames = try #require(
                    hub.listen(in: world.workspace, session: Self.session, until: world.clock.now + .hours(1)))
                await hub.look()
                _ = await events(frames, until: ["counts"])

                world.clock.move(.seconds(5))
                let conversation = try await world.write(wamid: "wamid.2")  // Nobody publishes it here.
                await hub.look()

                let seen = await events(frames, until: ["conversation-\(conversation)", "inbox", "ledger"])
                #expect(seen.count >= 3)
            }
        }
    }
}
