import Domain

extension SQLConnection {
    /// The connection of that name, where puente.yaml made it.
    /// - Throws: `invalid` where a person made it, which names both.
    func provisionedConnection(named slug: String, in workspace: WorkspaceID) throws -> ConnectionID? {
        let known = try row(
            "SELECT id, is_provisioned, base_url FROM connection WHERE workspace_id = :workspace_id AND slug = :slug",
            ["workspace_id": workspace, "slug": slug])
        guard let known else { return nil }
        guard try known.get("is_provisioned", as: Bool.self) else {
            throw PuenteError.nameInConsole(slug, baseURL: try known.get("base_url"))
        }
        return try known.get("id")
    }

    /// What was said of a lane that is worked no longer.
    func clearAlarms(of lane: Lane, in workspace: WorkspaceID, at now: Timestamp) throws {
        try clearAwayAlarm(of: lane, in: workspace, at: now)
        try clearPushAlarm(of: lane, in: workspace, at: now)
        try clearCredentialAlarm(of: lane, in: workspace, at: now)
        try clearFieldAlarm(of: lane, in: workspace, at: now)
    }
}
