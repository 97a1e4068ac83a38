package import Domain

/// Which deliveries a list shows.
package struct WebhookLogQuery: Sendable {
    package var state: WebhookDelivery.State?
    package var before: ListPosition?
    package var limit: Int

    package init(state: WebhookDelivery.State? = nil, before: ListPosition? = nil, limit: Int = ListLimit.usual) {
        self.state = state
        self.before = before
        self.limit = limit
    }
}

extension Store {
    /// What was sent to a subscriber, newest first, without the bodies.
    package func webhookDeliveries(
        of endpoint: WebhookEndpointID, _ query: WebhookLogQuery = WebhookLogQuery(), in workspace: WorkspaceID
    ) async throws -> ListPage<WebhookDelivery> {
        let limit = ListLimit.clamped(query.limit)
        var conditions = SQLConditions(workspace: workspace, alias: "d")
        conditions.add("d.endpoint_id = :endpoint_id", "endpoint_id", endpoint)
        if let state = query.state { conditions.add("d.state = :state", "state", state) }
        conditions.add(before: query.before, id: "d.id")
        conditions.set("limit", limit + 1)
        let (sql, values) = (conditions.sql, conditions.arguments)
        return try await database.read(on: .console) { connection in
            let rows = try connection.rows(
                "SELECT \(WebhookDelivery.columns) FROM webhook_delivery d \(sql) ORDER BY d.id DESC LIMIT :limit",
                values)
            return ListPage(fetched: try rows.map { try WebhookDelivery($0) }, limit: limit) {
                ListPosition(id: $0.id.rawValue)
            }
        }
    }

    /// How many failed and are kept.
    package func failedWebhookDeliveries(
        of endpoint: WebhookEndpointID, in workspace: WorkspaceID
    ) async throws -> ListCount {
        try await database.read(on: .console) { connection in
            try connection.count(
                """
                FROM webhook_delivery
                WHERE workspace_id = :workspace_id AND endpoint_id = :endpoint_id AND state = 'failed'
                """, ["workspace_id": workspace, "endpoint_id": endpoint])
        }
    }

    /// With its body.
    package func webhookDelivery(
        _ id: WebhookDeliveryID, of endpoint: WebhookEndpointID, in workspace: WorkspaceID
    ) async throws -> WebhookDelivery? {
        try await database.read(on: .console) { connection in
            try connection.row(
                """
                SELECT \(WebhookDelivery.columns), e.payload FROM webhook_delivery d
                LEFT JOIN webhook_event e ON e.workspace_id = d.workspace_id AND e.id = d.event_id
                WHERE d.workspace_id = :workspace_id AND d.endpoint_id = :endpoint_id AND d.id = :id
                """, ["workspace_id": workspace, "endpoint_id": endpoint, "id": id]
            ).map { try WebhookDelivery($0, payload: try $0.get("payload")) }
        }
    }

    /// Sends one again, whatever became of it, under the id that the receiver knows it by. One that waits for its next try
    /// is sent now, and no oftener than it would have been.
    /// - Returns: whether it waited.
    /// - Throws: `notFound`; `conflict` with the detail `webhook_off`.
    @discardableResult
    package func replayWebhookDelivery(
        _ id: WebhookDeliveryID, of endpoint: WebhookEndpointID, in workspace: WorkspaceID
    ) async throws -> Bool {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.requireWebhookOn(endpoint, in: workspace)
            let wasWaiting = try connection.sendWaiting(id, of: endpoint, in: workspace, at: now)
            guard try wasWaiting || connection.sendAgain(id, of: endpoint, in: workspace, at: now) else {
                throw PuenteError.noDelivery
            }
            return wasWaiting
        }
    }

    /// Sends everything again that failed and was to be sent since then.
    /// - Returns: how many.
    /// - Throws: `notFound`; `conflict` with the detail `webhook_off`.
    package func replayFailedWebhooks(
        since: Timestamp?, of endpoint: WebhookEndpointID, in workspace: WorkspaceID
    ) async throws -> Int {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.requireWebhookOn(endpoint, in: workspace)
            return try connection.execute(
                """
                UPDATE webhook_delivery SET state = 'waiting', due_at = :now, attempt = 0
                WHERE workspace_id = :workspace_id AND endpoint_id = :endpoint_id AND state = 'failed'
                    AND created_at >= :since
                """,
                [
                    "now": now, "workspace_id": workspace, "endpoint_id": endpoint,
                    "since": since ?? Timestamp(milliseconds: 0),
                ])
        }
    }
}

extension SQLConnection {
    /// What is due already stays so.
    /// - Returns: whether it waits.
    fileprivate func sendWaiting(
        _ id: WebhookDeliveryID, of endpoint: WebhookEndpointID, in workspace: WorkspaceID, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE webhook_delivery SET due_at = CASE WHEN due_at < :now THEN due_at ELSE :now END
            WHERE workspace_id = :workspace_id AND endpoint_id = :endpoint_id AND id = :id AND state = 'waiting'
            """, ["now": now, "workspace_id": workspace, "endpoint_id": endpoint, "id": id]) == 1
    }

    /// - Returns: whether it is there, with its event.
    fileprivate func sendAgain(
        _ id: WebhookDeliveryID, of endpoint: WebhookEndpointID, in workspace: WorkspaceID, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE webhook_delivery SET state = 'waiting', due_at = :now, attempt = 0
            WHERE workspace_id = :workspace_id AND endpoint_id = :endpoint_id AND id = :id AND EXISTS (
                SELECT 1 FROM webhook_event e
                WHERE e.workspace_id = :workspace_id AND e.id = webhook_delivery.event_id
            )
            """, ["now": now, "workspace_id": workspace, "endpoint_id": endpoint, "id": id]) == 1
    }

    fileprivate func requireWebhookOn(_ id: WebhookEndpointID, in workspace: WorkspaceID) throws {
        guard let endpoint = try webhookEndpoint(id, in: workspace) else { throw PuenteError.noWebhook }
        guard endpoint.isOn else { throw PuenteError.webhookIsOff }
    }
}
