import Domain

extension Store {
    /// Writes what a CRM made of contacts that were brought up to date, inside a turn's transaction. A dead letter of one
    /// holds up nothing: whatever changes later carries its news.
    func settle(
        _ outcomes: [ContactOutcome], of crm: ConnectionID, in workspace: WorkspaceID, grip: LaneGrip,
        policy: RetryPolicy, _ connection: any SQLConnection, at now: Timestamp
    ) throws {
        guard !outcomes.isEmpty else { return }
        // Records may have been merged meanwhile: what the CRM did not rename is left as it is.
        let renamed = outcomes.compactMap { outcome in
            outcome.remoteID.flatMap { id in
                id == outcome.job.contact.remoteID ? nil : (contact: outcome.job.contact.id, remoteID: id)
            }
        }
        try connection.link(renamed, connection: crm, in: workspace, at: now)
        let gone = outcomes.filter(\.isGone).compactMap(\.job.contact.remoteID)
        try connection.unlink(gone, connection: crm, in: workspace)
        try connection.finish(
            outcomes.map { JobResult(job: $0.job.job.id, outcome: $0.outcome, failure: $0.failure) }, grip: grip,
            policy: policy, holdsFollowers: false, at: now)
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

extension NewJob {
    /// At most one waits for each contact and CRM: it brings what is known when it runs.
    static func upsert(of contact: ContactID, to crm: ConnectionID, in workspace: WorkspaceID) -> NewJob {
        NewJob(
            kind: .upsertContact, workspace: workspace, lane: .connection(crm), orderingKey: contact.rawValue,
            subject: contact.rawValue, dedupKey: "contact:\(crm):\(contact)")
    }
}
