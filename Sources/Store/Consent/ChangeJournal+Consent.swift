import Domain

/// Consent that comes with an import, a merge or a bulk action, and goes with it when that is put back.
extension ChangeJournal {
    mutating func recordConsent(_ draft: ConsentEntryDraft, ids: IDGenerator, at now: Timestamp) throws {
        try recordConsent([draft], ids: ids, at: now)
    }

    /// Adds words to the ledger: a few statements for all of them together.
    /// - Parameter drafts: those of an import name no message.
    mutating func recordConsent(_ drafts: [ConsentEntryDraft], ids: IDGenerator, at now: Timestamp) throws {
        guard !drafts.isEmpty else { return }
        try connection.lockConsent(of: Set(drafts.map(\.contact)), in: workspace)
        try insertMany(
            .consentEntry,
            try drafts.map { draft in
                var draft = draft
                draft.evidence.change = change
                return (try draft.columns(id: ids.next(), at: now), draft.contact)
            })
        try writeConsent(of: Set(drafts.map(\.contact)))
    }

    /// Brings what is kept of a contact in line with its entries, after entries were moved to it.
    ///
    /// Of those that were found to be one person the strictest wins, whatever their times: a no beats a yes, a plain yes a
    /// confirmed one. Where the entries alone would come to more, an entry of the source `merge` says what was decided. So
    /// it does where somebody joined two accounts and Meta alone told of a no: the one account's "resume" takes back
    /// nothing that the other's owner said.
    ///
    /// - Parameters:
    ///   - contact: whom the entries belong to now.
    ///   - others: the contacts that were merged into it, whose rows of `consent` are still there; they are taken away.
    ///   - draft: who merged them, and why.
    mutating func recomputeConsent(
        of contact: ContactID, merging others: [ContactID], by draft: MergeDraft, ids: IDGenerator, at now: Timestamp
    ) throws {
        let all = [contact] + others
        try connection.lockConsent(of: Set(all), in: workspace)
        let sides = try connection.consentRows(of: all, in: workspace)
        for other in others { try forgetConsent(of: other, sides[other] ?? [:]) }
        let history = try connection.consentHistory(of: contact, in: workspace)
        for purpose in ConsentPurpose.allCases {
            let strictest = all.map { sides[$0]?[purpose]?.standing }
                .reduce(ConsentStanding?.none, ConsentStanding.strictest)
            let mayBeLost = draft.reason == .byHand && history.mayBeResumed(purpose)
            guard let strictest, mayBeLost || strictest.isStricter(than: history.standing(purpose)) else { continue }
            try insert(
                .consentEntry,
                try ConsentEntryDraft(
                    contact: contact, purpose: purpose, change: strictest.word == .granted ? .granted : .withdrawn,
                    isDouble: strictest.isDouble, source: .merge, at: now, actor: draft.actor,
                    evidence: ConsentEvidence(change: change)
                ).columns(id: ids.next(), at: now), of: contact)
        }
        try writeConsent(of: [contact])
        try keepConfirmation(of: contact, from: others.compactMap { sides[$0]?[.marketing]?.confirmation }.first)
    }

    private mutating func forgetConsent(of contact: ContactID, _ rows: [ConsentPurpose: ConsentRow]) throws {
        for purpose in ConsentPurpose.allCases where rows[purpose] != nil {
            try delete(.consent, key: ["contact_id": contact, "purpose": purpose], of: contact)
        }
    }

    /// A no that was confirmed to the one is not confirmed to the other: they are one person.
    private mutating func keepConfirmation(of contact: ContactID, from message: MessageID?) throws {
        let row = try connection.consentRows(of: [contact], in: workspace)[contact]?[.marketing]
        guard let message, let row, row.standing.word == .withdrawn, row.confirmation == nil else { return }
        try update(
            .consent, key: ["contact_id": contact, "purpose": ConsentPurpose.marketing],
            set: ["confirmation_id": message], of: contact)
    }

    private mutating func writeConsent(of contacts: Set<ContactID>) throws {
        let changes = try connection.consentChanges(of: contacts, in: workspace)
        try insertMany(
            .consent,
            changes.compactMap { change in
                guard !change.isKnown, let row = change.row else { return nil }
                return (change.key.and(row), change.contact)
            })
        for change in changes where change.isKnown {
            if let row = change.row {
                try update(.consent, key: change.key, set: row, of: change.contact)
            } else {
                try delete(.consent, key: change.key, of: change.contact)
            }
        }
    }
}
