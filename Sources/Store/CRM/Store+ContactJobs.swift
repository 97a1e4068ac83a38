import Domain

extension Store {
    /// Writes what a CRM made of contacts that were brought up to date, inside a turn's transaction. A dead letter of one
    /// holds up nothing: whatever changes later carries its news.
    func settle(
        _ outcomes: [ContactOutcome], of crm: ConnectionID, in workspace: WorkspaceID, grip: LaneGrip,
        policy: RetryPolicy, _ connection: any SQLConnection, at now: Timestamp
    ) throws {
        try settleErasures(outcomes.filter { $0.job.erasure != nil }, of: crm, in: workspace, connection, at: now)
        let brought = outcomes.filter { $0.job.erasure == nil }
        // Records may have been merged meanwhile: what the CRM did not rename is left as it is.
        let renamed = brought.compactMap { outcome in
            outcome.remoteID.flatMap { id in
                id == outcome.job.contact.remoteID ? nil : (contact: outcome.job.contact.id, remoteID: id)
            }
        }
        try connection.link(renamed, connection: crm, in: workspace, at: now)
        let gone = brought.filter(\.isGone).compactMap(\.job.contact.remoteID)
        try connection.unlink(gone, connection: crm, in: workspace)
        try connection.finish(
            outcomes.map { JobResult(job: $0.job.job.id, outcome: $0.outcome, failure: $0.failure) }, grip: grip,
            policy: policy, holdsFollowers: false, at: now)
        try connection.forgetRecords(of: outcomes, in: workspace)
        try StandingRefusals(connection: connection, workspace: workspace, lane: .connection(crm), now: now)
            .settle(outcomes.map { StandingRefusals.Ended($0.job.job, $0.outcome) })
        var counters = CounterDeltas()
        let kept = outcomes.filter { $0.outcome == .completed }.count
        if kept > 0 { counters.add("crm.\(crm).kept", kept, workspace: workspace) }
        try counters.write(connection, at: now, node: grip.node)
    }

    /// What became of telling a CRM that people were erased; one that is put back is still to be told.
    private func settleErasures(
        _ outcomes: [ContactOutcome], of crm: ConnectionID, in workspace: WorkspaceID, _ connection: any SQLConnection,
        at now: Timestamp
    ) throws {
        for outcome in outcomes {
            let state: Erasure.Notice.State? =
                switch outcome.outcome {
                case .completed: .done
                case .discarded: .failed
                case .retried, .snoozed, .uncertain, .verifyFirst: nil
                }
            guard let state else { continue }
            let erasure = ErasureID(rawValue: outcome.job.job.subject)
            try connection.note(state, erasure: erasure, of: crm, in: workspace, at: now)
        }
    }
}

extension SQLConnection {
    /// A job that has told of an erasure no longer knows by which id the CRM knew the person.
    fileprivate func forgetRecords(of outcomes: [ContactOutcome], in workspace: WorkspaceID) throws {
        try executeMany(
            """
            UPDATE job SET payload = '{}', failure = NULL
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'completed'
            """,
            outcomes.filter { $0.job.erasure != nil && $0.outcome == .completed }.map {
                ["workspace_id": workspace, "id": $0.job.job.id]
            })
    }
}

extension SQLConnection {
    /// Something that the CRMs are told of the contact has changed: one job for each of them, unless one waits already.
    func enqueueContactUpserts(
        of contact: ContactID, in workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws -> [Lane] {
        let connections = try rows(
            "SELECT id FROM connection WHERE workspace_id = :workspace_id AND state <> 'disabled'",
            ["workspace_id": workspace])
        return try connections.map { row in
            let job = NewJob.upsert(of: contact, to: try row.get("id"), in: workspace)
            try enqueue(job, id: store.ids.next(), at: now)
            return job.lane
        }
    }
}

extension SQLConnection {
    /// A person changed what a CRM knows of the contact: one job for each that has the contact's record.
    func tellCRMs(
        of contact: ContactID, in workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws -> [Lane] {
        let connections = try rows(
            """
            SELECT k.id FROM connection k
            WHERE k.workspace_id = :workspace_id AND k.state <> 'disabled' AND EXISTS (
                SELECT 1 FROM remote_ref r
                WHERE r.workspace_id = :workspace_id AND r.connection_id = k.id AND r.entity = 'contact'
                    AND r.local_id = :contact_id
            )
            ORDER BY k.id
            """, ["workspace_id": workspace, "contact_id": contact])
        return try connections.map { row in
            let job = NewJob.upsert(of: contact, to: try row.get("id"), in: workspace)
            try enqueue(job, id: store.ids.next(), at: now)
            return job.lane
        }
    }
}

extension NewJob {
    /// At most one waits for each contact and CRM: it brings what is known when it runs.
    static func upsert(of contact: ContactID, to crm: ConnectionID, in workspace: WorkspaceID) -> NewJob {
        NewJob(
            kind: .upsertContact, workspace: workspace, lane: .connection(crm), orderingKey: contact.rawValue,
            subject: contact.rawValue, dedupKey: "contact:\(crm):\(contact)")
    }
}
