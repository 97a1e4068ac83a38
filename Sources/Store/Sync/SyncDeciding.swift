import Domain

/// Notes what people decide, inside one transaction, and has it carried out.
struct SyncDeciding {
    struct Decision {
        let contact: ContactID
        let crm: ConnectionID
        let remote: String
        /// As the CRM is to hold it.
        let value: String
    }

    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let context: SyncContext
    let actor: String
    /// The CRM's fields that can be written; nil where nobody knows.
    let writable: Set<String>?
    let now: Timestamp

    /// - Parameter own: whose conflicts alone are settled; nil: of whichever connection they are.
    func resolve(
        _ ids: [SyncConflictID], of own: ConnectionID?, _ choice: SyncChoice
    ) throws -> SyncResolution {
        var resolution = SyncResolution()
        guard !ids.isEmpty else { return resolution }
        let list = SQLValueList("id", ids)
        let conflicts = try connection.rows(
            """
            SELECT \(SyncConflict.columns) FROM sync_conflict
            WHERE workspace_id = :workspace_id AND id IN \(list.sql) ORDER BY id \(connection.dialect.forUpdate)
            """, list.arguments(["workspace_id": workspace])
        ).map(SyncConflict.init).filter { own == nil || $0.connection == own }
        for (crm, conflicts) in Dictionary(grouping: conflicts, by: \.connection).sorted(by: { $0.key < $1.key }) {
            let comparisons = try comparisons(of: crm)
            var decided: [SyncConflict] = []
            for conflict in conflicts {
                let refusal = try refusal(of: conflict.value(of: choice), for: conflict, comparisons)
                if let refusal {
                    resolution.refused[conflict.id] = refusal
                } else {
                    decided.append(conflict)
                }
            }
            try write(decided, choice, crm)
            resolution.resolved += decided.count
        }
        return resolution
    }

    private func refusal(
        of value: String, for conflict: SyncConflict, _ comparisons: [RowComparison]
    ) throws -> SyncRefusal? {
        let comparison = comparisons.first {
            $0.row.remote == conflict.remote && $0.row.local == conflict.local
        }
        guard let comparison else { return .notMapped }
        if let writable, value != conflict.theirs, !writable.contains(conflict.remote) { return .notWritable }
        if value != conflict.theirs, !comparison.isKnown(value) { return .noSuchUser }
        // What Puente says already need not be taken.
        if value == conflict.ours { return conflict.refusal == .unwritable ? .unwritable : nil }
        guard conflict.local.canBeTaken else { return .notTaken }
        guard let local = comparison.local(ofTheirs: value, [:]) else { return .unreadable }
        return try refusal(of: local, for: conflict, comparison)
    }

    /// Whether Puente could take it over at all: what nobody can take would come back as the same conflict.
    private func refusal(
        of local: String, for conflict: SyncConflict, _ comparison: RowComparison
    ) throws -> SyncRefusal? {
        var taking = SyncTaking(
            store: store, connection: connection, workspace: workspace,
            vocabulary: try SyncVocabulary(connection, in: workspace), context: context,
            voice: .ofCRM(SyncTurn(conflict.connection, in: workspace, cause: .staff, actor: actor)), now: now)
        let take = SyncTake(
            contact: conflict.contact, remote: conflict.remote, local: comparison.row.local,
            before: comparison.local(ofTheirs: conflict.ours, [:]) ?? "", after: local)
        return try taking.accept([take], values: [:])[take.key]
    }

    private func write(_ conflicts: [SyncConflict], _ choice: SyncChoice, _ crm: ConnectionID) throws {
        try decide(
            conflicts.map {
                Decision(contact: $0.contact, crm: crm, remote: $0.remote, value: $0.value(of: choice))
            })
        let turn = SyncTurn(crm, in: workspace, cause: .staff, actor: actor)
        try connection.note(
            conflicts.map {
                SyncChangeDraft(
                    contact: $0.contact, local: $0.local, remote: $0.remote, kind: .resolved, before: $0.ours,
                    after: $0.value(of: choice))
            }, turn, ids: store.ids, at: now)
    }

    /// The rows of a mapping that are on, well-known fields as the company's own that stand for them: so the log has them.
    func comparisons(of crm: ConnectionID) throws -> [RowComparison] {
        guard let kept = try connection.mapping(of: crm, in: workspace) else { return [] }
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        return vocabulary.comparisons(
            of: kept.mapping.rows.filter(\.isOn).map(vocabulary.resolved), context, store.days)
    }

    /// The newest decision on a field counts. What was in conflict there is not any more.
    func decide(_ decisions: [Decision]) throws {
        let keys = decisions.map { decision -> SQLArguments in
            [
                "workspace_id": workspace, "contact_id": decision.contact, "connection_id": decision.crm,
                "remote": decision.remote,
            ]
        }
        try connection.executeMany(
            """
            INSERT INTO sync_decision (workspace_id, contact_id, connection_id, remote, value, actor, at)
            VALUES (:workspace_id, :contact_id, :connection_id, :remote, :value, :actor, :now)
            ON CONFLICT (workspace_id, contact_id, connection_id, remote) DO UPDATE
            SET value = excluded.value, actor = excluded.actor, at = excluded.at
            """,
            zip(keys, decisions).map { $0.and(["value": $1.value, "actor": actor, "now": now]) })
        try connection.executeMany(
            """
            DELETE FROM sync_conflict
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND connection_id = :connection_id
                AND remote = :remote
            """, keys)
        var jobs: [(contact: ContactID, crm: ConnectionID)] = []
        for (crm, decisions) in Dictionary(grouping: decisions, by: \.crm).sorted(by: { $0.key < $1.key }) {
            jobs += Set(decisions.map(\.contact)).sorted().map { ($0, crm) }
        }
        try connection.enqueueUpserts(of: jobs, in: workspace, store: store, at: now)
    }
}
