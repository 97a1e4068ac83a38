package import Domain

/// What one step of the pump came to.
package struct WebhookStep: Sendable {
    package let events: Int
    package let hasMore: Bool
    /// Of subscribers that have something to get.
    package let lanes: Set<Lane>

    static let idle = WebhookStep(events: 0, hasMore: false, lanes: [])
}

/// An event as it is sent.
package struct WebhookEvent: Sendable {
    package let id: WebhookEventID
    package let type: WebhookEventType
    /// JSON.
    package let payload: String
    package let at: Timestamp

    /// By which a receiver knows a repeat.
    package static func name(_ id: WebhookEventID) -> String { "evt_\(id)" }
}

extension Store {
    /// Makes events of what the triggers noted, and a delivery for each subscriber that asked for it.
    package func makeWebhookEvents(
        limit: Int = 200, pages: WebhookPages, in workspace: WorkspaceID
    ) async throws -> WebhookStep {
        let isWaiting = try await database.read(on: .work) { connection in
            try connection.row(
                "SELECT id FROM webhook_news WHERE workspace_id = :workspace_id LIMIT 1", ["workspace_id": workspace]
            ) != nil
        }
        guard isWaiting else { return .idle }
        let store = self
        return try await database.write(on: .work) { connection in
            // One after the other, so that whoever sees a number of the sequence sees all before it.
            try connection.lock(["webhook events"], in: workspace)
            let (news, count) = try connection.takeWebhookNews(limit: limit, in: workspace)
            let endpoints = try connection.webhookEndpoints(in: workspace).filter(\.isOn)
            var writer = WebhookEventWriter(store: store, connection: connection, workspace: workspace)
            let wanted = news.filter { one in endpoints.contains { $0.types.contains(one.type) } }
            let payloads = try WebhookPayloads(of: wanted, pages: pages, on: connection, in: workspace)
            for news in wanted {
                guard let data = payloads.data(of: news) else { continue }
                let receivers = endpoints.filter { $0.types.contains(news.type) }
                writer.add(news.type, data, of: news.contact, at: news.at, to: receivers.map(\.id))
            }
            try writer.write()
            return WebhookStep(events: writer.count, hasMore: count == limit, lanes: writer.lanes)
        }
    }

    /// Sends one subscriber something that says it is a test.
    /// - Throws: `notFound`; `conflict` with the detail `webhook_off`.
    package func testWebhookEndpoint(_ id: WebhookEndpointID, in workspace: WorkspaceID) async throws {
        let store = self
        try await database.write(on: .work) { connection in
            try connection.lock(["webhook events"], in: workspace)
            guard let endpoint = try connection.webhookEndpoint(id, in: workspace) else { throw PuenteError.noWebhook }
            guard endpoint.isOn else { throw PuenteError.webhookIsOff }
            var writer = WebhookEventWriter(store: store, connection: connection, workspace: workspace)
            writer.add(
                .test, ["message": .text("This is a test of Puente's.")], of: nil, at: nil, to: [id])
            try writer.write()
        }
    }

    /// The newest events of a type, newest first. Where none has been made yet, what they would have said of the newest
    /// facts: whoever sets up a subscriber wants to see one.
    package func webhookEvents(
        _ type: WebhookEventType, limit: Int, pages: WebhookPages, in workspace: WorkspaceID
    ) async throws -> [WebhookEvent] {
        let now = now()
        return try await database.read(on: .console) { connection in
            let kept = try connection.rows(
                """
                SELECT id, type, payload, at FROM webhook_event
                WHERE workspace_id = :workspace_id AND type = :type ORDER BY sequence DESC LIMIT :limit
                """, ["workspace_id": workspace, "type": type, "limit": ListLimit.clamped(limit)]
            ).map {
                WebhookEvent(
                    id: try $0.get("id"), type: try $0.get("type"), payload: try $0.get("payload"),
                    at: try $0.get("at"))
            }
            guard kept.isEmpty else { return kept }
            let samples = WebhookSamples(connection: connection, workspace: workspace, now: now)
            return try samples.events(type, limit: ListLimit.clamped(limit), pages: pages)
        }
    }
}

