package import Domain
import Secrets

extension Store {
    /// What is due for a subscriber, the longest due first, and the subscriber as it is now.
    /// - Parameter inHand: what its courier has begun.
    package func hookTurn(
        _ grip: LaneGrip, inHand: Set<WebhookDeliveryID>, limit: Int
    ) async throws -> HookTurn {
        guard case .subscriber(let id) = grip.lane, let workspace = grip.workspace else {
            return HookTurn(target: nil, deliveries: [])
        }
        let (now, vault) = (now(), vault)
        return try await database.read(on: .work) { connection in
            let target = try connection.hookTarget(id, in: workspace, vault: vault, at: now)
            guard target?.endpoint.isOn == true, limit > 0 else { return HookTurn(target: target, deliveries: []) }
            let due = try connection.rows(
                """
                SELECT d.id, d.event_id, d.attempt, e.payload FROM webhook_delivery d
                JOIN webhook_event e ON e.workspace_id = d.workspace_id AND e.id = d.event_id
                WHERE d.workspace_id = :workspace_id AND d.endpoint_id = :id AND d.state = 'waiting'
                    AND d.due_at <= :now
                ORDER BY d.due_at, d.id LIMIT :limit
                """,
                ["workspace_id": workspace, "id": id, "now": now, "limit": limit + inHand.count]
            ).map {
                HookDelivery(
                    id: try $0.get("id"), event: try $0.get("event_id"), body: try $0.get("payload"),
                    attempts: try $0.get("attempt"))
            }
            return HookTurn(target: target, deliveries: Array(due.filter { !inHand.contains($0.id) }.prefix(limit)))
        }
    }

    /// Writes what came of tries. A subscriber that says it is gone, or where nothing has arrived for so long, is told
    /// nothing more: one that a program made for itself is deleted when it says so, every other switched off.
    /// - Returns: whether it was switched off or deleted.
    /// - Throws: ``LaneLost``.
    package func settle(_ attempts: [HookAttempt], offAfter: Duration, grip: LaneGrip) async throws -> Bool {
        guard case .subscriber(let id) = grip.lane, let workspace = grip.workspace, !attempts.isEmpty else {
            return false
        }
        let now = now()
        let alarm = ids.next(AlarmRow.self)
        return try await database.write(on: .work) { connection in
            try connection.lock(["webhook endpoints"], in: workspace)
            try connection.require(grip)
            try connection.write(attempts, in: workspace)
            try connection.count(attempts, in: workspace, node: grip.node, at: now)
            guard let endpoint = try connection.noteReach(attempts, of: id, in: workspace) else { return false }
            guard let reason = endpoint.offReason(after: attempts, offAfter: offAfter, now: now) else { return false }
            if reason == .gone, endpoint.origin == .restHook {
                _ = try connection.deleteWebhook(id, in: workspace, at: now)
            } else {
                try connection.switchOffWebhook(id, because: reason, in: workspace, at: now)
                try connection.raiseAlarm(
                    WebhookAlarm.kind, subject: "\(id)", text: WebhookAlarm.text(endpoint, because: reason),
                    in: workspace, id: alarm, at: now)
            }
            try connection.noteWebhookWants(in: workspace)
            return true
        }
    }
}

extension WebhookEndpoint {
    /// - Returns: nil: it stays on.
    fileprivate func offReason(after attempts: [HookAttempt], offAfter: Duration, now: Timestamp) -> OffReason? {
        guard isOn else { return nil }
        if attempts.contains(where: { $0.verdict == .gone }) { return .gone }
        guard let failingSince, now - failingSince >= offAfter else { return nil }
        return .failing
    }
}

extension HookAttempt {
    fileprivate var state: WebhookDelivery.State {
        switch verdict {
        case .delivered: .delivered
        case .again: .waiting
        case .failed, .gone: .failed
        }
    }

    fileprivate var dueAt: Timestamp {
        if case .again(let at) = verdict { at } else { at }
    }
}

extension SQLConnection {
    fileprivate func hookTarget(
        _ id: WebhookEndpointID, in workspace: WorkspaceID, vault: Vault, at now: Timestamp
    ) throws -> HookTarget? {
        let row = try row(
            """
            SELECT \(WebhookEndpoint.columns), secret, previous_secret FROM webhook_endpoint
            WHERE workspace_id = :workspace_id AND id = :id
            """, ["workspace_id": workspace, "id": id])
        guard let row else { return nil }
        let endpoint = try WebhookEndpoint(row)
        let signsBoth = endpoint.previousUntil.map { $0 > now } ?? false
        let previous: String? = try signsBoth ? row.get("previous_secret") : nil
        return HookTarget(
            endpoint: endpoint, workspace: workspace,
            secret: try vault.openText(
                try row.get("secret"), for: .webhookSecret("secret", of: id, in: workspace)),
            previousSecret: try previous.map {
                try vault.openText($0, for: .webhookSecret("previous_secret", of: id, in: workspace))
            })
    }

    /// What a person has settled meanwhile stays.
    fileprivate func write(_ attempts: [HookAttempt], in workspace: WorkspaceID) throws {
        try executeMany(
            """
            UPDATE webhook_delivery
            SET state = :state, due_at = :due_at, attempt = attempt + 1, status = :status, error = :error,
                duration = :duration, tried_at = :at
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'waiting'
            """,
            try attempts.map { attempt in
                [
                    "state": attempt.state, "due_at": attempt.dueAt, "status": attempt.status,
                    "error": try attempt.error.map { try JSONText.encode($0) },
                    "duration": attempt.took.wholeMilliseconds, "at": attempt.at, "workspace_id": workspace,
                    "id": attempt.delivery,
                ]
            })
    }

    fileprivate func count(
        _ attempts: [HookAttempt], in workspace: WorkspaceID, node: Int, at now: Timestamp
    ) throws {
        var counters = CounterDeltas()
        for attempt in attempts {
            switch attempt.verdict {
            case .delivered: counters.add("hooks.delivered", 1, workspace: workspace)
            case .again: counters.add("hooks.retried", 1, workspace: workspace)
            case .failed, .gone: counters.add("hooks.failed", 1, workspace: workspace)
            }
        }
        try counters.write(self, at: now, node: node)
    }

    /// - Returns: the subscriber as it stands then; nil where it is gone.
    fileprivate func noteReach(
        _ attempts: [HookAttempt], of id: WebhookEndpointID, in workspace: WorkspaceID
    ) throws -> WebhookEndpoint? {
        if let last = attempts.filter({ $0.verdict == .delivered }).map(\.at).max() {
            try execute(
                """
                UPDATE webhook_endpoint SET delivered_at = :at, failing_since = NULL
                WHERE workspace_id = :workspace_id AND id = :id
                """, ["at": last, "workspace_id": workspace, "id": id])
        } else if let first = attempts.map(\.at).min() {
            try execute(
                """
                UPDATE webhook_endpoint SET failing_since = COALESCE(failing_since, :at)
                WHERE workspace_id = :workspace_id AND id = :id
                """, ["at": first, "workspace_id": workspace, "id": id])
        }
        return try webhookEndpoint(id, in: workspace)
    }
}
