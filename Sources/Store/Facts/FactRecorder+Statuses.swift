import Domain

extension FactRecorder {
    /// Each piece of news is kept once with its time; the message shows the furthest it has come.
    mutating func record(_ status: ReceivedStatus, on number: RoutingTable.Number) throws {
        let message = try message(of: status, on: number)
        guard try message != nil || !isErased(status.messageID, on: number) else {
            return count("statuses", "duplicates", workspace: number.workspace)
        }
        let isNew = try connection.execute(
            """
            INSERT INTO status_event
                (id, workspace_id, number_id, wamid, message_id, status, participant, at, stored_at, detail)
            VALUES
                (:id, :workspace_id, :number_id, :wamid, :message_id, :status, :participant, :at, :stored_at, :detail)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": store.ids.next(JobRow.self), "workspace_id": number.workspace, "number_id": number.id,
                "wamid": status.messageID, "message_id": message?.id, "status": status.name,
                "participant": status.groupParticipantID ?? "", "at": status.at, "stored_at": now,
                "detail": try status.detailJSON(),
            ])
        guard isNew == 1 else { return count("statuses", "duplicates", workspace: number.workspace) }
        count("statuses", "stored", workspace: number.workspace)
        try hearStop(in: status, of: message, on: number)
        guard let message else { return }
        let contact = try learnHandles(from: status, of: message, on: number)
        try apply(status, to: message, of: contact, on: number)
    }

    /// The message it speaks of: by wamid, or by the callback data that we sent along when Meta's answer was lost.
    private mutating func message(of status: ReceivedStatus, on number: RoutingTable.Number) throws -> OutboundRow? {
        if let known = try outboundRow("wamid = :key", key: status.messageID.sqlValue, on: number) { return known }
        guard let id = status.callbackData.flatMap(MessageID.init) else { return nil }
        guard let row = try outboundRow("id = :key AND wamid IS NULL", key: id.sqlValue, on: number) else { return nil }
        try connection.execute(
            "UPDATE message SET wamid = :wamid WHERE workspace_id = :workspace_id AND id = :id",
            ["wamid": status.messageID, "workspace_id": number.workspace, "id": row.id])
        // Whatever earlier news makes of its status: this is the evidence that it left. Meta's answer, should it still
        // come, finds the wamid written and counts nothing.
        try connection.settleSend(of: row.id, in: number.workspace, at: now)
        counters.add("sends.accepted", 1, workspace: number.workspace)
        try connection.applyEarlyNews(of: status.messageID, to: row.id, on: number.id, in: number.workspace)
        return try outboundRow("wamid = :key", key: status.messageID.sqlValue, on: number)
    }

    struct OutboundRow {
        let id: MessageID
        let contact: ContactID
        let account: ContactID?
        let conversation: ConversationID
        let status: MessageStatus
        let hasPricing: Bool

        var correspondent: Correspondent { Correspondent(contact: contact, account: account) }
    }

    private func outboundRow(
        _ condition: String, key: SQLValue, on number: RoutingTable.Number
    ) throws -> OutboundRow? {
        let row = try connection.row(
            """
            SELECT id, contact_id, account_id, conversation_id, status, pricing FROM message
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND is_inbound = 0 AND \(condition)
            \(connection.dialect.forUpdate)
            """,
            SQLArguments([
                ("workspace_id", number.workspace.sqlValue), ("number_id", number.id.sqlValue), ("key", key),
            ]))
        return try row.map {
            OutboundRow(
                id: try $0.get("id"), contact: try $0.get("contact_id"), account: try $0.get("account_id"),
                conversation: try $0.get("conversation_id"), status: try $0.get("status"),
                hasPricing: try $0.get("pricing", as: String?.self) != nil)
        }
    }

    private mutating func apply(
        _ status: ReceivedStatus, to message: OutboundRow, of contact: ContactID, on number: RoutingTable.Number
    ) throws {
        if let pricing = status.pricing, !message.hasPricing {
            try connection.execute(
                "UPDATE message SET pricing = :pricing WHERE workspace_id = :workspace_id AND id = :id",
                ["pricing": try JSONText.encode(pricing), "workspace_id": number.workspace, "id": message.id])
        }
        // A group's members each have their own news; the message itself shows the first to get that far.
        guard let next = status.status, message.status.advances(to: next) else { return }
        try connection.execute(
            """
            UPDATE message SET status = :status, status_at = :at, failure = :failure
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "status": next, "at": status.at, "failure": try status.failures.first.map(JSONText.encode),
                "workspace_id": number.workspace, "id": message.id,
            ])
        if message.status.rank < MessageStatus.accepted.rank {
            try connection.settleSend(of: message.id, in: number.workspace, at: now)
        }
        if next == .failed { try connection.noteUndelivered(message.id, in: number.workspace) }
        if next.isArrival {
            let person = Correspondent(contact: contact, account: message.account)
            noteReached(person, number: status.recipient.waID, at: status.at, on: number)
        }
        report.conversations[number.workspace, default: []].insert(message.conversation)
        try enqueueActivityUpdates(of: message.id, contact: contact, workspace: number.workspace)
    }

    /// A status may name the customer's BSUID or number for the first time, or one that only a CRM told of: Meta's own
    /// evidence.
    /// - Returns: the contact, which may have turned out to be another's as well.
    private mutating func learnHandles(
        from status: ReceivedStatus, of message: OutboundRow, on number: RoutingTable.Number
    ) throws -> ContactID {
        guard !status.isGroup else { return message.contact }
        let claims = handleClaims(of: status.recipient, on: number)
        let owners = try claims.map { try owner(of: $0, at: status.at, in: number.workspace) }
        let found = try identify(claims, owners, in: number.workspace)
        if let found, !found.same.isEmpty {
            try join([found.owner.contact] + found.same, because: status.messageID, in: number.workspace)
            return try connection.living(message.contact, in: number.workspace)
        }
        // The number it went to may be somebody else's by now: then the news is of a stranger's handles.
        let isTheirs = found.map { $0.owner.contact == message.contact } ?? owners.allSatisfy { $0 == nil }
        guard isTheirs else { return message.contact }
        let account = owners.lazy.compactMap(\.self).first { $0.contact == message.contact }?.account ?? message.account
        let person = Correspondent(contact: message.contact, account: account)
        for (claim, owner) in zip(claims, owners) {
            guard owner.map({ $0.isClaim && $0.contact == person.contact }) ?? true else { continue }
            try assign(claim, to: person, in: number.workspace, evidence: "status")
            try noteHandles(of: person.contact, in: number.workspace)
            if claim.isToldToCRMs { changedContacts[person.contact] = number.workspace }
        }
        return person.contact
    }
}

extension ReceivedStatus {
    fileprivate func detailJSON() throws -> String? {
        guard !failures.isEmpty || pricing != nil else { return nil }
        return try JSONText.encode(StatusDetail(failures: failures.isEmpty ? nil : failures, pricing: pricing))
    }
}

extension SQLConnection {
    /// Evidence came that a message left: its job is done, also when it stands among the dead letters as
    /// "may have been sent".
    func settleSend(of message: MessageID, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE job SET state = 'completed', holds = 0, changed_at = :now
            WHERE workspace_id = :workspace_id AND subject_id = :subject_id AND kind = 'whatsapp.send'
                AND state IN ('sending', 'uncertain', 'discarded')
            """,
            ["now": now, "workspace_id": workspace, "subject_id": message])
    }
}
