import Domain

/// Decides for claimed sends, inside the transaction that marks them.
struct SendMarker {
    let store: Store
    let connection: any SQLConnection
    let grip: LaneGrip
    let now: Timestamp
    private let jobs: [ClaimedJob]
    private var recorder: SendOutcomeRecorder
    private var gate: GateFacts
    /// Of the jobs in hand, those that have not left; nil until they are read.
    private var messages: [MessageID: SQLRow]?
    private var leaving: [(job: JobID, message: MessageID)] = []
    /// Conversations in which the customer will know who writes, and by which message. One that goes to another WhatsApp
    /// account than the conversation is with says so in another thread.
    private var introduced: [ConversationID: MessageID] = [:]

    /// - Parameter jobs: all that will be marked. What they need is read together.
    init(store: Store, connection: any SQLConnection, grip: LaneGrip, now: Timestamp, jobs: [ClaimedJob]) {
        self.store = store
        self.connection = connection
        self.grip = grip
        self.now = now
        self.jobs = jobs
        recorder = SendOutcomeRecorder(store: store, connection: connection, now: now)
        gate = GateFacts(
            connection: connection, now: now, moment: .marking,
            contacts: jobs.map { ContactID(rawValue: $0.orderingKey) })
    }

    /// Writes what was decided; only then may anything leave.
    /// - Returns: what pages and couriers must hear of the refusals.
    mutating func commit() throws -> RecordReport {
        let marked = try connection.markSending(leaving.map(\.job), grip: grip, at: now)
        guard marked == leaving.count else { throw SQLError.conflict("a send was settled meanwhile") }
        try connection.setSending(leaving.map(\.message), in: grip.workspace, at: now)
        try connection.executeMany(
            """
            UPDATE conversation SET sender_known_by = :message_id
            WHERE workspace_id = :workspace_id AND id = :id AND sender_known_by IS NULL AND NOT EXISTS (
                    SELECT 1 FROM message m
                    WHERE m.workspace_id = conversation.workspace_id AND m.id = :message_id
                        AND m.account_id <> conversation.account_id
                )
            """,
            introduced.sorted { $0.key < $1.key }.map { conversation, message in
                ["message_id": message, "workspace_id": grip.workspace, "id": conversation]
            })
        return try recorder.commit()
    }

    /// Nil when the message is gone or has left already, or cannot be read; its job is then closed.
    mutating func mark(_ job: ClaimedJob) throws -> SendJob? {
        do {
            return try markReadable(job)
        } catch SQLError.decoding(let reason) {
            // One row that nobody can read must not stop those behind it.
            try discard(job, because: .unreadable(reason))
            return nil
        }
    }

    private mutating func markReadable(_ job: ClaimedJob) throws -> SendJob? {
        guard let row = try messageRow(MessageID(rawValue: job.subject), in: job.workspace) else {
            try close(job, .completed, nil)
            return nil
        }
        let content: MessageContent = try row.json("content")
        guard let media = content.mediaToUpload else { return try decide(job, row: row, content: content) }
        if let metaID = try uploadedID(of: media, to: row.get("number_id"), in: job.workspace) {
            return try decide(job, row: row, content: content.withUploadedMedia(metaID))
        }
        return try decide(job, row: row, content: content, uploading: media)
    }

    /// - Parameter media: the file that must be at Meta first. What may not leave is not uploaded either; what may is
    ///   asked about again when the file is there.
    private mutating func decide(
        _ job: ClaimedJob, row: SQLRow, content: MessageContent, uploading media: MediaID? = nil
    ) throws -> SendJob {
        let facts = try gate.facts(row, content: content)
        let written = content
        let content = SendGate.completed(written, facts: facts)
        let request = SendRequest(author: try row.author, content: content)
        let message: MessageID = try row.get("id")
        switch SendGate.permit(request, facts: facts, message: message, epoch: grip.epoch) {
        case .failure(.installationHeld):
            // Not the message's fault: it waits for the release.
            try close(job, .snoozed(until: now + .seconds(5)), nil)
            return try sendJob(job, row: row, content: content, state: .refused(.installationHeld))
        case .failure(let refusal):
            let refused = try sendJob(job, row: row, content: content, state: .refused(refusal))
            try refuse(refused, refusal, naming: facts.sender)
            return refused
        case .success(let permit):
            if let media { return try sendJob(job, row: row, content: written, state: .needsUpload(media)) }
            guard let recipient = facts.recipient else { throw SQLError.misuse("a permit without an address") }
            if !facts.isWindowOpen, let room = try makeContact(row) {
                try close(job, .snoozed(until: room), nil)
                return try sendJob(job, row: row, content: content, state: .refused(.portfolioLimitReached))
            }
            leaving.append((job.id, message))
            if content != written {
                try keepLine(of: row, facts: facts)
                try recorder.tellText(of: .init(row, in: job.workspace))
            }
            if try row.get("sender_known_by", as: MessageID?.self) == nil,
                SendGate.introducesSender(content, template: facts.template)
            {
                introduced[try row.get("conversation_id")] = message
            }
            return try sendJob(job, row: row, content: content, state: .permitted(permit, recipient))
        }
    }

    private mutating func refuse(_ job: SendJob, _ refusal: SendRefusal, naming sender: SenderName) throws {
        let failure = CallFailure(
            kind: .permanent, code: refusal.rawValue, scope: .message, vendorText: "",
            advice: refusal.sentence(naming: sender))
        try recorder.settle(.init(job), as: .refused, because: failure)
        try close(job.job, .discarded, failure)
    }

