package import Domain

extension Store {
    /// Makes one contact of two: the loser's handles, conversations, messages, labels, fields, states, consent and CRM
    /// records become the winner's, all or nothing. It is a change of the kind `merge`, to be undone for 90 days by
    /// ``undo(_:in:by:)``.
    ///
    /// - Parameter choices: whose values stay; what is not chosen stays the winner's, and the loser's where it has none.
    /// - Throws: `notFound`; `invalid` with the detail `same_contact`; `conflict` with the detail `merged_already`.
    @discardableResult
    package func merge(
        _ loser: ContactID, into winner: ContactID, choices: MergeChoices = MergeChoices(), by actor: String,
        in workspace: WorkspaceID
    ) async throws -> MergeResult {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let merge = try store.merge(
                loser, into: winner, choices: choices, draft: MergeDraft(actor: actor), connection, in: workspace,
                at: now)
            var report = merge.report
            report.lanes.formUnion(try connection.tellCRMs(of: winner, in: workspace, store: store, at: now))
            return merge.with(report)
        }
    }

    /// The same inside a transaction; whoever calls it tells the CRMs.
    func merge(
        _ loser: ContactID, into winner: ContactID, choices: MergeChoices, draft: MergeDraft,
        _ connection: any SQLConnection, in workspace: WorkspaceID, at now: Timestamp
    ) throws -> MergeResult {
        try connection.lockPeople([winner, loser], in: workspace)
        var merge = try ContactMerge(
            loser, into: winner, choices: choices, draft: draft, store: self, on: connection, in: workspace, at: now)
        return try merge.run()
    }

    /// What a merge of the two would move, and what it would make of them.
    package func mergePreview(
        of loser: ContactID, into winner: ContactID, in workspace: WorkspaceID
    ) async throws -> MergePreview? {
        try await database.read(on: .console) { connection in
            try MergePreview(loser, into: winner, on: connection, in: workspace)
        }
    }
}

extension SQLConnection {
    /// Takes the locks of everybody's handles, as those who record what Meta says take them: so that nobody finds a
    /// contact by a handle that is just moving. Late news may name one that has ended.
    /// - Throws: `SQLError.conflict` when their handles changed before the locks were had; the transaction runs again.
    func lockPeople(_ contacts: [ContactID], in workspace: WorkspaceID) throws {
        guard dialect == .postgres else { return }
        let keys = try handleKeys(of: contacts, in: workspace)
        try lock(keys, in: workspace)
        guard try Set(handleKeys(of: contacts, in: workspace)).isSubset(of: keys) else {
            throw SQLError.conflict("a contact got another handle")
        }
    }

    func handleKeys(of contacts: [ContactID], in workspace: WorkspaceID) throws -> [String] {
        let list = SQLValueList("contact", contacts)
        return try rows(
            """
            SELECT kind, scope, value FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace])
        ).map { row in
            let (kind, scope, value): (String, String, String) = (
                try row.get("kind"), try row.get("scope"), try row.get("value")
            )
            return "\(kind)\(scope)\(value)"
        }
    }
}
