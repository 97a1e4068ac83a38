import Domain

/// Writes what became of sends, inside one transaction: the message's state, the figures, and what the CRMs are told.
struct SendOutcomeRecorder {
    /// The message that a send was of, and where its news is shown.
    struct Subject {
        let message: MessageID
        let contact: ContactID
        let conversation: ConversationID
        let workspace: WorkspaceID
    }

    let store: Store
    let connection: any SQLConnection
    let now: Timestamp
    private var report = RecordReport()
    private var counters = CounterDeltas()
    private var delays = DelayDeltas()
    /// Messages that Meta turned down because their customer wants no promotions.
    private var stopped: [Subject] = []

    init(store: Store, connection: any SQLConnection, now: Timestamp) {
        self.store = store
        self.connection = connection
        self.now = now
    }

    mutating func record(_ outcome: SendOutcome) throws {
        let subject = Subject(outcome.job)
        switch outcome.outcome {
        case .completed: try accept(outcome)
        case .uncertain: try settle(subject, as: .uncertain, because: outcome.failure)
        case .discarded: try settle(subject, as: outcome.failure.endOfMessage, because: outcome.failure)
        case .retried, .snoozed, .verifyFirst: try putBack(subject, because: outcome.failure)
        }
    }

    /// Its text became another: pages show it, and the CRMs are told.
    mutating func tellText(of subject: Subject) throws {
        note(subject)
        try enqueueActivityUpdates(of: subject)
    }

    /// It waits for its next try.
    mutating func putBack(_ subject: Subject, because failure: CallFailure? = nil) throws {
        note(subject)
        try set(.queued, subject, because: failure)
    }

    /// The message goes no further by itself: a person, and the CRMs, are told.
    mutating func settle(_ subject: Subject, as status: MessageStatus, because failure: CallFailure?) throws {
        note(subject)
        try set(status, subject, because: failure)
        try enqueueActivityUpdates(of: subject)
        switch status {
        case .failed, .refused: try connection.noteUndelivered(subject.message, in: subject.workspace)
        default: try connection.forgetSender(namedBy: subject.message, in: subject.workspace)
        }
        if failure?.code == "\(ConsentEvidence.marketingStopped)" { try noteStop(subject) }
    }

