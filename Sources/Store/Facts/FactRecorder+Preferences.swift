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
        let contact = try correspondent(
            of: preference.participant, on: number, at: preference.at, wamid: reference
        ).contact
        let draft = ConsentEntryDraft(
            contact: contact, purpose: .marketing, change: change, source: .meta, words: preference.detail ?? "",
            at: preference.at, actor: ConsentEntry.person,
            evidence: ConsentEvidence(reference: reference))
        switch change {
        case .withdrawn:
            try withdraw(draft, try occasion(of: contact, at: preference.at, on: number), languages: [])
        case .granted, .requested:
            try connection.recordConsent(draft, in: number.workspace, ids: store.ids, at: now)
        }
    }

    /// Meta turned a promotion down because the customer stopped promotions (131050).
    /// - Parameter message: ours, when it is known already.
    mutating func hearStop(in status: ReceivedStatus, of message: OutboundRow?, on number: RoutingTable.Number) throws {
        guard !status.isGroup, status.failures.contains(where: { $0.code == ConsentEvidence.marketingStopped }),
            let contact = try message?.contact ?? contact(known: status.recipient, on: number)
        else { return }
        var occasion = try occasion(of: contact, at: status.at, on: number)
        if let message { occasion = occasion.with(message.conversation) }
        try withdraw(
            .marketingStopped(contact, wamid: status.messageID, message: message?.id, at: status.at), occasion,
            languages: [])
    }

    private func contact(known participant: Participant, on number: RoutingTable.Number) throws -> ContactID? {
        for claim in handleClaims(of: participant, on: number) {
            if let owner = try owner(of: claim, in: number.workspace) { return owner.contact }
        }
        return nil
    }

    /// In the open conversation with the number, when there is one: none is begun for it.
    private func occasion(
        of contact: ContactID, at: Timestamp, on number: RoutingTable.Number
    ) throws -> ConsentOccasion {
        let open = try connection.value(
            """
            SELECT id FROM conversation
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                AND state = 'open'
            """,
            ["workspace_id": number.workspace, "number_id": number.id, "contact_id": contact], as: ConversationID.self)
        return ConsentOccasion(
            contact: contact, conversation: open, workspace: number.workspace, at: at, isAnswered: true)
    }
}

extension FactRecorder.ConsentOccasion {
    fileprivate func with(_ conversation: ConversationID) -> Self {
        Self(contact: contact, conversation: conversation, workspace: workspace, at: at, isAnswered: isAnswered)
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
        _ contact: ContactID, wamid: String?, message: MessageID?, at: Timestamp
    ) -> ConsentEntryDraft {
        ConsentEntryDraft(
            contact: contact, purpose: .marketing, change: .withdrawn, source: .meta, at: at,
            actor: ConsentEntry.person,
            evidence: ConsentEvidence(wamid: wamid, code: "\(ConsentEvidence.marketingStopped)"), message: message)
    }
}