    private mutating func discard(_ job: ClaimedJob, because failure: CallFailure) throws {
        let message = try connection.row(
            """
            SELECT id, contact_id, conversation_id FROM message
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["workspace_id": job.workspace, "id": job.subject])
        if let message {
            try recorder.settle(.init(message, in: job.workspace), as: .failed, because: failure)
        }
        try close(job, .discarded, failure)
    }

    func close(_ job: ClaimedJob, _ outcome: JobOutcome, _ failure: CallFailure?) throws {
        try connection.finish(
            [JobResult(job: job.id, outcome: outcome, failure: failure)], grip: grip, policy: RetryPolicy(),
            holdsFollowers: false, at: now)
    }

    private mutating func messageRow(_ message: MessageID, in workspace: WorkspaceID) throws -> SQLRow? {
        if let messages { return messages[message] }
        let found = try readMessages(in: workspace)
        messages = found
        return found[message]
    }

    private func readMessages(in workspace: WorkspaceID) throws -> [MessageID: SQLRow] {
        let list = SQLValueList("message", jobs.map(\.subject))
        let rows = try connection.rows(
            """
            SELECT m.id, m.workspace_id, m.contact_id, m.conversation_id, m.number_id, m.origin, m.author, m.content,
                m.context, m.received_at, n.phone_number_id, n.messaging_limit, \(SendColumns.ofMessage)
            FROM message m
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            JOIN number n ON n.id = m.number_id AND n.workspace_id = m.workspace_id
            WHERE m.workspace_id = :workspace_id AND m.id IN \(list.sql) AND m.wamid IS NULL AND m.is_inbound = 0
            """, list.arguments(["workspace_id": workspace]))
        return Dictionary(try rows.map { (try $0.get("id"), $0) }) { first, _ in first }
    }

    /// Uploaded files live 30 days at Meta, for the number that they were uploaded to; one that nears its end is
    /// uploaded again. Files that came in are never among them: see
    /// ``SQLConnection/withOwnFile(_:from:in:store:at:)``.
    private func uploadedID(
        of media: MediaID, to number: NumberID, in workspace: WorkspaceID
    ) throws -> String? {
        try connection.value(
            """
            SELECT meta_id FROM media
            WHERE workspace_id = :workspace_id AND id = :id AND number_id = :number_id AND meta_id IS NOT NULL
                AND meta_id_at > :since
            """,
            ["workspace_id": workspace, "id": media, "number_id": number, "since": now - .days(29)])
    }

    private func sendJob(
        _ job: ClaimedJob, row: SQLRow, content: MessageContent, state: SendJob.State
    ) throws -> SendJob {
        SendJob(
            job: job, message: try row.get("id"), contact: try row.get("contact_id"),
            conversation: try row.get("conversation_id"), number: try row.get("number_id"),
            phoneNumberID: try row.get("phone_number_id"), content: content,
            replyTo: try row.jsonIfPresent("context", as: MessageContext.self)?.context?.messageID,
            queuedAt: try row.get("received_at"), state: state)
    }
}

extension SQLRow {
    /// Columns `origin` and `author`.
    var author: SendRequest.Author {
        get throws {
            switch try get("origin", as: String.self) {
            case "automation":
                try get("author", as: String?.self) == MessageCommand.Author.puente ? .consent : .automation
            case "api": .api
            case "crm": .crm
            default: .staff
            }
        }
    }
}

extension MessageContent {
    /// Media that we hold and Meta does not yet.
    var mediaToUpload: MediaID? {
        guard let media = carriedMedia, media.mediaID == nil, media.link == nil else { return nil }
        return media.storedID
    }

    /// The file of a message, or of the heading of a template or an interactive message.
    var carriedMedia: MediaContent? {
        switch self {
        case .media(let media): media
        case .template(let template): template.header.lazy.compactMap(\.media).first
        case .interactive(let content): content.header?.media
        case .text, .location, .contacts, .choice, .order, .reaction, .system, .unsupported: nil
        }
    }

    func withUploadedMedia(_ id: String) -> MessageContent {
        replacingMedia { $0.mediaID = id }
    }

    /// Changes the file of a message, or of the heading of a template or an interactive message.
    func replacingMedia(_ change: (inout MediaContent) -> Void) -> MessageContent {
        switch self {
        case .media(var media):
            change(&media)
            return .media(media)
        case .template(var template):
            template.header = template.header.map { parameter in
                guard var media = parameter.media else { return parameter }
                change(&media)
                return TemplateContent.Parameter(name: parameter.name, value: .media(media))
            }
            return .template(template)
        case .interactive(var content):
            guard var media = content.header?.media else { return self }
            change(&media)
            content.header = .media(media)
            return .interactive(content)
        case .text, .location, .contacts, .choice, .order, .reaction, .system, .unsupported:
            return self
        }
    }
}

extension InteractiveContent.Header {
    fileprivate var media: MediaContent? {
        if case .media(let media) = self { media } else { nil }
    }
}

extension TemplateContent.Parameter {
    fileprivate var media: MediaContent? {
        if case .media(let media) = value { media } else { nil }
    }
}

extension SQLConnection {
    fileprivate func setSending(_ messages: [MessageID], in workspace: WorkspaceID?, at now: Timestamp) throws {
        try executeMany(
            """
            UPDATE message SET status = 'sending', status_at = :now, failure = NULL
            WHERE workspace_id = :workspace_id AND id = :id
            """, messages.map { ["now": now, "workspace_id": workspace, "id": $0] })
    }
}

extension CallFailure {
    fileprivate static func unreadable(_ reason: String) -> CallFailure {
        CallFailure(
            kind: .permanent, code: "unreadable_message", scope: .message, vendorText: String(reason.prefix(500)),
            advice: LocalizedText(
                en: "What is stored of this message cannot be read, so it was not sent. Write it again.",
                es: "Lo guardado de este mensaje no se puede leer, así que no se envió. Escríbalo de nuevo."))
    }
}
