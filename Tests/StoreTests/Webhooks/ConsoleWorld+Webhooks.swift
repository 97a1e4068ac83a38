import Domain
import Foundation

@testable import Store

extension ConsoleWorld {
    static let hookPages = WebhookPages(publicURL: "https://puente.example.com")

    @discardableResult
    func subscribe(
        to types: [WebhookEventType], origin: WebhookEndpoint.Origin = .console,
        url: String = "https://crm.example.com/hook"
    ) async throws -> WebhookEndpointID {
        let draft = WebhookEndpointDraft(url: url, description: "CRM", types: types)
        return try await store.createWebhookEndpoint(draft, origin: origin, in: workspace, by: "Ana").endpoint.id
    }

    /// Everything that was noted becomes events.
    @discardableResult
    func pump() async throws -> Int {
        var count = 0
        while true {
            let step = try await store.makeWebhookEvents(pages: Self.hookPages, in: workspace)
            count += step.events
            guard step.hasMore else { return count }
        }
    }

    func takeHook(_ endpoint: WebhookEndpointID) async throws -> LaneGrip {
        let taken = try await store.rebalance(lease, held: grips).taken
        return try required(taken.first { $0.lane == .subscriber(endpoint) })
    }

    func due(_ grip: LaneGrip) async throws -> [HookDelivery] {
        try await store.hookTurn(grip, inHand: [], limit: 100).deliveries
    }

    /// The bodies of the events of a type, oldest first.
    func bodies(_ type: WebhookEventType) async throws -> [HookBody] {
        try await store.webhookEvents(type, limit: 100, pages: Self.hookPages, in: workspace).reversed().map {
            try JSONDecoder().decode(HookBody.self, from: Data($0.payload.utf8))
        }
    }
}

struct HookBody: Decodable {
    let id: String
    let type: String
    let timestamp: String
    let data: [String: RecordedJSON]

    func text(_ name: String) -> String? {
        if case .text(let text) = data[name] { text } else { nil }
    }
}
