import Domain

/// Jobs of a CRM's lane whose rows nobody can read any more, set aside inside one transaction: one of them must not stop
/// those behind it.
struct UnreadableActivities {
    let connection: any SQLConnection
    let crm: ConnectionID
    let grip: LaneGrip
    let now: Timestamp
    private var report = RecordReport()
    private var counters = CounterDeltas()

    init(connection: any SQLConnection, crm: ConnectionID, grip: LaneGrip, now: Timestamp) {
        self.connection = connection
        self.crm = crm
        self.grip = grip
        self.now = now
    }

    /// The job becomes a dead letter; the contact's later activities wait under it, as under any other.
    mutating func discard(_ job: ClaimedJob, because reason: String) throws {
        let isRecord = job.kind == .recordActivity
        try connection.finish(
            [JobResult(job: job.id, outcome: .discarded, failure: .unreadable(reason))], grip: grip,
            policy: RetryPolicy(), holdsFollowers: isRecord, at: now)
        report.workspaces.insert(job.workspace)
        guard isRecord else { return }
        let hasMoved = try connection.execute(
            """
            UPDATE activity SET state = 'dead'
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state = 'waiting'
            """,
            ["workspace_id": job.workspace, "connection_id": crm, "message_id": job.subject])
        if hasMoved == 1 { counters.add("crm.\(crm).dead", 1, workspace: job.workspace) }
    }

    mutating func commit() throws -> RecordReport {
        try counters.write(connection, at: now, node: grip.node)
        return report
    }
}

extension CallFailure {
    fileprivate static func unreadable(_ reason: String) -> CallFailure {
        CallFailure(
            kind: .permanent, code: "unreadable_message", scope: .message, vendorText: String(reason.prefix(500)),
            advice: LocalizedText(
                en: "What is stored of this message cannot be read, so the CRM does not get it. Dismiss it.",
                es: "Lo guardado de este mensaje no se puede leer, así que el CRM no lo recibe. Descártelo."))
    }
}
