import Domain

/// What customers and Meta say about consent counts in the same transaction that records that they said it: a message that
/// is marked afterwards is refused.
extension FactRecorder {
    /// What Puente has to answer, once the batch's conversations are written.
    struct ConsentReply {
        enum Kind {
            case confirmation, question, thanks
        }

        let kind: Kind
        let conversation: ConversationID
        let workspace: WorkspaceID
        /// Of the word that was understood.
        let languages: [ConsentLanguage]
        /// When the word was said.
        let at: Timestamp

        /// Of two words that came in one batch the later one is answered, in whatever order they came; of two in one
        /// second the no, as in the ledger.
        func isAnswered(before other: ConsentReply) -> Bool {
            let (second, otherSecond) = (at.milliseconds / 1000, other.at.milliseconds / 1000)
            guard second == otherSecond else { return second > otherSecond }
            return kind == .confirmation || other.kind != .confirmation
        }
    }

    /// Where and when something was said.
    struct ConsentOccasion {
        let contact: ContactID
        /// Which of a merged person's WhatsApp accounts says it; nil as long as they have one.
        let account: ContactID?
        /// Nil where there is none, as for news of Meta's.
        let conversation: ConversationID?
        let workspace: WorkspaceID
        let at: Timestamp
        /// What is from long ago, from a phone's history or written in a group is not answered.
        let isAnswered: Bool
    }

    mutating func hearConsent(
        in message: ReceivedMessage, id: MessageID, of person: Correspondent, conversation: ConversationID,
        on number: RoutingTable.Number
    ) throws {
        guard message.isInbound else { return }
        let occasion = ConsentOccasion(
            contact: person.contact, account: person.account, conversation: conversation, workspace: number.workspace,
            at: message.at, isAnswered: message.origin == .customer && message.groupID == nil)
        if let button = OptInButton(message.content), try hear(button, in: message, id: id, occasion) { return }
        if let hit = try hit(in: message.content, workspace: number.workspace) {
            try hear(hit, wamid: message.id, message: id, occasion)
        }
    }

