import Domain

/// The alarm that a subscriber was switched off.
package enum WebhookAlarm {
    package static let kind = "webhook_off"

    static func text(_ endpoint: WebhookEndpoint, because reason: WebhookEndpoint.OffReason) -> LocalizedText {
        let name = endpoint.description.isEmpty ? endpoint.host : endpoint.description
        return switch reason {
        case .gone:
            LocalizedText(
                en: "The webhook “\(name)” was switched off: its address says that nobody listens there any more.",
                es: "El webhook «\(name)» se apagó: su dirección dice que allí ya no escucha nadie.")
        case .failing, .person:
            LocalizedText(
                en: "The webhook “\(name)” was switched off: nothing has arrived there for days.",
                es: "El webhook «\(name)» se apagó: desde hace días no llega nada allí.")
        }
    }
}

extension WebhookEndpoint {
    /// The address without its path, which may hold a secret.
    package var host: String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.split(separator: "@").last ?? "")
    }
}

extension SQLConnection {
    func webhookEndpoints(in workspace: WorkspaceID) throws -> [WebhookEndpoint] {
        try rows(
            "SELECT \(WebhookEndpoint.columns) FROM webhook_endpoint WHERE workspace_id = :workspace_id ORDER BY id",
            ["workspace_id": workspace]
        ).map(WebhookEndpoint.init)
    }

    func webhookEndpoint(_ id: WebhookEndpointID, in workspace: WorkspaceID) throws -> WebhookEndpoint? {
        try row(
            """
            SELECT \(WebhookEndpoint.columns) FROM webhook_endpoint WHERE workspace_id = :workspace_id AND id = :id
            """, ["workspace_id": workspace, "id": id]
        ).map(WebhookEndpoint.init)
    }

    /// Has the triggers note what the subscribers that are on asked for, and nothing else.
    func noteWebhookWants(in workspace: WorkspaceID) throws {
        let wanted = Set(try webhookEndpoints(in: workspace).filter(\.isOn).flatMap(\.types))
        try execute("DELETE FROM webhook_want WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        try executeMany(
            "INSERT INTO webhook_want (workspace_id, type) VALUES (:workspace_id, :type)",
            wanted.sorted { $0.rawValue < $1.rawValue }.map { ["workspace_id": workspace, "type": $0] })
    }

    func switchOnWebhook(_ id: WebhookEndpointID, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE webhook_endpoint
            SET is_on = 1, off_reason = NULL, off_at = NULL, failing_since = NULL, updated_at = :now
            WHERE workspace_id = :workspace_id AND id = :id
            """, ["now": now, "workspace_id": workspace, "id": id])
        try ensureLane(.subscriber(id), workspace: workspace)
        try clearAlarm(WebhookAlarm.kind, subject: "\(id)", in: workspace, at: now)
    }

    /// What waits counts as failed: it can be sent again when the subscriber is back.
    func switchOffWebhook(
        _ id: WebhookEndpointID, because reason: WebhookEndpoint.OffReason, in workspace: WorkspaceID, at now: Timestamp
    ) throws {
        try execute(
            """
            UPDATE webhook_endpoint
            SET is_on = 0, off_reason = :reason, off_at = :now, failing_since = NULL, updated_at = :now
            WHERE workspace_id = :workspace_id AND id = :id
            """, ["reason": reason, "now": now, "workspace_id": workspace, "id": id])
        try execute(
            """
            UPDATE webhook_delivery SET state = 'failed'
            WHERE workspace_id = :workspace_id AND endpoint_id = :id AND state = 'waiting'
            """, ["workspace_id": workspace, "id": id])
        try ensureLane(.subscriber(id), workspace: workspace, isEnabled: false)
    }

    /// - Returns: whether it was there.
    func deleteWebhook(_ id: WebhookEndpointID, in workspace: WorkspaceID, at now: Timestamp) throws -> Bool {
        let count = try execute(
            "DELETE FROM webhook_endpoint WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id])
        try execute(
            """
            DELETE FROM webhook_delivery
            WHERE workspace_id = :workspace_id AND endpoint_id = :id AND state = 'waiting'
            """, ["workspace_id": workspace, "id": id])
        // Who works it finds the grip lost.
        try execute("DELETE FROM lane WHERE id = :lane", ["lane": Lane.subscriber(id)])
        try clearAlarm(WebhookAlarm.kind, subject: "\(id)", in: workspace, at: now)
        return count == 1
    }
}
