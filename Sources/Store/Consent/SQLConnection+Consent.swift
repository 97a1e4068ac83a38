import Domain

/// The ledger of consent is written here and nowhere else: an entry is added, and what all entries come to is kept beside
/// them for the send gate and for lists.
extension SQLConnection {
    /// Adds a word to the ledger.
    /// - Returns: what it brought about; nil when the same message has said it before.
    @discardableResult
    func recordConsent(
        _ draft: ConsentEntryDraft, in workspace: WorkspaceID, ids: IDGenerator, at now: Timestamp
    ) throws -> ConsentOutcome? {
        try lockConsent(of: [draft.contact], in: workspace)
        let id: ConsentEntryID = ids.next()
        var columns = try draft.columns(id: id, at: now)
        columns.set("workspace_id", workspace)
        let inserted = try execute(
            """
            INSERT INTO consent_entry
                (id, workspace_id, contact_id, purpose, change, is_double, source, words, at, recorded_at, actor,
                 evidence, message_id, edit_wamid, change_id)
            VALUES
                (:id, :workspace_id, :contact_id, :purpose, :change, :is_double, :source, :words, :at, :recorded_at,
                 :actor, :evidence, :message_id, :edit_wamid, :change_id)
            ON CONFLICT DO NOTHING
            """, columns)
        guard inserted == 1 else { return nil }
        let before = try consentStandings(of: [draft.contact], in: workspace)[draft.contact]?[draft.purpose]
        try recomputeConsent(of: [draft.contact], in: workspace)
        let after = try consentStandings(of: [draft.contact], in: workspace)[draft.contact]?[draft.purpose]
        return ConsentOutcome(entry: id, before: before, after: after)
    }

    /// Brings what is kept of the contacts in line with their entries. What is so already is not written.
    func recomputeConsent(of contacts: Set<ContactID>, in workspace: WorkspaceID) throws {
        for change in try consentChanges(of: contacts, in: workspace) {
            if let row = change.row {
                try execute(
                    """
                    INSERT INTO consent
                        (workspace_id, contact_id, purpose, standing, is_double, since, entry_id, confirmation_id)
                    VALUES
                        (:workspace_id, :contact_id, :purpose, :standing, :is_double, :since, :entry_id,
                         :confirmation_id)
                    ON CONFLICT (workspace_id, contact_id, purpose) DO UPDATE
                    SET standing = excluded.standing, is_double = excluded.is_double, since = excluded.since,
                        entry_id = excluded.entry_id, confirmation_id = excluded.confirmation_id
                    """, change.key.and(row).and(["workspace_id": workspace]))
            } else {
                try execute(
                    """
                    DELETE FROM consent
                    WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND purpose = :purpose
                    """, change.key.and(["workspace_id": workspace]))
            }
        }
    }

    /// Somebody who said no asks for messages after all: the next no is one of its own, and is confirmed again.
    func reopenWithdrawal(of contact: ContactID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE consent SET confirmation_id = NULL
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND purpose = 'marketing'
            """, ["workspace_id": workspace, "contact_id": contact])
    }

    /// Two transactions that write of one contact go one after the other: the second sees the first's entry.
    func lockConsent(of contacts: some Sequence<ContactID>, in workspace: WorkspaceID) throws {
        try lock(contacts.map { "consent \($0)" }, in: workspace)
    }
}

/// A row of `consent` that is to change.
struct ConsentRowChange {
    let contact: ContactID
    let purpose: ConsentPurpose
    let isKnown: Bool
    /// Nil: the row goes.
    let row: SQLArguments?

    var key: SQLArguments { ["contact_id": contact, "purpose": purpose] }
}

extension SQLConnection {
    /// Where entries and rows differ.
    func consentChanges(of contacts: Set<ContactID>, in workspace: WorkspaceID) throws -> [ConsentRowChange] {
        let contacts = contacts.sorted()
        let entries = try consentEntries(of: contacts, in: workspace)
        let kept = try consentRows(of: contacts, in: workspace)
        return contacts.flatMap { contact in
            ConsentPurpose.allCases.compactMap { purpose in
                let said = (entries[contact] ?? []).lazy.filter { $0.purpose == purpose }
                return Self.change(contact, purpose, from: kept[contact]?[purpose], to: ConsentStanding.of(said))
            }
        }
    }

    private static func change(
        _ contact: ContactID, _ purpose: ConsentPurpose, from kept: ConsentRow?, to standing: ConsentStanding?
    ) -> ConsentRowChange? {
        guard kept?.standing != standing else { return nil }
        let row = standing.map { standing -> SQLArguments in
            // A withdrawal that goes on has been confirmed already.
            let isSame = standing.word == .withdrawn && kept?.standing.word == .withdrawn
            return [
                "standing": standing.word, "is_double": standing.isDouble, "since": standing.since,
                "entry_id": standing.entry, "confirmation_id": isSame ? kept?.confirmation : nil,
            ]
        }
        return ConsentRowChange(contact: contact, purpose: purpose, isKnown: kept != nil, row: row)
    }
}

extension SQLArguments {
    /// These and the others, whose names are different ones.
    func and(_ others: SQLArguments) -> SQLArguments {
        SQLArguments(pairs + others.pairs)
    }
}
