package import Domain

/// Makes one contact of two, inside one transaction, through the journal, so that it can be undone exactly.
///
/// Everything of the loser's moves to the winner: handles, conversations and their messages, labels, fields, states,
/// consent, links with CRMs, suggestions. The loser's own row stays, with ``merged_into``, for old links and for an undo;
/// nobody lists it. What is written about a person by WhatsApp account (the portfolio's first contacts) stays by account.
struct ContactMerge {
    let store: Store
    let workspace: WorkspaceID
    let winner: ContactID
    let loser: ContactID
    let choices: MergeChoices
    let draft: MergeDraft
    let now: Timestamp
    let moved: MergeCounts
    var journal: ChangeJournal
    var report = RecordReport()

    var connection: any SQLConnection { journal.connection }

    /// Begins the change. Both contacts' locks are held by now: see ``lock(_:on:in:)``.
    /// - Throws: `notFound`, or `conflict` when one of them was merged already.
    init(
        _ loser: ContactID, into winner: ContactID, choices: MergeChoices, draft: MergeDraft, store: Store,
        on connection: any SQLConnection, in workspace: WorkspaceID, at now: Timestamp
    ) throws {
        let names = try Self.names(of: [winner, loser], on: connection, in: workspace)
        guard let staying = names[winner], let leaving = names[loser] else { throw PuenteError.noContact }
        guard winner != loser else { throw PuenteError.sameContact }
        self.store = store
        self.workspace = workspace
        self.winner = winner
        self.loser = loser
        self.choices = choices
        self.draft = draft
        self.now = now
        moved = try connection.mergeCounts(of: loser, in: workspace)
        journal = try ChangeJournal.begin(
            ChangeDraft(
                .merge, title: draft.title(winner: staying, loser: leaving), actor: draft.actor,
                detail: try JSONText.encode(MergeDetail(winner: winner, loser: loser, draft: draft, moved: moved))),
            on: connection, id: store.ids.next(), in: workspace, at: now)
    }

    /// - Returns: the change.
    mutating func run() throws -> MergeResult {
        try moveHandles()
        try moveConversations()
        try moveMessages()
        try moveLabels()
        try moveFields()
        try moveStates()
        try moveConsent()
        try moveRecords()
        try connection.followRecords(loser, winner, in: workspace)
        try writeWinner()
        try writeLoser()
        try settleSuggestions()
        try journal.save()
        try connection.writeSearchText(of: winner, in: workspace)
        try connection.followContacts(winner, loser, in: workspace)
        try trail()
        report.workspaces.insert(workspace)
        return MergeResult(change: journal.change, winner: winner, loser: loser, moved: moved, report: report)
    }

    /// Takes the rows of both for itself, and refuses what is no contact any more.
    private static func names(
        of contacts: [ContactID], on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> [ContactID: String] {
        var names: [ContactID: String] = [:]
        // One after the other in the order of their ids: no two merges wait for each other.
        for contact in Set(contacts).sorted() {
            let row = try connection.row(
                """
                SELECT merged_into, name, profile_name FROM contact
                WHERE workspace_id = :workspace_id AND id = :id \(connection.dialect.forUpdate)
                """, ["workspace_id": workspace, "id": contact])
            guard let row else { throw PuenteError.noContact }
            guard try row.get("merged_into", as: ContactID?.self) == nil else { throw PuenteError.mergedAlready }
            let given: String = try row.get("name")
            names[contact] = given.isEmpty ? try row.get("profile_name") : given
        }
        for (contact, name) in names where name.isEmpty {
            names[contact] = try connection.anyAddress(of: contact, in: workspace) ?? "\(contact)"
        }
        return names
    }

    private func trail() throws {
        let detail = try JSONText.encode(["change": "\(journal.change)", "merged": "\(loser)"])
        try connection.trail(
            winner.rawValue, "merged", by: draft.actor, in: workspace, detail: detail, id: store.ids.next(), at: now)
    }
}

extension SQLConnection {
    /// By what people may know somebody without a name.
    fileprivate func anyAddress(of contact: ContactID, in workspace: WorkspaceID) throws -> String? {
        try value(
            """
            SELECT CASE kind WHEN 'phone' THEN '+' || address ELSE address END AS address FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
            ORDER BY CASE kind WHEN 'phone' THEN 0 WHEN 'email' THEN 1 ELSE 2 END, id DESC LIMIT 1
            """, ["workspace_id": workspace, "contact_id": contact])
    }
}

extension PuenteError {
    package static let sameContact = PuenteError(
        .invalid, detail: "same_contact", en: "These are one contact already.", es: "Ya son un mismo contacto.")
    package static let mergedAlready = PuenteError(
        .conflict, detail: "merged_already",
        en: "One of these contacts was merged into another already. Load the page again.",
        es: "Uno de estos contactos ya se fusionó con otro. Vuelva a cargar la página.")
}