    /// A message that was changed to such a word says it, too.
    mutating func hearConsent(
        inEdit version: SQLRow, of message: MessageID, in conversation: ConversationID, on number: RoutingTable.Number
    ) throws {
        guard try version.get("kind") == "edit",
            let hit = try hit(in: version.json("content"), workspace: number.workspace),
            let row = try connection.row(
                """
                SELECT contact_id, account_id, is_inbound, origin, context FROM message
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["workspace_id": number.workspace, "id": message]), try row.get("is_inbound")
        else { return }
        let isInGroup = try row.jsonIfPresent("context", as: MessageContext.self)?.groupID != nil
        let occasion = ConsentOccasion(
            contact: try row.get("contact_id"), account: try row.get("account_id"), conversation: conversation,
            workspace: number.workspace, at: try version.get("at"),
            isAnswered: try row.get("origin") == "customer" && !isInGroup)
        let event: String = try version.get("event_wamid")
        try hear(hit, wamid: event, message: message, edit: event, occasion)
    }

    private mutating func hit(in content: MessageContent, workspace: WorkspaceID) throws -> ConsentVocabulary.Hit? {
        switch content {
        // Sentences are told apart before the company's words are read.
        case .text(let text): guard SpokenWord.isShort(text.body) else { return nil }
        case .choice: break
        default: return nil
        }
        if vocabularies[workspace] == nil {
            vocabularies[workspace] = try connection.consentSettings(in: workspace).vocabulary
        }
        return vocabularies[workspace]?.hit(content)
    }

    private mutating func hear(
        _ hit: ConsentVocabulary.Hit, wamid: String, message: MessageID, edit: String = "", _ occasion: ConsentOccasion
    ) throws {
        var draft = ConsentEntryDraft(
            contact: occasion.contact, purpose: .marketing, change: .withdrawn, source: .message, words: hit.words,
            at: occasion.at, actor: ConsentEntry.person,
            evidence: ConsentEvidence(wamid: wamid, account: occasion.account), message: message, edit: edit)
        switch hit.meaning {
        case .withdrawal:
            try withdraw(draft, occasion, languages: hit.languages)
        case .start:
            draft.change = .requested
            try request(draft, occasion, languages: hit.languages)
        }
    }

    /// - Parameter draft: of the person's own word, or Meta's.
    mutating func withdraw(
        _ draft: ConsentEntryDraft, _ occasion: ConsentOccasion, languages: [ConsentLanguage]
    ) throws {
        let workspace = occasion.workspace
        if try !isRepeated(draft, after: newestWord(before: draft, in: workspace), in: workspace) {
            guard try connection.recordConsent(draft, in: workspace, ids: store.ids, at: now) != nil else { return }
            try connection.declineQuestions(of: draft.contact, by: draft.message, at: draft.at, in: workspace)
        }
        // A no from before a later yes ends nothing.
        let standing = try connection.consentStandings(of: [draft.contact], in: workspace)
        guard standing[draft.contact]?[draft.purpose]?.word == .withdrawn else { return }
        reply(.confirmation, to: occasion, languages: languages)
    }

    /// Whoever has confirmed a yes is not asked, whoever was asked is not asked twice: see ``OptInRefusal``.
    private mutating func request(
        _ draft: ConsentEntryDraft, _ occasion: ConsentOccasion, languages: [ConsentLanguage]
    ) throws {
        let standing = try connection.consentStandings(of: [draft.contact], in: occasion.workspace)
        guard standing[draft.contact]?[.marketing]?.isDouble != true else { return }
        let newest = try newestWord(before: draft, in: occasion.workspace)
        if try !isRepeated(draft, after: newest, in: occasion.workspace) {
            guard try connection.recordConsent(draft, in: occasion.workspace, ids: store.ids, at: now) != nil
            else { return }
            // One that comes late, and was said before the no, opens nothing.
            if newest.map({ $0.at <= draft.at }) ?? false {
                try connection.reopenWithdrawal(of: draft.contact, in: occasion.workspace)
            }
        }
        reply(.question, to: occasion, languages: languages)
    }

    mutating func reply(
        _ kind: ConsentReply.Kind, to occasion: ConsentOccasion, languages: [ConsentLanguage] = []
    ) {
        guard occasion.isAnswered, let conversation = occasion.conversation,
            AutomationAge.isFresh(occasion.at, now: now)
        else { return }
        let reply = ConsentReply(
            kind: kind, conversation: conversation, workspace: occasion.workspace, languages: languages,
            at: occasion.at)
        keep(reply, for: occasion.contact)
    }

    mutating func keep(_ reply: ConsentReply, for contact: ContactID) {
        if let kept = consentReplies[contact], !reply.isAnswered(before: kept) { return }
        consentReplies[contact] = reply
    }

    /// The newest entry of the draft's person and purpose.
    private func newestWord(before draft: ConsentEntryDraft, in workspace: WorkspaceID) throws -> NewestWord? {
        try connection.row(
            """
            SELECT change, source, at, evidence FROM consent_entry
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND purpose = :purpose
            ORDER BY at DESC, id DESC LIMIT 1
            """,
            ["workspace_id": workspace, "contact_id": draft.contact, "purpose": draft.purpose]
        ).map(NewestWord.init)
    }

    /// The same word once more, by the same account, with nothing between: it is in the thread, and the ledger need not grow
    /// with it. Of somebody who was several each account's word is kept: an undo gives each their own.
    private func isRepeated(
        _ draft: ConsentEntryDraft, after newest: NewestWord?, in workspace: WorkspaceID
    ) throws -> Bool {
        guard let newest, newest.says(draft), newest.account == draft.evidence.account else { return false }
        return try draft.evidence.account != nil || !connection.isMerged(draft.contact, in: workspace)
    }
}

extension SQLConnection {
    /// Whether others were merged into the contact.
    func isMerged(_ contact: ContactID, in workspace: WorkspaceID) throws -> Bool {
        try row(
            "SELECT 1 AS one FROM contact WHERE workspace_id = :workspace_id AND merged_into = :contact LIMIT 1",
            ["workspace_id": workspace, "contact": contact]) != nil
    }
}

private struct NewestWord {
    let change: ConsentEntry.Change
    let source: ConsentSource
    let at: Timestamp
    let account: ContactID?

    init(_ row: SQLRow) throws {
        change = try row.get("change")
        source = try row.get("source")
        at = try row.get("at")
        account = try row.decoration("evidence", as: ConsentEvidence.self)?.account
    }

    func says(_ draft: ConsentEntryDraft) -> Bool {
        change == draft.change && source == draft.source && at <= draft.at
    }
}
