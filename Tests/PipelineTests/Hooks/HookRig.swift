import Domain
import Foundation
import OutboundHTTP
import Store
import Testing

@testable import Pipeline

/// A small company whose customers write, and a subscriber that is told.
struct HookRig: Sendable {
    let world: PipelineWorld
    let receiver: HookReceiver
    let endpoint: WebhookEndpointID
    let secret: String
    private let client: OutboundClient
    private let lease = LeaseClock()
    private let settings: HookCourier.Settings

    /// - Parameter privateHosts: those that may be called although they are on this machine.
    static func with(
        origin: WebhookEndpoint.Origin = .console, privateHosts: Set<String> = ["127.0.0.1"],
        settings: HookCourier.Settings = .quick, _ body: @escaping @Sendable (HookRig) async throws -> Void
    ) async throws {
        try await PipelineWorld.with { world in
            try await HookReceiver.with { receiver in
                let client = OutboundClient(addressGuard: AddressGuard(privateHosts: privateHosts), logger: quiet)
                let draft = WebhookEndpointDraft(
                    url: "\(receiver.url)/hook", description: "CRM", types: [.messageReceived])
                let made = try await world.store.createWebhookEndpoint(
                    draft, origin: origin, in: world.workspace, by: "Ana")
                let rig = HookRig(
                    world: world, receiver: receiver, endpoint: made.endpoint.id, secret: made.secret, client: client,
                    settings: settings)
                do {
                    try await body(rig)
                } catch {
                    try await client.shutdown()
                    throw error
                }
                try await client.shutdown()
            }
        }
    }

    /// A customer writes, and what is to be told is made ready.
    func hear(_ wamids: [String]) async throws {
        try await world.store.append([world.body(PipelineWorld.webhook(wamids))], node: 1)
        while try await world.interpreter().interpretSome() > 0 {}
        await HookPump(context: context, pages: WebhookPages(publicURL: nil)).run { true }
    }

    /// Works the subscriber's lane for the length of `body`, then gives it up and waits until that is done.
    func telling(_ body: () async throws -> Void) async throws {
        let courier = HookCourier(context: context, client: client, settings: settings)
        let grip = try await takeLane()
        let task = Task { await courier.work(grip) }
        do {
            try await body()
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    func log() async throws -> [WebhookDelivery] {
        try await world.store.webhookDeliveries(of: endpoint, in: world.workspace).items
    }

    func now() async throws -> WebhookEndpoint? {
        try await world.store.webhookEndpoint(endpoint, in: world.workspace)
    }

    func until(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<1000 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("what was waited for did not come")
    }

    private var context: CourierContext {
        CourierContext(
            store: world.store, wakeBoard: world.wakeBoard, changes: ChangeFeed(),
            pauses: PauseBoard(store: world.store, logger: quiet), lease: lease, logger: quiet, jitter: { 1 })
    }

    private func takeLane() async throws -> LaneGrip {
        var times = LeaseTimes()
        times.lease = .hours(1)
        let asked = ContinuousClock.now
        let node = try await world.store.join(name: "test", token: UUID().uuidString, isAlone: true, times: times)
        lease.renewed(asked: asked, times: times)
        return try #require(
            try await world.store.rebalance(node, held: []).taken.first { $0.lane == .subscriber(endpoint) })
    }
}

extension HookCourier.Settings {
    /// Comes again at once, and gives up after three tries.
    static var quick: HookCourier.Settings {
        var settings = HookCourier.Settings()
        settings.schedule.waits = [.milliseconds(20), .milliseconds(20)]
        return settings
    }
}
