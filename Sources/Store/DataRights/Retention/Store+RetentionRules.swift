package import Domain

extension Store {
    private static let setting = "retention"

    package func retentionRules(in workspace: WorkspaceID) async throws -> RetentionRules {
        try await database.read(on: .console) { connection in
            try connection.row(
                "SELECT value FROM setting WHERE workspace_id = :workspace_id AND name = :name",
                ["workspace_id": workspace, "name": Self.setting]
            ).map { try $0.json("value") } ?? RetentionRules()
        }
    }

    /// - Throws: `invalid` when a rule says what none may say.
    package func setRetentionRules(
        _ rules: RetentionRules, by actor: String, in workspace: WorkspaceID
    ) async throws {
        for kind in RetentionKind.allCases {
            guard let days = rules[kind] else { continue }
            guard kind != .rawBodies, kind.range.contains(days) else { throw PuenteError.retention(kind) }
        }
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO setting (workspace_id, name, value, changed_at, actor)
                VALUES (:workspace_id, :name, :value, :now, :actor)
                ON CONFLICT (workspace_id, name)
                DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, actor = excluded.actor
                """,
                [
                    "workspace_id": workspace, "name": Self.setting, "value": try JSONText.encode(rules), "now": now,
                    "actor": actor,
                ])
            try connection.note(
                .retentionChanged, of: workspace.rawValue, by: actor, in: workspace,
                detail: rules.days.mapValues(String.init), store: store, at: now)
        }
    }

    /// The configuration's retention, with the trail kept as long as any company wants it.
    package func longest(_ retention: Retention) async throws -> Retention {
        guard !retention.written.contains(.audit) else { return retention }
        var longest = retention
        for workspace in try await workspaces() {
            let rules = try await retentionRules(in: workspace).under(retention)
            if let age = rules.age(of: .audit) { longest.trail = max(longest.trail, age) }
        }
        return longest
    }
}

extension PuenteError {
    package static func retention(_ kind: RetentionKind) -> PuenteError {
        let (low, high) = (kind.range.lowerBound, kind.range.upperBound)
        return PuenteError(
            .invalid, detail: kind.rawValue, en: "Give a whole number of days from \(low) to \(high).",
            es: "Indique un número entero de días entre \(low) y \(high).")
    }
}
