import CRM
import Domain
import Foundation
import OutboundHTTP
import Store
import Testing

@testable import Pipeline

/// The way to subscribers, against a receiver on a real connection.
@Suite(.timeLimit(.minutes(2))) struct HookCourierTests {
    @Test func `each event arrives once, signed, with its id`() async throws {
        try await HookRig.with { rig in
            try await rig.hear(["wamid.1", "wamid.2"])
            try await rig.telling {
                try await rig.until { try await rig.log().allSatisfy { $0.state == .delivered } }
            }

            #expect(rig.receiver.posts.count == 2)
            let secret = try #require(StandardWebhooks.Secret(rig.secret))
            for post in rig.receiver.posts {
                let request = WebhookRequest(
                    method: "POST", url: "", headers: post.headers, body: post.body, receivedAt: rig.world.store.now())
                let id = try StandardWebhooks(current: secret).verify(request)
                #expect(String(decoding: post.body, as: UTF8.self).contains("\"id\":\"\(id)\""))
                #expect(post.header("content-type") == "application/json")
                #expect(post.path == "/hook")
            }
            #expect(try await rig.now()?.deliveredAt != nil)
        }
    }

    @Test func `a repeat has the id of the first try`() async throws {
        try await HookRig.with { rig in
            rig.receiver.answer(.init(status: 500), .init(status: 503))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.state == .delivered }
            }

            #expect(Set(rig.receiver.posts.map { $0.header("webhook-id") }).count == 1)
            #expect(rig.receiver.posts.count == 3)
            #expect(try await rig.log().first?.attempts == 3)
            #expect(try await rig.now()?.failingSince == nil)
        }
    }

    @Test func `after the last try a person may send it again`() async throws {
        try await HookRig.with { rig in
            rig.receiver.answer(.init(status: 500), .init(status: 404), .init(status: 400))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.state == .failed }
                let failed = try #require(try await rig.log().first)
                #expect(failed.status == 400)
                #expect(failed.error?.en.contains("400") == true)

                let desk = HookDesk(
                    store: rig.world.store, pages: WebhookPages(publicURL: nil), wakeBoard: rig.world.wakeBoard,
                    problem: { _ in nil })
                #expect(try await desk.replayFailed(since: nil, of: rig.endpoint, in: rig.world.workspace) == 1)
                // Three failures in a row: it is spared for two seconds.
                try await rig.until { try await rig.log().first?.state == .delivered }
            }
        }
    }

    @Test func `what waits for hours is sent now when a person says so`() async throws {
        var settings = HookCourier.Settings()
        settings.schedule.waits = [.hours(2)]
        try await HookRig.with(settings: settings) { rig in
            rig.receiver.answer(.init(status: 503))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.attempts == 1 }
                let waiting = try #require(try await rig.log().first)
                #expect(waiting.state == .waiting)
                #expect(waiting.dueAt > rig.world.store.now() + .hours(1))

                let desk = HookDesk(
                    store: rig.world.store, pages: WebhookPages(publicURL: nil), wakeBoard: rig.world.wakeBoard,
                    problem: { _ in nil })
                #expect(try await desk.replay(waiting.id, of: rig.endpoint, in: rig.world.workspace))

                try await rig.until { try await rig.log().first?.state == .delivered }
            }
        }
    }

    @Test func `another address is not spared for what the one before did`() async throws {
        var settings = HookCourier.Settings()
        settings.schedule.waits = Array(repeating: .milliseconds(20), count: 10)
        try await HookRig.with(settings: settings) { rig in
            rig.receiver.answer(.init(status: 500), .init(status: 500), .init(status: 500), .init(status: 500))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                // Four failures in a row: it is spared for four seconds.
                try await rig.until { try await rig.log().first?.attempts == 4 }
                #expect(try await rig.now()?.failingSince != nil)
                let desk = HookDesk(
                    store: rig.world.store, pages: WebhookPages(publicURL: nil), wakeBoard: rig.world.wakeBoard,
                    problem: { _ in nil })
                let mended = ContinuousClock.now
                try await desk.change(
                    rig.endpoint,
                    WebhookEndpointDraft(
                        url: "\(rig.receiver.url)/mended", description: "CRM", types: [.messageReceived]),
                    in: rig.world.workspace, by: "Ana")
                #expect(try await rig.now()?.failingSince == nil)

                try await rig.until { try await rig.log().first?.state == .delivered }
                #expect(ContinuousClock.now - mended < .seconds(3))
            }

            #expect(rig.receiver.posts.last?.path == "/mended")
        }
    }

    @Test func `redirects are not followed`() async throws {
        try await HookRig.with { rig in
            rig.receiver.answer(.init(status: 302, headers: [("location", "\(rig.receiver.url)/elsewhere")]))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.state == .delivered }
            }

            #expect(rig.receiver.posts.map(\.path) == ["/hook", "/hook"])
        }
    }

    /// Pages of errors are often long.
    @Test func `an answer counts by its status, however long it is`() async throws {
        try await HookRig.with(origin: .restHook) { rig in
            rig.receiver.answer(
                .init(status: 500, length: 1 << 20), .init(status: 200, length: 1 << 20),
                .init(status: 410, length: 1 << 20))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.state == .delivered }
                #expect(try await rig.log().first?.attempts == 2)
                #expect(try await rig.log().first?.status == 200)

                try await rig.hear(["wamid.2"])
                try await rig.until { try await rig.now() == nil }
            }

            #expect(rig.receiver.posts.count == 3)
        }
    }

    @Test func `410 deletes what a program made for itself`() async throws {
        try await HookRig.with(origin: .restHook) { rig in
            rig.receiver.answer(.init(status: 410))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.now() == nil }
            }

            #expect(rig.receiver.posts.count == 1)
        }
    }

    @Test func `410 switches off what a person made`() async throws {
        try await HookRig.with { rig in
            rig.receiver.answer(.init(status: 410))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.now()?.offReason == .gone }
            }
        }
    }

    @Test func `nothing but failures switches it off`() async throws {
        var settings = HookCourier.Settings.quick
        settings.offAfter = .zero
        try await HookRig.with(settings: settings) { rig in
            rig.receiver.answer(.init(status: 500))
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.now()?.offReason == .failing }
            }

            #expect(try await rig.world.count("SELECT COUNT(*) AS n FROM alarm WHERE cleared_at IS NULL") == 1)
        }
    }

    @Test func `this machine is not called unless it was named`() async throws {
        try await HookRig.with(privateHosts: []) { rig in
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.state == .failed }
            }

            #expect(rig.receiver.posts.isEmpty)
            #expect(try await rig.log().first?.error?.en.contains("private network") == true)
            #expect(try await rig.log().first?.status == nil)
        }
    }

    @Test func `while a secret is changed either verifies`() async throws {
        try await HookRig.with { rig in
            let rotated = try await rig.world.store.rotateWebhookSecret(
                rig.endpoint, overlap: .hours(1), in: rig.world.workspace, by: "Ana")
            try await rig.hear(["wamid.1"])
            try await rig.telling {
                try await rig.until { try await rig.log().first?.state == .delivered }
            }

            let post = try #require(rig.receiver.posts.first)
            #expect(post.header("webhook-signature")?.split(separator: " ").count == 2)
            for text in [rig.secret, rotated.secret] {
                let secret = try #require(StandardWebhooks.Secret(text))
                let request = WebhookRequest(
                    method: "POST", url: "", headers: post.headers, body: post.body, receivedAt: rig.world.store.now())
                #expect(throws: Never.self) { try StandardWebhooks(current: secret).verify(request) }
            }
        }
    }

    @Test func `an address that may not be called is refused when it is written down`() async throws {
        try await PipelineWorld.with { world in
            let desk = HookDesk(
                store: world.store, pages: WebhookPages(publicURL: nil), wakeBoard: world.wakeBoard,
                problem: { await AddressGuard(privateHosts: []).hookProblem($0) })
            for url in ["http://127.0.0.1:1/x", "https://169.254.169.254/", "ftp://x", "http://93.184.216.34/"] {
                await #expect { () async throws in
                    _ = try await desk.create(
                        WebhookEndpointDraft(url: url, description: "", types: [.messageReceived]), origin: .console,
                        in: world.workspace, by: "Ana")
                } throws: { ($0 as? PuenteError)?.detail == "url" }
            }
        }
    }
}
