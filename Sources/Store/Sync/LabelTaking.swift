import Domain

/// Labels that a CRM puts on or takes off. One that is not there yet is made; one that is taken off is taken off as by hand:
/// no rule puts it on again.
struct LabelTaking {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let voice: SyncVoice
    let now: Timestamp

    private var known: [String: LabelID] = [:]
    /// Names of labels that are to be made.
    private var new: [String: String] = [:]
    private var added: [(contact: ContactID, folded: String)] = []
    private var removed: [(contact: ContactID, label: LabelID)] = []

    init(store: Store, connection: any SQLConnection, workspace: WorkspaceID, voice: SyncVoice, now: Timestamp) {
        self.store = store
        self.connection = connection
        self.workspace = workspace
        self.voice = voice
        self.now = now
    }

    var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    mutating func prepare(_ takes: [SyncTake]) throws {
        guard takes.contains(where: { $0.local == .labels }) else { return }
        let rows = try connection.rows(
            "SELECT id, folded FROM label WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        for row in rows { known[try row.get("folded")] = try row.get("id") }
    }

    mutating func accept(_ take: SyncTake) -> SyncRefusal? {
        let (before, after) = (SyncSet(take.before), SyncSet(take.after))
        let (coming, going) = (after.words.filter { !before.contains($0) }, before.words.filter { !after.contains($0) })
        var names: [String: String] = [:]
        for word in coming {
            let name = word.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard (1...LabelSummary.maxName).contains(name.unicodeScalars.count) else { return .tooLong }
            names[PeopleName.folded(name)] = name
        }
        let missing = names.filter { known[$0.key] == nil && new[$0.key] == nil }
        guard known.count + new.count + missing.count <= LabelSummary.maxLabels else { return .tooManyLabels }
        new.merge(missing) { first, _ in first }
        // Another accent is another word there, and the same label here.
        let held = Set(before.words.map(PeopleName.folded))
        let wanted = Set(after.words.map(PeopleName.folded))
        let gone = going.map(PeopleName.folded).filter { !wanted.contains($0) }.compactMap { known[$0] }
        added += names.keys.filter { !held.contains($0) }.sorted().map { (take.contact, $0) }
        removed += Set(gone).sorted().map { (take.contact, $0) }
        return nil
    }

    func write(_ journal: inout ChangeJournal) throws {
        guard !isEmpty else { return }
        let ids = try makeLabels(&journal)
        try journal.insertMany(
            .contactLabel,
            added.compactMap { contact, folded in
                guard let label = ids[folded] else { return nil }
                let row: SQLArguments = [
                    "contact_id": contact, "label_id": label, "actor": voice.actor, "added_at": now,
                    "source": voice.labelSource, "rule_id": LabelRuleID?.none,
                ]
                return (row, contact)
            })
        try journal.deleteEach(
            .contactLabel, removed.map { (["contact_id": $0.contact, "label_id": $0.label], $0.contact) })
        for (label, rows) in Dictionary(grouping: removed, by: \.label).sorted(by: { $0.key < $1.key }) {
            try journal.exempt(rows.map(\.contact), fromRulesOf: label)
        }
    }

    private func makeLabels(_ journal: inout ChangeJournal) throws -> [String: LabelID] {
        var ids = known
        guard !new.isEmpty else { return ids }
        try journal.lockLabels()
        for (folded, name) in new.sorted(by: { $0.key < $1.key }) {
            // Somebody may have made it since.
            if let known = try journal.labelID(folded: folded) {
                ids[folded] = known
            } else {
                let id: LabelID = store.ids.next()
                try journal.makeLabel(name, id: id, at: now)
                ids[folded] = id
            }
        }
        return ids
    }
}
