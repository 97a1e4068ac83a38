import Domain

/// Decides for one claimed send, inside the transaction that marks it.
struct SendMarker {
    let store: Store
    let connection: any SQLConnection
    let grip: LaneGrip
    let now: Timestamp

    /// Nil when the message is gone or has left already; its job is then closed.
    func mark(_ job: ClaimedJob) throws -> SendJob? {
        guard let row = try messageRow(MessageID(rawValue: job.subject), in: job.workspace) else {
            try close(job, .completed, nil)
            return nil
        }
        let content: MessageContent = try row.json("content")
        if let media = content.mediaToUpload {
            if let metaID = try uploadedID(of: media, in: job.workspace) {
                return try decide(job, row: row, content: content.withUploadedMedia(metaID))
            }
            return try sendJob(job, row: row, content: content, state: .needsUpload(media))
        }
        return try decide(job, row: row, content: content)
    }

    private func decide(_ job: ClaimedJob, row: SQLRow, content: MessageContent) throws -> SendJob {
        let facts = try connection.sendFacts(row, content: content, now: now)
        let request = SendRequest(author: try row.author, content: content)
        let message: MessageID = try row.get("id")
        switch SendGate.permit(request, facts: facts, message: message, epoch: grip.epoch) {
        case .failure(.installationHeld):
            // Not the message's fault: it waits for the release.
            try close(job, .snoozed(until: now + .seconds(5)), nil)
            return try sendJob(job, row: row, content: content, state: .refused(.installationHeld))
        case .failure(let refusal):
            try refuse(job, message: message, refusal: refusal)
            return try sendJob(job, row: row, content: content, state: .refused(refusal))
        case .success(let permit):
            guard let recipient = facts.recipient else { throw SQLError.misuse("a permit without an address") }
            if !facts.isWindowOpen, let room = try makeContact(row) {
                try close(job, .snoozed(until: room), nil)
                return try sendJob(job, row: row, content: content, state: .refused(.portfolioLimitReached))
            }
            _ = try connection.markSending([job.id], grip: grip, at: now)
            try connection.setStatus(.sending, of: message, in: job.workspace, at: now)
            return try sendJob(job, row: row, content: content, state: .permitted(permit, recipient))
        }
    }

    private func refuse(_ job: ClaimedJob, message: MessageID, refusal: SendRefusal) throws {
        let failure = CallFailure(
            kind: .permanent, code: refusal.rawValue, scope: .message, vendorText: "", advice: refusal.sentence)
        try connection.setStatus(.refused, of: message, in: job.workspace, failure: failure, at: now)
        try close(job, .discarded, failure)
    }

    func close(_ job: ClaimedJob, _ outcome: JobOutcome, _ failure: CallFailure?) throws {
        try connection.finish(
            [JobResult(job: job.id, outcome: outcome, failure: failure)], grip: grip, policy: RetryPolicy(),
            holdsFollowers: false, at: now)
    }

    private func messageRow(_ message: MessageID, in workspace: WorkspaceID) throws -> SQLRow? {
        try connection.row(
            """
            SELECT m.id, m.workspace_id, m.contact_id, m.conversation_id, m.number_id, m.origin, m.content, m.context,
                m.received_at, c.owner, c.owner_staff_id, c.last_inbound_at, n.phone_number_id, n.portfolio_id,
                n.waba_id, n.state AS number_state, n.access_token, n.messaging_limit
            FROM message m
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            JOIN number n ON n.id = m.number_id AND n.workspace_id = m.workspace_id
            WHERE m.workspace_id = :workspace_id AND m.id = :id AND m.wamid IS NULL AND m.is_inbound = 0
            """,
            ["workspace_id": workspace, "id": message])
    }

    /// Uploaded files live 30 days at Meta; one that nears its end is uploaded again.
    private func uploadedID(of media: MediaID, in workspace: WorkspaceID) throws -> String? {
        try connection.value(
            """
            SELECT meta_id FROM media
            WHERE workspace_id = :workspace_id AND id = :id AND meta_id IS NOT NULL AND meta_id_at > :since
            """,
            ["workspace_id": workspace, "id": media, "since": now - .days(29)])
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
    var author: SendRequest.Author {
        get throws {
            switch try get("origin", as: String.self) {
            case "automation": .automation
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
        guard case .media(let media) = self, media.mediaID == nil, media.link == nil else { return nil }
        return media.storedID
    }

    func withUploadedMedia(_ id: String) -> MessageContent {
        guard case .media(var media) = self else { return self }
        media.mediaID = id
        return .media(media)
    }
}

extension SQLConnection {
    func setStatus(
        _ status: MessageStatus, of message: MessageID, in workspace: WorkspaceID, failure: CallFailure? = nil,
        at now: Timestamp
    ) throws {
        try execute(
            """
            UPDATE message SET status = :status, status_at = :now, failure = :failure
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "status": status, "now": now, "failure": try failure.map(JSONText.encode), "workspace_id": workspace,
                "id": message,
            ])
    }
}
