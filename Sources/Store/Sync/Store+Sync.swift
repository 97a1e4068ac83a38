package import Domain

/// Gives that a CRM has accepted.
package struct SyncGiven: Sendable {
    package let contact: ContactID
    /// By the CRM's names.
    package let gives: [String: SyncGive]

    package init(contact: ContactID, gives: [String: SyncGive]) {
        self.contact = contact
        self.gives = gives
    }

    /// All that was to be given.
    package init(_ outcome: SyncOutcome) {
        self.init(contact: outcome.contact, gives: outcome.gives)
    }
}

/// Who writes what a CRM is to be given.
package enum SyncFollowUp: Sendable {
    /// Whoever compares, now.
    case now
    /// A contact job that is written with the rest.
    case job
}

extension Store {
    /// Compares contacts with their records, each field by its rule: takes over what is to be taken over, notes what waits
    /// for a person, and says what the CRM is to be given. All or nothing.
    /// - Parameter records: with every field that is mapped, blank where the CRM says nothing.
    /// - Returns: nothing where the connection has no mapping; who is not there any more is missing.
    package func merge(
        _ records: [SyncRecord], _ turn: SyncTurn, context: SyncContext, gives: SyncFollowUp, grip: LaneGrip? = nil
    ) async throws -> [SyncOutcome] {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            if let grip { try connection.require(grip) }
            return try store.merge(records, turn, context: context, gives: gives, connection, at: now)
        }
    }

    /// The same inside a transaction.
    /// - Parameter change: an open one that what is taken over belongs to; nil: it is one of its own.
    func merge(
        _ records: [SyncRecord], _ turn: SyncTurn, context: SyncContext, gives: SyncFollowUp,
        into change: ChangeID? = nil, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> [SyncOutcome] {
        guard let kept = try connection.mapping(of: turn.connection, in: turn.workspace) else { return [] }
        let merge = SyncMerge(
            store: self, connection: connection, turn: turn, mapping: kept.mapping, context: context, now: now,
            change: change)
        var outcomes: [SyncOutcome] = []
        for part in records.parts(of: 500) { outcomes += try merge.run(part) }
        if case .job = gives {
            let waiting = outcomes.filter { !$0.gives.isEmpty }.map(\.contact)
            try connection.enqueueUpserts(
                of: waiting.map { ($0, turn.connection) }, in: turn.workspace, store: self, at: now)
        }
        return outcomes
    }

    /// The CRM has accepted what it was given: both sides agree on it, the log says what it replaced, and decisions that
    /// it carried out are done.
    package func settleGives(_ given: [SyncGiven], _ turn: SyncTurn, grip: LaneGrip? = nil) async throws {
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            if let grip { try connection.require(grip) }
            try store.settleGives(given, turn, connection, at: now)
        }
    }

    /// The same inside a transaction.
    func settleGives(
        _ given: [SyncGiven], _ turn: SyncTurn, _ connection: any SQLConnection, at now: Timestamp
    ) throws {
        let gives = Dictionary(given.map { ($0.contact, $0.gives) }) { $0.merging($1) { $1 } }
        let contacts = try connection.lockContacts(
            gives.filter { !$0.value.isEmpty }.keys.sorted(), in: turn.workspace)
        guard !contacts.isEmpty else { return }
        let settling = GiveSettling(store: self, connection: connection, turn: turn, now: now)
        try settling.settle(contacts.map { ($0, gives[$0] ?? [:]) })
    }

    /// Makes a job of each contact of whom something changed here that the connection is told, the longest waiting first.
    /// Whoever was told within the last five minutes that a message came or went waits for those to be over.
    /// - Parameters:
    ///   - place: where the last look at those ended whom only a message moved.
    ///   - grip: of the connection's lane.
    package func takeDue(limit: Int = 200, behind place: Int64 = 0, grip: LaneGrip) async throws -> SyncDue {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return SyncDue() }
        let now = now()
        var due = try await database.read(on: .work) { connection in
            try SyncDueSearch(connection: connection, crm: crm, workspace: workspace, now: now)
                .find(limit, behind: place)
        }
        guard !due.contacts.isEmpty else { return due }
        let (store, found) = (self, due.contacts)
        due.contacts = try await database.write(on: .work) { connection in
            try connection.require(grip)
            return try SyncDueTaking(store: store, connection: connection, crm: crm, workspace: workspace, now: now)
                .take(found)
        }
        return due
    }

    /// Writes a contact job for each, unless one waits already.
    package func enqueueSync(
        of contacts: [ContactID], to crm: ConnectionID, in workspace: WorkspaceID
    ) async throws {
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            try connection.enqueueUpserts(of: contacts.map { ($0, crm) }, in: workspace, store: store, at: now)
        }
    }
}

private struct GiveSettling {
    let store: Store
    let connection: any SQLConnection
    let turn: SyncTurn
    let now: Timestamp

    private var scope: SQLArguments { ["workspace_id": turn.workspace, "connection_id": turn.connection] }

    func settle(_ given: [(contact: ContactID, gives: [String: SyncGive])]) throws {
        let knowledge = try SyncKnowledge.read(
            of: given.map(\.contact), turn.connection, connection, in: turn.workspace)
        let states = try given.map { contact, gives in
            var agreed = knowledge.states[contact]?.agreed ?? [:]
            for (remote, give) in gives { agreed["\(remote) \(give.local.rawValue)"] = give.agreed }
            return scope.and(["contact_id": contact, "agreed": try JSONText.encode(agreed), "now": now])
        }
        try connection.executeMany(
            """
            INSERT INTO sync_state (workspace_id, contact_id, connection_id, agreed, checked_at)
            VALUES (:workspace_id, :contact_id, :connection_id, :agreed, :now)
            ON CONFLICT (workspace_id, contact_id, connection_id) DO UPDATE
            SET agreed = excluded.agreed, checked_at = excluded.checked_at
            """, states)
        let all = given.flatMap { contact, gives in
            gives.sorted { $0.key < $1.key }.map { (contact: contact, remote: $0.key, give: $0.value) }
        }
        try connection.note(
            all.map {
                SyncChangeDraft(
                    contact: $0.contact, local: $0.give.local, remote: $0.remote, kind: .given,
                    before: $0.give.before, after: $0.give.value, decidedBy: $0.give.decidedBy)
            }, turn, ids: store.ids, at: now)
        // Another decision since then is still to be carried out.
        try connection.executeMany(
            """
            DELETE FROM sync_decision
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND connection_id = :connection_id
                AND remote = :remote AND value = :value
            """,
            all.filter { $0.give.decidedBy != nil }.map {
                scope.and(["contact_id": $0.contact, "remote": $0.remote, "value": $0.give.value])
            })
        try noteDelays(given)
    }

    /// How long after somebody changed a contact here the CRM had it.
    private func noteDelays(_ given: [(contact: ContactID, gives: [String: SyncGive])]) throws {
        let hop = DelaySummary.Hop.given(turn.connection)
        var delays = DelayDeltas()
        for (_, gives) in given {
            guard let changed = gives.values.compactMap(\.changedAt).min() else { continue }
            delays.add(hop.key, from: min(changed, now), to: now, workspace: turn.workspace)
        }
        try delays.write(connection, at: now, node: store.ids.node)
    }
}
