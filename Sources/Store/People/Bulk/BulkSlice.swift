import Domain

/// The contacts of a bulk action whose turn it is in one transaction.
struct BulkSlice {
    /// Contacts in one transaction.
    static let size = 500

    let connection: any SQLConnection
    let workspace: WorkspaceID
    let actor: String
    let clock: SegmentClock
    let ids: IDGenerator

    private var now: Timestamp { clock.now }

    /// How many contacts have not had their turn yet.
    func remaining(_ progress: BulkProgress) throws -> Int {
        switch progress.action {
        case .deleteLabel(let label):
            try count("FROM contact_label WHERE workspace_id = :workspace_id AND label_id = :id", ["id": label])
        case .deleteLabelRule(let rule):
            try count(
                """
                FROM contact_label c
                JOIN label_rule r ON r.workspace_id = c.workspace_id AND r.id = c.rule_id AND r.label_id = c.label_id
                WHERE c.workspace_id = :workspace_id AND c.rule_id = :id
                """, ["id": rule])
        case .renameChoice(let field, let from, _):
            try count(
                """
                FROM contact_field
                WHERE workspace_id = :workspace_id AND field_id = :id AND folded = :folded AND value = :value
                """, ["id": field, "folded": FieldValue.folded(from), "value": from])
        default:
            switch progress.selection {
            case .chosen(let contacts): rest(of: contacts, progress).count
            case .matching(let conditions, let search, let number):
                try count(matching: try rest(of: conditions, search, number, progress))
            }
        }
    }

    private func count(matching selected: (sql: String, arguments: SQLArguments)) throws -> Int {
        try connection.value("SELECT COUNT(*) AS people FROM \(selected.sql)", selected.arguments, as: Int.self) ?? 0
    }

    private func count(_ source: String, _ arguments: SQLArguments) throws -> Int {
        var arguments = arguments
        arguments.set("workspace_id", workspace)
        return try connection.value("SELECT COUNT(*) AS people \(source)", arguments, as: Int.self) ?? 0
    }

    /// - Returns: whether all have had their turn.
    func work(_ journal: inout ChangeJournal, _ progress: inout BulkProgress) throws -> Bool {
        switch progress.action {
        case .deleteLabel(let label): return try takeAway(label, &journal, &progress)
        case .deleteLabelRule(let rule):
            return try LabelRuleDeletion(rule: rule).work(&journal, &progress)
        case .applyLabelRule: return true  // the keeper of rules did it, whole
        case .renameChoice(let field, let from, let to):
            return try ChoiceRenaming(field: field, from: from, to: to, now: now).work(&journal, &progress)
        default: break
        }
        let turn = try next(progress)
        progress.changed += try change(try journal.lock(turn), progress.action, &journal)
        progress.seen += turn.count
        progress.after = turn.last ?? progress.after
        return turn.count < Self.size
    }

    // MARK: Whose turn it is

    private func next(_ progress: BulkProgress) throws -> [ContactID] {
        switch progress.selection {
        case .chosen(let contacts): return Array(rest(of: contacts, progress).prefix(Self.size))
        case .matching(let conditions, let search, let number):
            let selected = try rest(of: conditions, search, number, progress)
            return try connection.rows(
                "SELECT p.id FROM \(selected.sql) ORDER BY p.id LIMIT \(Self.size)", selected.arguments
            ).map { try $0.get("id") }
        }
    }

    private func rest(of contacts: [ContactID], _ progress: BulkProgress) -> ArraySlice<ContactID> {
        Set(contacts).sorted().drop { contact in progress.after.map { contact <= $0 } ?? false }
    }

    private func rest(
        of conditions: [SegmentConditions], _ search: String, _ number: String?, _ progress: BulkProgress
    ) throws -> (sql: String, arguments: SQLArguments) {
        try SelectedContacts(
            conditions, search: search, number: number, on: connection, in: workspace, clock
        ).source { list in
            if let after = progress.after { list.add("p.id > :after", "after", after) }
            list.add("p.id <= :last", "last", progress.last)
        }
    }

    // MARK: What is done to them

    /// - Returns: of how many anything changed.
    private func change(
        _ contacts: [ContactID], _ action: BulkAction, _ journal: inout ChangeJournal
    ) throws -> Int {
        switch action {
        case .addLabel(let label): return try journal.addLabel(label, to: contacts, by: actor, at: now)
        case .removeLabel(let label):
            return try journal.removeLabel(label, from: contacts)
        case .setField(let field, let value):
            guard let known = try connection.field(field, lock: connection.dialect.forShare, in: workspace),
                known.archivedAt == nil
            else {
                throw PuenteError.noField
            }
            // A choice may have been taken away meanwhile.
            guard value.kind != .choice || known.choices.contains(value.text) else { throw PuenteError.noSuchChoice }
            return try each(contacts) { try journal.setField(field, of: $0, to: value, at: now) }
        case .clearField(let field):
            return try each(contacts) { try journal.setField(field, of: $0, to: nil, at: now) }
        case .setState(let state, let reason):
            return try each(contacts) {
                try journal.setState(state, of: $0, reason: reason, by: actor, at: now)
            }
        case .clearState(let state): return try each(contacts) { try journal.clearState(state, of: $0) }
        case .withdrawMarketing(let reason): return try withdrawMarketing(of: contacts, reason, &journal)
        case .deleteLabel, .renameChoice, .applyLabelRule, .deleteLabelRule: return 0  // done by rows, not by contacts
        }
    }

    /// Also of those who have withdrawn it already: whoever takes an earlier word back does not take this one back.
    private func withdrawMarketing(
        of contacts: [ContactID], _ reason: String, _ journal: inout ChangeJournal
    ) throws -> Int {
        let drafts = contacts.map {
            ConsentEntryDraft(
                contact: $0, purpose: .marketing, change: .withdrawn, source: .staff, words: reason, at: now,
                actor: actor)
        }
        try journal.recordConsent(drafts, ids: ids, at: now)
        return drafts.count
    }

    private func each(_ contacts: [ContactID], _ change: (ContactID) throws -> Bool) rethrows -> Int {
        var changed = 0
        for contact in contacts where try change(contact) { changed += 1 }
        return changed
    }

    /// Takes the label off those who have it, merged ones too, and in the end away. Who puts it on somebody meanwhile
    /// holds it until then; its rules go first, so that they do not.
    private func takeAway(
        _ label: LabelID, _ journal: inout ChangeJournal, _ progress: inout BulkProgress
    ) throws -> Bool {
        try journal.deleteLabelRules(of: label)
        let isThere = try connection.row(
            """
            SELECT id FROM label WHERE workspace_id = :workspace_id AND id = :id \(connection.dialect.forUpdate)
            """, ["workspace_id": workspace, "id": label])
        guard isThere != nil else { throw PuenteError.noLabel }
        // Somebody may ask for it since the first slice.
        try connection.requireUnasked(label, in: workspace)
        let holders = try connection.rows(
            """
            SELECT contact_id FROM contact_label
            WHERE workspace_id = :workspace_id AND label_id = :label_id
            ORDER BY contact_id LIMIT \(Self.size)
            """, ["workspace_id": workspace, "label_id": label]
        ).map { try $0.get("contact_id", as: ContactID.self) }
        progress.changed += try each(holders) { try journal.takeOff(label, from: $0) }
        progress.seen += holders.count
        guard holders.count < Self.size else { return false }
        try journal.delete(.label, key: ["id": label], of: nil)
        return true
    }
}
