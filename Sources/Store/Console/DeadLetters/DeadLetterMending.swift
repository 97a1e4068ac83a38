import Domain

/// Changes a message that has certainly not left, inside the transaction that tries it again.
struct DeadLetterMending {
    let settling: DeadLetterSettling

    private var connection: any SQLConnection { settling.connection }
    private var workspace: WorkspaceID { settling.workspace }

    func mend(_ job: JobID, with mend: DeadLetterMend) throws -> DeadLetterReport {
        switch mend {
        case .phone(let digits):
            return try mendMessage(job) { row, contact in
                try give(digits, to: Correspondent(contact: contact, account: try row.get("account_id")))
                return try connection.enqueueContactUpserts(
                    of: contact, in: workspace, store: settling.store, at: settling.now)
            }
        case .content(let content):
            return try mendMessage(job) { row, contact in
                try replace(content, row)
                return try connection.enqueueActivityUpdates(
                    of: try row.get("id"), contact: contact, workspace: workspace, store: settling.store,
                    at: settling.now)
            }
        case .value(let text, let habits):
            return try DeadLetterValueMending(settling: settling).mend(job, with: .text(text, habits))
        case .address(let address):
            return try DeadLetterValueMending(settling: settling).mend(job, with: .address(address))
        }
    }

    /// - Parameter change: gives the lanes that have work by it.
    private func mendMessage(
        _ job: JobID, _ change: (SQLRow, ContactID) throws -> [Lane]
    ) throws -> DeadLetterReport {
        let row = try messageRow(job)
        // Whoever mends what has left once wants it tried, as whoever tries it again.
        if try row.failure("job_failure")?.code != SendRefusal.numberUnreachable.rawValue {
            try connection.forgetUnreachable(at: [row.get("id")], in: workspace)
        }
        let lanes = try change(row, try row.get("contact_id"))
        var report = try settling.retry([job], event: "mended", confirmed: true)
        report.lanes.formUnion(lanes)
        return report
    }

    private func messageRow(_ job: JobID) throws -> SQLRow {
        let row = try connection.row(
            """
            SELECT j.state AS job_state, j.kind AS job_kind, j.failure AS job_failure, m.id, m.workspace_id,
                m.contact_id, m.conversation_id, m.number_id, m.origin, m.author, m.wamid, c.last_message_id,
                \(SendColumns.ofMessage)
            FROM job j
            JOIN message m ON m.id = j.subject_id AND m.workspace_id = j.workspace_id
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            JOIN number n ON n.id = m.number_id AND n.workspace_id = m.workspace_id
            WHERE j.workspace_id = :workspace_id AND j.id = :id
            """,
            ["workspace_id": workspace, "id": job])
        guard let row else { throw PuenteError.noDeadLetter }
        let mayHaveLeft = try row.failure("job_failure")?.kind == .unknown
        guard try row.get("job_kind") == JobKind.send.rawValue,
            try row.get("job_state", as: JobState.self) == .discarded,
            try row.get("wamid", as: String?.self) == nil, !mayHaveLeft
        else { throw PuenteError.cannotBeMended }
        return row
    }

    /// The gate is asked, so that a new text is not refused only when it is about to leave.
    private func replace(_ written: MessageContent, _ row: SQLRow) throws {
        let facts = try connection.sendFacts(row, content: written, now: settling.now, at: .accepting)
        let content = SendGate.completed(written, facts: facts)
        if let refusal = SendGate.check(SendRequest(author: try row.author, content: content), facts: facts),
            refusal != .installationHeld
        {
            throw PuenteError(
                .refused, detail: refusal.rawValue, message: refusal.sentence(naming: facts.sender))
        }
        let message: MessageID = try row.get("id")
        let kept = try connection.withOwnFile(
            content, from: row.get("number_id"), in: workspace, store: settling.store, at: settling.now)
        try connection.attachFile(of: kept, to: message, in: workspace)
        try connection.execute(
            """
            UPDATE message SET content = :content, kind = :kind
            WHERE workspace_id = :workspace_id AND id = :id AND wamid IS NULL
            """,
            [
                "content": try JSONText.encode(kept.rendered(by: facts.template)), "kind": kept.kind,
                "workspace_id": workspace, "id": message,
            ])
        guard try row.get("last_message_id", as: MessageID?.self) == message else { return }
        try connection.execute(
            "UPDATE conversation SET last_preview = :preview WHERE workspace_id = :workspace_id AND id = :id",
            [
                "preview": content.preview, "workspace_id": workspace,
                "id": try row.get("conversation_id", as: ConversationID.self),
            ])
    }

    /// The number that the contact had ends and stays in its history.
    private func give(_ digits: String, to person: Correspondent) throws {
        let contact = person.contact
        let store = settling.store
        let claim = HandleClaim(kind: "phone", scope: "", value: store.canonicalPhone(digits), address: digits)
        try connection.lock(["phone\(claim.value)"], in: workspace)
        let holder = try connection.contact(claimedBy: claim, in: workspace)
        guard holder == nil || holder == contact else { throw PuenteError.handleTaken }
        guard try !connection.isErased(kind: claim.kind, value: claim.value, in: workspace, store: store) else {
            throw PuenteError.addressErased
        }
        try connection.execute(
            """
            UPDATE handle SET valid_to = :now
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND kind = 'phone' AND valid_to IS NULL
                AND COALESCE(account_id, 0) = COALESCE(CAST(:account_id AS BIGINT), 0)
            """,
            [
                "now": settling.now, "workspace_id": workspace, "contact_id": contact, "account_id": person.account,
            ])
        try connection.execute(
            """
            INSERT INTO handle
                (id, workspace_id, contact_id, account_id, kind, scope, value, address, valid_from, evidence)
            VALUES (:id, :workspace_id, :contact_id, :account_id, 'phone', '', :value, :address, :now, 'person')
            """,
            [
                "id": store.ids.next(HandleRow.self), "workspace_id": workspace, "contact_id": contact,
                "account_id": person.account,
                "value": claim.value, "address": claim.address, "now": settling.now,
            ])
        try connection.execute(
            """
            UPDATE contact SET updated_at = :now WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["now": settling.now, "workspace_id": workspace, "id": contact])
        try connection.writeSearchText(of: contact, in: workspace)
    }
}

extension MessageContent {
    /// A template gets its text as the customer will read it.
    func rendered(by template: TemplateFacts?) -> MessageContent {
        guard case .template(var content) = self, let template else { return self }
        content.rendered = template.rendered(with: content)
        return .template(content)
    }
}

extension PuenteError {
    static let noDeadLetter = PuenteError(
        .notFound, en: "This dead letter is not there any more.", es: "Este envío fallido ya no existe.")
    static let cannotBeMended = PuenteError(
        .conflict, detail: "cannot_be_mended",
        en: "Only a message that has certainly not left can be changed.",
        es: "Solo se puede cambiar un mensaje que con seguridad no ha salido.")
    static let handleTaken = PuenteError(
        .conflict, detail: "handle_taken",
        en: "Another contact has this phone number. Write to that contact instead.",
        es: "Otro contacto tiene este número. Escriba a ese contacto.")
}
