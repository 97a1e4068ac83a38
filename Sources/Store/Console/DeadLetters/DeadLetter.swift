package import Domain

/// A job that needs a person: discarded, or uncertain while evidence is waited for.
package struct DeadLetter: Sendable {
    package struct Message: Sendable {
        package let id: MessageID
        package let content: MessageContent
        package let isInbound: Bool
        package let at: Timestamp
        package let status: MessageStatus
    }

    package let id: JobID
    /// As the database has it; ``jobKind`` is nil when a newer release made it.
    package let kind: String
    package let lane: Lane?
    /// The number's or the connection's name in the configuration.
    package let laneName: String?
    package let state: JobState
    package let attempts: Int
    package let failure: ShownFailure?
    package let createdAt: Timestamp
    package let changedAt: Timestamp
    /// When a person should have answered; nil while it is uncertain.
    package let answerBy: Timestamp?
    package let message: Message?
    package let person: PersonSummary?
    package let conversation: ConversationID?
    /// How many later jobs of the same contact wait under it.
    package let heldUp: Int
    /// Of a message to a customer: why it would be refused if it were tried again now as it is; nil where it may go.
    package internal(set) var refusal: SendRefusal?
    /// Of a contact that a CRM refuses for one of its fields: what stands there.
    package internal(set) var value: Value?
    /// The contact's record as people see it in the CRM; nil where that is not known.
    package internal(set) var recordPage: String?

    package var jobKind: JobKind? { JobKind(rawValue: kind) }

    /// Nobody knows whether the customer has it: to be repeated only by a person who has asked.
    package var mayHaveBeenSent: Bool {
        jobKind == .send && (state == .uncertain || failure?.kind == .unknown)
    }

    /// The gate turned it down because of whom it goes to, or because they could not tell who writes.
    var wasRefusedForPerson: Bool {
        failure.flatMap { SendRefusal(rawValue: $0.code) }?.isAboutPerson ?? false
    }

    /// The CRM that it was to go to.
    package var connection: ConnectionID? {
        if case .connection(let id)? = lane { id } else { nil }
    }

    /// The message has certainly not left, so its text and its address may still be changed; or a value of the contact that a
    /// CRM refuses may be.
    package var canBeMended: Bool {
        guard state == .discarded else { return false }
        return jobKind == .send ? !mayHaveBeenSent : value?.isMendable ?? false
    }
}

extension DeadLetter {
    static let columns = """
        j.id, j.kind, j.lane, j.state, j.attempt, j.failure, j.created_at, j.changed_at, j.answer_by, j.holds,
            m.id AS message_id, m.kind AS message_kind, m.content, m.is_inbound, m.meta_at, m.status,
            m.conversation_id, c.last_inbound_at, n.waba_id, \(PersonSummary.columns),
            CASE WHEN j.holds = 1 THEN (
                SELECT COUNT(*) FROM job f
                WHERE f.workspace_id = j.workspace_id AND f.lane = j.lane AND f.ordering_key = j.ordering_key
                    AND f.id > j.id AND f.state = 'available'
            ) ELSE 0 END AS held_up
        """

    /// Subjects are messages, media rows or contacts, by the kind of the job.
    static let tables = """
        FROM job j
        LEFT JOIN media f ON j.kind = 'media.fetch' AND f.id = j.subject_id AND f.workspace_id = j.workspace_id
        LEFT JOIN message m ON m.workspace_id = j.workspace_id AND m.id = CASE j.kind
            WHEN 'media.fetch' THEN f.message_id
            WHEN 'crm.contact' THEN NULL
            ELSE j.subject_id
        END
        LEFT JOIN contact p ON p.workspace_id = j.workspace_id AND p.id = CASE j.kind
            WHEN 'crm.contact' THEN j.subject_id
            ELSE m.contact_id
        END
        LEFT JOIN conversation c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
        LEFT JOIN number n ON n.workspace_id = m.workspace_id AND n.id = m.number_id
        """

    /// - Parameter template: reads the template that a message uses, of the WABA.
    init(
        _ row: SQLRow, laneNames: [String: String], now: Timestamp,
        template: (_ content: MessageContent, _ waba: String) throws -> TemplateFacts?
    ) throws {
        let lane: String = try row.get("lane")
        id = try row.get("id")
        kind = try row.get("kind")
        self.lane = Lane(lane)
        laneName = laneNames[lane]
        state = try row.get("state")
        attempts = try row.get("attempt")
        failure = try row.failure("failure")
        createdAt = try row.get("created_at")
        changedAt = try row.get("changed_at")
        answerBy = try row.get("answer_by")
        message = try Message(row)
        person = try PersonSummary.ifPresent(row)
        conversation = try row.get("conversation_id")
        heldUp = try row.get("held_up")
        let sent = kind == JobKind.send.rawValue ? message : nil
        refusal = try sent.flatMap { message in
            let waba = try row.get("waba_id", as: String?.self)
            return SendGate.contentRefusal(
                message.content,
                isWindowOpen: CustomerServiceWindow.isOpen(lastInbound: try row.get("last_inbound_at"), now: now),
                template: try waba.flatMap { try template(message.content, $0) })
        }
    }
}

extension DeadLetter.Message {
    fileprivate init?(_ row: SQLRow) throws {
        guard let id = try row.get("message_id", as: MessageID?.self) else { return nil }
        self.id = id
        content = try row.content("content", kind: "message_kind")
        isInbound = try row.get("is_inbound")
        at = try row.get("meta_at")
        status = try row.get("status")
    }
}
