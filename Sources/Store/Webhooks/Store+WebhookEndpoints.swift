package import Domain
import Secrets

extension Store {
    package func webhookEndpoints(in workspace: WorkspaceID) async throws -> [WebhookEndpoint] {
        try await database.read(on: .console) { try $0.webhookEndpoints(in: workspace) }
    }

    package func webhookEndpoint(_ id: WebhookEndpointID, in workspace: WorkspaceID) async throws -> WebhookEndpoint? {
        try await database.read(on: .console) { try $0.webhookEndpoint(id, in: workspace) }
    }

    /// - Throws: `conflict` with the detail `too_many_webhooks`.
    package func createWebhookEndpoint(
        _ draft: WebhookEndpointDraft, origin: WebhookEndpoint.Origin, in workspace: WorkspaceID, by actor: String
    ) async throws -> WebhookSecretShown {
        let (id, secret, now) = (ids.next(WebhookEndpointRow.self), WebhookSecret.random(), now())
        let sealed = try vault.seal(secret, for: .webhookSecret("secret", of: id, in: workspace))
        return try await changeWebhooks(in: workspace) { connection in
            guard try connection.webhookEndpoints(in: workspace).count < WebhookEndpoint.most else {
                throw PuenteError.tooManyWebhooks
            }
            try connection.execute(
                """
                INSERT INTO webhook_endpoint
                    (id, workspace_id, url, description, event_types, origin, secret, created_by, created_at, updated_at)
                VALUES (:id, :workspace_id, :url, :description, :event_types, :origin, :secret, :actor, :now, :now)
                """,
                try draft.arguments.and([
                    "id": id, "workspace_id": workspace, "origin": origin, "secret": sealed, "actor": actor, "now": now,
                ]))
            try connection.ensureLane(.subscriber(id), workspace: workspace)
            try noteWebhook("webhook.created", id, by: actor, in: workspace, on: connection)
            guard let endpoint = try connection.webhookEndpoint(id, in: workspace) else { throw PuenteError.noWebhook }
            return WebhookSecretShown(endpoint: endpoint, secret: secret)
        }
    }

    /// At another address nothing has failed yet.
    /// - Parameter expected: what it must say, one of these; nil: whatever it says.
    /// - Throws: `notFound`; `changedMeanwhile`.
    package func changeWebhookEndpoint(
        _ id: WebhookEndpointID, _ draft: WebhookEndpointDraft, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let now = now()
        try await changeWebhooks(in: workspace) { connection in
            guard let known = try connection.webhookEndpoint(id, in: workspace) else { throw PuenteError.noWebhook }
            try expected?.require(known.version)
            let changed = try connection.execute(
                """
                UPDATE webhook_endpoint
                SET url = :url, description = :description, event_types = :event_types,
                    failing_since = CASE WHEN url = :url THEN failing_since END, updated_at = :now
                WHERE workspace_id = :workspace_id AND id = :id
                """, try draft.arguments.and(["now": now, "workspace_id": workspace, "id": id]))
            guard changed == 1 else { throw PuenteError.noWebhook }
            try noteWebhook("webhook.changed", id, by: actor, in: workspace, on: connection)
        }
    }

    /// Off: what waits counts as failed, so that it can be sent again; what happens meanwhile is not told.
    /// - Throws: `notFound`.
    package func switchWebhookEndpoint(
        _ id: WebhookEndpointID, on isOn: Bool, in workspace: WorkspaceID, by actor: String
    ) async throws {
        let now = now()
        try await changeWebhooks(in: workspace) { connection in
            guard let known = try connection.webhookEndpoint(id, in: workspace) else { throw PuenteError.noWebhook }
            guard known.isOn != isOn else { return }
            if isOn {
                try connection.switchOnWebhook(id, in: workspace, at: now)
            } else {
                try connection.switchOffWebhook(id, because: .person, in: workspace, at: now)
            }
            try noteWebhook(isOn ? "webhook.on" : "webhook.off", id, by: actor, in: workspace, on: connection)
        }
    }

    /// Its log goes with time; what waits is not sent any more.
    /// - Throws: `notFound`.
    package func deleteWebhookEndpoint(
        _ id: WebhookEndpointID, in workspace: WorkspaceID, by actor: String
    ) async throws {
        let now = now()
        try await changeWebhooks(in: workspace) { connection in
            guard try connection.deleteWebhook(id, in: workspace, at: now) else { throw PuenteError.noWebhook }
            try noteWebhook("webhook.deleted", id, by: actor, in: workspace, on: connection)
        }
    }

    /// - Parameter overlap: how long the secret before signs as well.
    /// - Throws: `notFound`.
    package func rotateWebhookSecret(
        _ id: WebhookEndpointID, overlap: Duration, in workspace: WorkspaceID, by actor: String
    ) async throws -> WebhookSecretShown {
        let (secret, now, vault) = (WebhookSecret.random(), now(), vault)
        let sealed = try vault.seal(secret, for: .webhookSecret("secret", of: id, in: workspace))
        return try await changeWebhooks(in: workspace) { connection in
            let old: String? = try connection.value(
                "SELECT secret FROM webhook_endpoint WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id])
            guard let old else { throw PuenteError.noWebhook }
            let opened = try vault.openText(old, for: .webhookSecret("secret", of: id, in: workspace))
            let previous = try vault.seal(opened, for: .webhookSecret("previous_secret", of: id, in: workspace))
            let until: Timestamp? = overlap > .zero ? now + overlap : nil
            try connection.execute(
                """
                UPDATE webhook_endpoint
                SET secret = :secret, previous_secret = :previous, previous_until = :until, updated_at = :now
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                [
                    "secret": sealed, "previous": until.map { _ in previous }, "until": until, "now": now,
                    "workspace_id": workspace, "id": id,
                ])
            try noteWebhook("webhook.secret_rotated", id, by: actor, in: workspace, on: connection)
            guard let endpoint = try connection.webhookEndpoint(id, in: workspace) else { throw PuenteError.noWebhook }
            return WebhookSecretShown(endpoint: endpoint, secret: secret)
        }
    }

    /// What the triggers look for is true again when the transaction ends.
    private func changeWebhooks<Value: Sendable>(
        in workspace: WorkspaceID, _ change: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await database.write(on: .work) { connection in
            try connection.lock(["webhook endpoints"], in: workspace)
            let value = try change(connection)
            try connection.noteWebhookWants(in: workspace)
            return value
        }
    }

    private func noteWebhook(
        _ event: String, _ id: WebhookEndpointID, by actor: String, in workspace: WorkspaceID,
        on connection: any SQLConnection
    ) throws {
        try connection.trail(
            id.rawValue, event, by: actor, in: workspace, detail: "{}", id: ids.next(), at: now())
    }
}

extension WebhookEndpointDraft {
    fileprivate var arguments: SQLArguments {
        get throws {
            [
                "url": url, "description": description,
                "event_types": try JSONText.encode(Set(types).map(\.rawValue).sorted()),
            ]
        }
    }
}

extension SealContext {
    static func webhookSecret(_ column: String, of id: WebhookEndpointID, in workspace: WorkspaceID) -> SealContext {
        SealContext(table: "webhook_endpoint", column: column, row: id, workspace: workspace)
    }
}
