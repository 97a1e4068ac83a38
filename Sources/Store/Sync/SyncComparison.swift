package import Domain

/// What comparing records needs that a CRM gave.
package struct SyncComparison: Sendable {
    package let turn: SyncTurn
    package let context: SyncContext
    /// When the CRM was asked; nil when it told by itself.
    package let readAt: Timestamp?

    package init(turn: SyncTurn, context: SyncContext, readAt: Timestamp? = nil) {
        self.turn = turn
        self.context = context
        self.readAt = readAt
    }
}

extension Store {
    /// Compares the records that were read for it with the contacts that own them, inside the transaction that linked them.
    /// What the CRM is to be given is written by contact jobs.
    /// - Parameter change: as of ``merge(_:_:context:gives:into:_:at:)``.
    /// - Returns: those of whom something was taken over.
    func compare(
        _ identities: [RemoteIdentity], _ comparison: SyncComparison, into change: ChangeID? = nil,
        _ connection: any SQLConnection, at now: Timestamp
    ) throws -> Set<ContactID> {
        let read = identities.filter { !$0.isDeleted && $0.fields != nil }
        let turn = comparison.turn
        let owners = try connection.owners(
            ofRecords: read.map(\.remoteID), of: turn.connection, in: turn.workspace)
        let records = read.compactMap { identity -> SyncRecord? in
            guard let owner = owners[identity.remoteID], let fields = identity.fields else { return nil }
            return SyncRecord(
                contact: owner, remoteID: identity.remoteID, fields: fields, modifiedAt: identity.changedAt,
                readAt: comparison.readAt)
        }
        guard !records.isEmpty else { return [] }
        let outcomes = try merge(
            records, turn, context: comparison.context, gives: .job, into: change, connection, at: now)
        return Set(outcomes.filter { !$0.taken.isEmpty }.map(\.contact))
    }

    /// What both sides agreed on last: all that is known of a system that cannot be read from.
    /// - Returns: every mapped field of each contact, blank where nothing was agreed on.
    package func agreedFields(
        of contacts: [ContactID], _ mapping: FieldMapping, with crm: ConnectionID, in workspace: WorkspaceID
    ) async throws -> [ContactID: [String: String]] {
        let (states, rows) = try await database.read(on: .work) { connection in
            let vocabulary = try SyncVocabulary(connection, in: workspace)
            return (
                try SyncKnowledge.read(of: contacts, crm, connection, in: workspace).states,
                mapping.rows.filter(\.isOn).map(vocabulary.resolved)
            )
        }
        return Dictionary(
            contacts.map { contact in
                let agreed = states[contact]?.agreed ?? [:]
                let fields = rows.map { ($0.remote, agreed[$0.agreementKey] ?? "") }
                return (contact, Dictionary(fields, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { $1 })
    }

    /// A mapping as an account can use it: rows for fields that it lacks, or describes otherwise, are switched off.
    /// - Parameter fields: the CRM's; nil where it takes any.
    package func fitting(
        _ mapping: FieldMapping, to fields: [RemoteField]?, in workspace: WorkspaceID
    ) async throws -> FieldMapping {
        let vocabulary = try await database.read(on: .work) { try SyncVocabulary($0, in: workspace) }
        let problems = mapping.problems(remote: fields, shape: vocabulary.shape(of:))
        var rows = mapping.rows
        for index in rows.indices where !problems[index].isEmpty { rows[index].isOn = false }
        return FieldMapping(rows)
    }
}

extension SQLConnection {
    /// Whose each record is; who shares one with its owner is not asked.
    fileprivate func owners(
        ofRecords remoteIDs: [String], of crm: ConnectionID, in workspace: WorkspaceID
    ) throws -> [String: ContactID] {
        var owners: [String: ContactID] = [:]
        for part in remoteIDs.parts(of: 500) {
            let list = SQLValueList("record", part)
            let rows = try rows(
                """
                SELECT remote_id, local_id FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND remote_id IN \(list.sql) AND is_shared = 0
                """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
            for row in rows { owners[try row.get("remote_id")] = try row.get("local_id") }
        }
        return owners
    }
}
