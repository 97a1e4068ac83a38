import Domain

extension FactRecorder {
    /// One activity and one job for each CRM of the workspace; history is kept here only, unless it is asked for.
    mutating func enqueueActivities(
        _ message: ReceivedMessage, id: MessageID, contact: ContactID, on number: RoutingTable.Number
    ) throws {
        for crm in routes.connections[number.workspace] ?? [] {
            let reason = message.notApplicableReason
            try connection.insertActivity(of: id, in: number.workspace, for: crm, notApplicable: reason)
            counters.add("crm.\(crm).stored", 1, workspace: number.workspace)
            guard reason == nil else {
                counters.add("crm.\(crm).not_applicable", 1, workspace: number.workspace)
                continue
            }
            try enqueueCRMJob(
                .recordActivity, subject: id.rawValue, contact: contact, workspace: number.workspace, crm: crm)
        }
    }

    /// Brings every CRM's picture of a message up to date: at most one such job waits for each.
    mutating func enqueueActivityUpdates(
        of message: MessageID, contact: ContactID, workspace: WorkspaceID
    ) throws {
        for crm in routes.connections[workspace] ?? [] {
            try enqueueCRMJob(
                .updateActivity, subject: message.rawValue, contact: contact, workspace: workspace, crm: crm,
                dedupKey: "update:\(crm):\(message)")
        }
    }

    /// For each contact that changed, after the batch's activities: those must not wait for it.
    mutating func enqueueContactUpserts() throws {
        for (contact, workspace) in changedContacts.sorted(by: { $0.key < $1.key }) {
            for crm in routes.connections[workspace] ?? [] {
                try enqueue(.upsert(of: contact, to: crm, in: workspace))
            }
        }
    }

    private mutating func enqueueCRMJob(
        _ kind: JobKind, subject: Int64, contact: ContactID, workspace: WorkspaceID, crm: ConnectionID,
        dedupKey: String? = nil
    ) throws {
        try enqueue(
            NewJob(
                kind: kind, workspace: workspace, lane: .connection(crm), orderingKey: contact.rawValue,
                subject: subject, dedupKey: dedupKey))
    }

    private mutating func enqueue(_ job: NewJob) throws {
        try connection.enqueue(job, id: store.ids.next(), at: now)
        report.lanes.insert(job.lane)
    }
}

extension ReceivedMessage {
    fileprivate var notApplicableReason: String? {
        if case .history = origin { return "history" }
        if case .system = content { return "system" }
        return nil
    }
}

extension SQLConnection {
    /// - Parameter reason: why the message is not for this CRM; nil when it waits to be recorded.
    func insertActivity(
        of message: MessageID, in workspace: WorkspaceID, for connection: ConnectionID, notApplicable reason: String?
    ) throws {
        try execute(
            """
            INSERT INTO activity (workspace_id, connection_id, message_id, state, reason)
            VALUES (:workspace_id, :connection_id, :message_id, :state, :reason)
            ON CONFLICT DO NOTHING
            """,
            [
                "workspace_id": workspace, "connection_id": connection, "message_id": message,
                "state": reason == nil ? "waiting" : "not_applicable", "reason": reason,
            ])
    }
}