    /// Meta's answer says that the customer has stopped promotions. Whoever was merged while it was asked is another by now;
    /// of whoever was erased nothing is written any more.
    private mutating func noteStop(_ subject: Subject) throws {
        let contact = try connection.holdLiving(subject.contact, in: subject.workspace)
        let isThere = try connection.row(
            "SELECT 1 AS one FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": subject.workspace, "id": contact])
        guard isThere != nil else { return }
        let draft = ConsentEntryDraft.marketingStopped(
            Correspondent(contact: contact, account: nil), wamid: nil, message: subject.message, at: now)
        guard try connection.recordConsent(draft, in: subject.workspace, ids: store.ids, at: now) != nil else { return }
        try connection.declineQuestions(of: contact, by: nil, at: now, in: subject.workspace)
        stopped.append(
            Subject(
                message: subject.message, contact: contact, conversation: subject.conversation,
                workspace: subject.workspace))
    }

    /// They hear once that it was understood, where the window lets us.
    private mutating func confirmStops() throws {
        for subject in stopped {
            let voice = ConsentVoice(store: store, connection: connection, workspace: subject.workspace, now: now)
            guard
                let said = try voice.confirmWithdrawal(
                    of: subject.contact, in: subject.conversation, languages: [])
            else { continue }
            report.lanes.formUnion(said.lanes)
        }
        stopped = []
    }

    mutating func commit() throws -> RecordReport {
        try confirmStops()
        try counters.write(connection, at: now, node: store.ids.node)
        try delays.write(connection, at: now, node: store.ids.node)
        return report
    }

    private mutating func note(_ subject: Subject) {
        report.conversations[subject.workspace, default: []].insert(subject.conversation)
        report.workspaces.insert(subject.workspace)
    }

    /// Accepted is not delivered. News that overtook this answer is applied now that the wamid is known.
    private mutating func accept(_ outcome: SendOutcome) throws {
        let job = outcome.job
        note(Subject(job))
        guard let receipt = outcome.receipt else { return }
        let arguments: SQLArguments = [
            "wamid": receipt.messageID, "now": now, "workspace_id": job.job.workspace, "id": job.message,
        ]
        let isFirst = try connection.execute(
            """
            UPDATE message
            SET wamid = :wamid,
                status = CASE WHEN status IN ('queued', 'sending', 'uncertain') THEN 'accepted' ELSE status END,
                status_at = CASE WHEN status IN ('queued', 'sending', 'uncertain') THEN :now ELSE status_at END,
                failure = CASE WHEN status IN ('queued', 'sending', 'uncertain') THEN NULL ELSE failure END
            WHERE workspace_id = :workspace_id AND id = :id AND wamid IS NULL
            """, arguments)
        // Written before, or told by a status that was faster than the answer: nothing is counted twice.
        guard isFirst == 1 else { return }
        if let hold = receipt.hold {
            try connection.note(
                hold, of: job.message, in: job.job.workspace, id: store.ids.next(), at: now)
        }
        try connection.applyEarlyNews(of: receipt.messageID, to: job.message, on: job.number, in: job.job.workspace)
        counters.add("sends.accepted", 1, workspace: job.job.workspace)
        delays.add("sent", from: job.queuedAt, to: now, workspace: job.job.workspace)
        try enqueueActivityUpdates(of: Subject(job))
    }

    /// Only while it stands where this attempt left it: a status may have settled it meanwhile.
    private mutating func set(_ status: MessageStatus, _ subject: Subject, because failure: CallFailure?) throws {
        let arguments: SQLArguments = [
            "status": status, "now": now, "failure": try failure.map(JSONText.encode),
            "workspace_id": subject.workspace, "id": subject.message,
        ]
        let hasChanged = try connection.execute(
            """
            UPDATE message SET status = :status, status_at = :now, failure = :failure
            WHERE workspace_id = :workspace_id AND id = :id AND status IN ('queued', 'sending', 'uncertain')
                AND status <> :status
            """, arguments)
        if hasChanged == 1 {
            counters.add("sends.\(status.rawValue)", 1, workspace: subject.workspace)
        } else {
            try connection.execute(
                """
                UPDATE message SET failure = :failure
                WHERE workspace_id = :workspace_id AND id = :id AND status = :status
                """,
                [
                    "failure": try failure.map(JSONText.encode), "workspace_id": subject.workspace,
                    "id": subject.message, "status": status,
                ])
        }
    }

    private mutating func enqueueActivityUpdates(of subject: Subject) throws {
        for lane in try connection.enqueueActivityUpdates(
            of: subject.message, contact: subject.contact, workspace: subject.workspace, store: store, at: now)
        {
            report.lanes.insert(lane)
        }
    }
}

extension CallFailure? {
    /// Where a message stands whose last attempt ended like this.
    fileprivate var endOfMessage: MessageStatus {
        switch self?.kind {
        case .unknown: .uncertain
        case .permanent, .transient, .throttled, .unreachable, .accountWide, nil: .failed
        }
    }
}

extension SendOutcomeRecorder.Subject {
    init(_ job: SendJob) {
        self.init(
            message: job.message, contact: job.contact, conversation: job.conversation, workspace: job.job.workspace)
    }

    /// - Parameter row: columns of `message`.
    init(_ row: SQLRow, in workspace: WorkspaceID) throws {
        self.init(
            message: try row.get("id"), contact: try row.get("contact_id"),
            conversation: try row.get("conversation_id"), workspace: workspace)
    }
}

extension SQLConnection {
    /// One waiting update per connection that has the message, or will have it.
    func enqueueActivityUpdates(
        of message: MessageID, contact: ContactID, workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws -> [Lane] {
        let connections = try rows(
            """
            SELECT a.connection_id FROM connection c
            CROSS JOIN activity a
            WHERE c.workspace_id = :workspace_id AND a.workspace_id = c.workspace_id AND a.connection_id = c.id
                AND a.message_id = :message_id AND a.state <> 'not_applicable'
            """,
            ["workspace_id": workspace, "message_id": message])
        return try connections.map { row in
            let crm: ConnectionID = try row.get("connection_id")
            let lane = Lane.connection(crm)
            try enqueue(
                NewJob(
                    kind: .updateActivity, workspace: workspace, lane: lane, orderingKey: contact.rawValue,
                    subject: message.rawValue, dedupKey: "update:\(crm):\(message)"),
                id: store.ids.next(), at: now)
            return lane
        }
    }
}
