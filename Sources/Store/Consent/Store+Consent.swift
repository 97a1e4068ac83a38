package import Domain

extension Store {
    /// Of a contact's ledger, shown at once.
    package static let mostEntries = 500

    /// Adds what somebody of the company, or a program, was told. Who said no is not made to say yes by it without words:
    /// see ``Domain/ConsentStanding/of(_:)``.
    ///
    /// - Parameter draft: of a source among ``Domain/ConsentSource/told``.
    /// - Throws: `notFound`.
    @discardableResult
    package func recordConsent(_ draft: ConsentEntryDraft, in workspace: WorkspaceID) async throws -> ConsentOutcome {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            var draft = draft
            draft.contact = try connection.livingContact(draft.contact, isHeld: true, in: workspace)
            guard let outcome = try connection.recordConsent(draft, in: workspace, ids: store.ids, at: now) else {
                throw SQLError.misuse("what people write down names no message")
            }
            try connection.note(
                .consentRecorded, of: draft.contact.rawValue, by: draft.actor, in: workspace,
                detail: ["purpose": draft.purpose.rawValue, "change": draft.change.rawValue], store: store, at: now)
            if draft.purpose == .marketing, draft.change == .withdrawn {
                try connection.declineQuestions(of: draft.contact, by: nil, at: draft.at, in: workspace)
            }
            return outcome
        }
    }

    /// Nil when there is no such contact. One that was merged is the one that it became.
    package func consent(of contact: ContactID, in workspace: WorkspaceID) async throws -> ConsentFile? {
        let now = now()
        return try await database.read(on: .console) { connection in
            let contact = try connection.living(contact, in: workspace)
            let row = try connection.row(
                "SELECT \(PersonSummary.columns) FROM contact p WHERE p.workspace_id = :workspace_id AND p.id = :id",
                ["workspace_id": workspace, "id": contact])
            guard let row else { return nil }
            let history = try connection.consentHistory(of: contact, in: workspace)
            let newest = history.entries.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
            return ConsentFile(
                person: try PersonSummary(row),
                standing: try connection.recipientStanding(of: contact, in: workspace),
                entries: Array(newest.prefix(Self.mostEntries)),
                questions: try connection.questions(of: contact, in: workspace),
                askRefusal: OptInRefusal.of(
                    history, isWaiting: try connection.hasWaitingQuestion(contact, in: workspace, at: now)))
        }
    }

    /// The entry that was just written, or any other of the contact.
    package func consentEntry(
        _ id: ConsentEntryID, in workspace: WorkspaceID
    ) async throws -> ConsentEntry? {
        try await database.read(on: .console) { connection in
            try connection.row(
                "SELECT \(ConsentEntry.columns) FROM consent_entry WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id]
            ).map(ConsentEntry.init)
        }
    }
}

extension SQLConnection {
    fileprivate func questions(of contact: ContactID, in workspace: WorkspaceID) throws -> [ConsentFile.Question] {
        try rows(
            """
            SELECT o.id, o.state, o.words, o.actor, o.asked_at, o.remind_at, o.expires_at, o.answered_at,
                r.meta_at AS reminded_at, m.status AS message_status, m.conversation_id
            FROM opt_in o
            LEFT JOIN message m ON m.workspace_id = o.workspace_id AND m.id = o.message_id
            LEFT JOIN message r ON r.workspace_id = o.workspace_id AND r.id = o.reminder_message_id
            WHERE o.workspace_id = :workspace_id AND o.contact_id = :contact_id
            ORDER BY o.id DESC
            LIMIT 50
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map(ConsentFile.Question.init)
    }
}
