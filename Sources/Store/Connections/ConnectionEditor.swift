import Domain

/// Makes and changes connections that are not of puente.yaml, inside one transaction.
struct ConnectionEditor {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let actor: String
    let now: Timestamp

    func create(_ account: Provision.Connection, _ id: ConnectionID, named slug: String, sealed: String) throws {
        try requireFree(slug)
        try connection.execute(
            """
            INSERT INTO connection
                (id, workspace_id, slug, kind, base_url, settings, secrets, state, records_since, is_provisioned,
                 made_by, created_at)
            VALUES
                (:id, :workspace_id, :slug, :kind, :base_url, :settings, :secrets, 'connected', :now, 0, :actor, :now)
            """,
            key(id).and([
                "slug": slug, "kind": account.kind, "base_url": account.baseURL, "settings": account.settings,
                "secrets": sealed, "actor": actor, "now": now,
            ]))
        try connection.ensureLane(.connection(id), workspace: workspace)
        try note(.connectionMade, id)
    }

    func change(
        _ id: ConnectionID, _ account: Provision.Connection, expecting expected: Set<EditVersion>?, sealed: String
    ) throws {
        let known = try mine(id)
        try expected?.require(known.version)
        try connection.execute(
            """
            UPDATE connection SET base_url = :base_url, settings = :settings, secrets = :secrets
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            key(id).and(["base_url": account.baseURL, "settings": account.settings, "secrets": sealed]))
        for scope in [PauseScope.credential, .connection, .app] {
            try connection.resume(scope, key: "\(id)", in: workspace, at: now)
        }
        try connection.forgetPages(of: id, in: workspace)
        try note(.connectionChanged, id)
    }

    func turn(_ id: ConnectionID, on isOn: Bool) throws {
        let known = try mine(id)
        guard (known.state == .connected) != isOn else { return }
        try connection.execute(
            "UPDATE connection SET state = :state WHERE workspace_id = :workspace_id AND id = :id",
            key(id).and(["state": isOn ? "connected" : "disabled"]))
        let lane = Lane.connection(id)
        try connection.ensureLane(lane, workspace: workspace, isEnabled: isOn)
        if !isOn { try connection.clearAlarms(of: lane, in: workspace, at: now) }
        try note(isOn ? .connectionOn : .connectionOff, id)
    }

    func remove(_ id: ConnectionID) throws {
        let known = try mine(id)
        guard known.state == .disabled else { throw PuenteError.connectionIsOn }
        try giveUp(id)
        try connection.execute(
            """
            UPDATE connection
            SET slug = :slug, secrets = NULL, settings = '{}', push_renewal_at = NULL, removed_at = :now
            WHERE workspace_id = :workspace_id AND id = :id
            """, key(id).and(["slug": CRMName.removed(known.name, id: "\(id)"), "now": now]))
        // Who still works it finds the grip lost.
        try connection.execute("DELETE FROM lane WHERE id = :lane", ["lane": Lane.connection(id)])
        try note(.connectionRemoved, id)
    }

    // MARK: Parts

    private func key(_ id: ConnectionID) -> SQLArguments { ["workspace_id": workspace, "id": id] }

    private func mine(_ id: ConnectionID) throws -> ConnectionSummary {
        guard let known = try connection.connections(in: workspace).first(where: { $0.id == id }) else {
            throw PuenteError.noConnection
        }
        guard !known.isProvisioned else { throw PuenteError.provisionedConnection }
        return known
    }

    private func requireFree(_ slug: String) throws {
        let row = try connection.row(
            "SELECT is_provisioned FROM connection WHERE workspace_id = :workspace_id AND slug = :slug",
            ["workspace_id": workspace, "slug": slug])
        guard let row else { return }
        throw PuenteError.nameTaken(slug, isProvisioned: try row.get("is_provisioned"))
    }

    /// What waits and what is a dead letter: neither will be done.
    private func giveUp(_ id: ConnectionID) throws {
        var counters = CounterDeltas()
        for state in ["waiting", "dead"] {
            let count = try connection.execute(
                """
                UPDATE activity SET state = 'not_applicable', reason = 'removed'
                WHERE workspace_id = :workspace_id AND connection_id = :id AND state = :state
                """, key(id).and(["state": state]))
            guard count > 0 else { continue }
            counters.add("crm.\(id).not_applicable", count, workspace: workspace)
            if state == "dead" { counters.add("crm.\(id).dead", -count, workspace: workspace) }
        }
        try counters.write(connection, at: now, node: store.ids.node)
        try connection.execute(
            "DELETE FROM job WHERE workspace_id = :workspace_id AND lane = :lane AND state <> 'completed'",
            ["workspace_id": workspace, "lane": Lane.connection(id)])
        // Whom it was to tell of erasures, nobody has told.
        try connection.execute(
            """
            UPDATE erasure_notice SET state = 'disabled', at = :now
            WHERE workspace_id = :workspace_id AND connection_id = :id AND state IN ('waiting', 'failed')
            """, key(id).and(["now": now]))
    }

    private func note(_ event: AuditEvent, _ id: ConnectionID) throws {
        try connection.trail(
            id.rawValue, event.rawValue, by: actor, in: workspace, id: store.ids.next(), at: now)
    }
}
