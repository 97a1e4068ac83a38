import Domain

/// What Meta says of a customer's wish.
extension FactRecorder {
    private static let marketing = "marketing_messages"

    /// The customer stopped or resumed this company's marketing inside WhatsApp.
    mutating func hear(_ preference: ContactPreference, on number: RoutingTable.Number) throws {
        guard preference.category == Self.marketing, preference.participant.isIdentified,
            let change = preference.change,
            try !isErased(preference.participant, after: preference.at, on: number)
        else { return }
        let reference = "user_preferences: \(preference.value)"
        let person = try correspondent(
            of: preference.participant, on: number, at: preference.at, wamid: reference)
        let draft = ConsentEntryDraft(
            contact: person.contact, purpose: .marketing, change: change, source: .meta, words: preference.detail ?? "",
            at: preference.at, actor: ConsentEntry.person,
            evidence: ConsentEvidence(reference: reference, account: person.account))
        switch change {
        case .withdrawn:
            try withdraw(draft, try occasion(of: person, at: preference.at, on: number), languages: [])
        case .granted, .requested:
            try connection.recordConsent(draft, in: number.workspace, ids: store.ids, at: now)
        }
    }

    /// Meta turned a promotion down because the customer stopped promotions (131050).
    /// - Parameter message: ours, when it is known already.
    mutating func hearStop(in status: ReceivedStatus, of message: OutboundRow?, on number: RoutingTable.Number) throws {
        guard !status.isGroup, status.failures.contains(where: { $0.code == ConsentEvidence.marketingStopped }),
            let person = try message?.correspondent ?? correspondent(known: status.recipient, on: number)
        else { return }
        var occasion = try occasion(of: person, at: status.at, on: number)
        if let message { occasion = occasion.with(message.conversation) }
        try withdraw(
            .marketingStopped(person, wamid: status.messageID, message: message?.id, at: status.at), occasion,
            languages: [])
    }

    private func correspondent(
        known participant: Participant, on number: RoutingTable.Number
    ) throws -> Correspondent? {
        for claim in handleClaims(of: participant, on: number) {
            if let owner = try owner(of: claim, in: number.workspace) { return owner.correspondent }
        }
        return nil
    }

    /// In the open conversation with the number, when there is one: none is begun for it.
    private func occasion(
        of person: Correspondent, at: Timestamp, on number: RoutingTable.Number
    ) throws -> ConsentOccasion {
        let open = try connection.value(
            """
            SELECT id FROM conversation
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                AND state = 'open'
            """,
            ["workspace_id": number.workspace, "number_id": number.id, "contact_id": person.contact],
            as: ConversationID.self)
        return ConsentOccasion(
            contact: person.contact, account: person.account, conversation: open, workspace: number.workspace, at: at,
            isAnswered: true)
    }
}

extension FactRecorder.ConsentOccasion {
    fileprivate func with(_ conversation: ConversationID) -> Self {
        Self(
            contact: contact, account: account, conversation: conversation, workspace: workspace, at: at,
            isAnswered: isAnswered)
    }
}

extension ContactPreference {
    /// Nil for a word of Meta's that this version does not know.
    fileprivate var change: ConsentEntry.Change? {
        switch value {
        case "stop": .withdrawn
        case "resume": .granted
        default: nil
        }
    }
}

extension ConsentEvidence {
    /// Meta's error: the customer has stopped this company's marketing.
    static let marketingStopped = 131_050
}

extension ConsentEntryDraft {
    /// - Parameter message: of ours, that was turned down.
    static func marketingStopped(
        _ person: Correspondent, wamid: String?, message: MessageID?, at: Timestamp
    ) -> ConsentEntryDraft {
        ConsentEntryDraft(
            contact: person.contact, purpose: .marketing, change: .withdrawn, source: .meta, at: at,
            actor: ConsentEntry.person,
            evidence: ConsentEvidence(
                wamid: wamid, code: "\(ConsentEvidence.marketingStopped)", account: person.account), message: message)
    }
}