/// Gathers events and their deliveries, and writes them at once.
struct WebhookEventWriter {
    private struct Draft {
        let type: WebhookEventType
        let data: [String: RecordedJSON]
        let contact: ContactID?
        let at: Timestamp
        let receivers: [WebhookEndpointID]
    }

    private let store: Store
    private let connection: any SQLConnection
    private let workspace: WorkspaceID
    private let now: Timestamp
    private var drafts: [Draft] = []

    init(store: Store, connection: any SQLConnection, workspace: WorkspaceID) {
        self.store = store
        self.connection = connection
        self.workspace = workspace
        now = store.now()
    }

    var count: Int { drafts.count }
    var lanes: Set<Lane> { Set(drafts.flatMap(\.receivers).map(Lane.subscriber)) }

    mutating func add(
        _ type: WebhookEventType, _ data: [String: RecordedJSON], of contact: ContactID?, at: Timestamp?,
        to receivers: [WebhookEndpointID]
    ) {
        drafts.append(Draft(type: type, data: data, contact: contact, at: at ?? now, receivers: receivers))
    }

    func write() throws {
        guard !drafts.isEmpty else { return }
        let first = try takeSequence(drafts.count)
        var (events, deliveries) = ([SQLArguments](), [SQLArguments]())
        for (offset, draft) in drafts.enumerated() {
            let id = store.ids.next(WebhookEventRow.self)
            let sequence = first + Int64(offset)
            events.append(try event(draft, id, sequence))
            deliveries += draft.receivers.map { delivery(of: draft, id, to: $0) }
        }
        try connection.executeMany(
            """
            INSERT INTO webhook_event (id, workspace_id, contact_id, type, sequence, payload, at, stored_at)
            VALUES (:id, :workspace_id, :contact_id, :type, :sequence, :payload, :at, :now)
            """, events)
        try connection.executeMany(
            """
            INSERT INTO webhook_delivery
                (id, workspace_id, endpoint_id, event_id, contact_id, type, state, due_at, created_at)
            VALUES (:id, :workspace_id, :endpoint_id, :event_id, :contact_id, :type, 'waiting', :now, :now)
            """, deliveries)
    }

    private func event(_ draft: Draft, _ id: WebhookEventID, _ sequence: Int64) throws -> SQLArguments {
        let payload = try WebhookEvent.payload(
            name: WebhookEvent.name(id), draft.type, at: draft.at,
            draft.data.merging(["sequence": .integer(sequence)]) { $1 })
        return [
            "id": id, "workspace_id": workspace, "contact_id": draft.contact, "type": draft.type, "sequence": sequence,
            "payload": payload, "at": draft.at, "now": now,
        ]
    }

    private func delivery(of draft: Draft, _ event: WebhookEventID, to endpoint: WebhookEndpointID) -> SQLArguments {
        [
            "id": store.ids.next(WebhookDeliveryRow.self), "workspace_id": workspace, "endpoint_id": endpoint,
            "event_id": event, "contact_id": draft.contact, "type": draft.type, "now": now,
        ]
    }

    /// - Returns: the first of so many.
    private func takeSequence(_ count: Int) throws -> Int64 {
        let last: Int64? = try connection.value(
            """
            INSERT INTO webhook_sequence (workspace_id, last) VALUES (:workspace_id, :count)
            ON CONFLICT (workspace_id) DO UPDATE SET last = webhook_sequence.last + excluded.last
            RETURNING last
            """, ["workspace_id": workspace, "count": count])
        return (last ?? Int64(count)) - Int64(count) + 1
    }
}

extension WebhookEvent {
    static func payload(
        name: String, _ type: WebhookEventType, at: Timestamp, _ data: [String: RecordedJSON]
    ) throws -> String {
        try JSONText.encode(
            RecordedJSON.object([
                "id": .text(name), "type": .text(type.rawValue), "timestamp": .text(RecordedTime(at).text),
                "data": .object(data),
            ]))
    }
}
