import Domain

/// Writes what was planned for some rows, through the journal.
///
/// A number or address out of a list is a claim: the company's word, not Meta's. It is written to where nothing better is
/// known, and gives way to what Meta says, like what a CRM says (see ``HandleEvidence``).
struct ImportWriter {
    struct Row {
        /// As the file counts its rows.
        let number: Int
        let plan: PersonPlan
    }

    let store: Store
    let source: ImportSource
    let now: Timestamp
    var journal: ChangeJournal
    private var vocabulary: ImportVocabulary

    init(_ source: ImportSource, journal: ChangeJournal, store: Store, at now: Timestamp) throws {
        self.store = store
        self.source = source
        self.journal = journal
        self.now = now
        vocabulary = try journal.connection.importVocabulary(in: source.workspace)
    }

    private var connection: any SQLConnection { journal.connection }
    private var workspace: WorkspaceID { source.workspace }

    mutating func write(_ rows: [Row]) throws {
        let rows = rows.filter(\.plan.isEffective)
        try makeWords(rows)
        try writeContacts(rows)
        try writeHandles(rows)
        try writeBelongings(rows)
        try writeConsents(rows)
        // Who is new is searched by their row already, and no CRM has a record of them.
        for row in rows where row.plan.isNamedAnew {
            try connection.writeSearchText(of: row.plan.contact, in: workspace)
            _ = try connection.tellCRMs(of: row.plan.contact, in: workspace, store: store, at: now)
        }
    }

    // MARK: Contacts

    private mutating func writeContacts(_ rows: [Row]) throws {
        try journal.insertMany(
            .contact,
            rows.filter(\.plan.isNew).map { row in
                let (plan, text) = (row.plan, row.plan.text)
                let columns: SQLArguments = [
                    "id": plan.contact, "name": plan.name ?? "", "language": plan.language, "note": plan.note ?? "",
                    "search_text": text.text, "sort_name": text.sortName, "created_at": now, "updated_at": now,
                ]
                return (columns, plan.contact)
            })
        for row in rows where !row.plan.isNew { try update(row.plan) }
    }

    private mutating func update(_ plan: PersonPlan) throws {
        let key: SQLArguments = ["id": plan.contact]
        var columns: SQLArguments = [:]
        if let name = plan.name { columns.set("name", name) }
        if let language = plan.language { columns.set("language", language) }
        if let note = plan.note { columns.set("note", note) }
        if !columns.pairs.isEmpty { try journal.update(.contact, key: key, set: columns, of: plan.contact) }
        // Of its own: what others change later on does not keep a name from being put back.
        try journal.update(.contact, key: key, set: ["updated_at": now], of: plan.contact)
    }

    // MARK: Handles

    private mutating func writeHandles(_ rows: [Row]) throws {
        for row in rows {
            for ended in row.plan.endedEmails {
                try journal.update(.handle, key: ["id": ended], set: ["valid_to": now], of: row.plan.contact)
            }
        }
        try journal.insertMany(
            .handle,
            rows.flatMap { row in
                row.plan.phones.map { handle("phone", $0, of: row.plan.contact) }
                    + [row.plan.email].compactMap(\.self).map { handle("email", $0, of: row.plan.contact) }
            })
    }

    private func handle(
        _ kind: String, _ address: PersonPlan.Address, of contact: ContactID
    ) -> (row: SQLArguments, contact: ContactID?) {
        let columns: SQLArguments = [
            "id": address.id, "contact_id": contact, "kind": kind, "scope": "", "value": address.value,
            "address": address.address, "valid_from": now, "evidence": source.evidence,
        ]
        return (columns, contact)
    }

    // MARK: Labels and fields

    /// Labels and fields that are not here yet.
    private mutating func makeWords(_ rows: [Row]) throws {
        let labels = rows.flatMap(\.plan.labels)
        let keys = Set(rows.flatMap(\.plan.fields).map(\.key)).sorted()
        guard
            labels.contains(where: { vocabulary.labels[$0.folded] == nil })
                || keys.contains(where: { vocabulary.fields[$0] == nil })
        else { return }
        try journal.lockLabels()
        try journal.lockFields()
        // Somebody may have made them since.
        vocabulary = try connection.importVocabulary(in: workspace)
        for label in labels where vocabulary.labels[label.folded] == nil {
            let id: LabelID = store.ids.next()
            try journal.makeLabel(label.name, id: id, at: now)
            vocabulary.labels[label.folded] = id
        }
        for key in keys where vocabulary.fields[key] == nil {
            guard let field = source.options.newFields.first(where: { $0.key == key }) else { continue }
            let id: FieldID = store.ids.next()
            try journal.makeField(field, id: id, at: now)
            vocabulary.fields[key] = id
        }
    }

    private mutating func writeBelongings(_ rows: [Row]) throws {
        var labels: [(row: SQLArguments, contact: ContactID?)] = []
        for row in rows {
            for label in row.plan.labels {
                guard let id = vocabulary.labels[label.folded] else { continue }
                let columns: SQLArguments = [
                    "contact_id": row.plan.contact, "label_id": id, "actor": source.actor, "added_at": now,
                    "source": LabelSource.import,
                ]
                labels.append((columns, row.plan.contact))
            }
        }
        try journal.insertMany(.contactLabel, labels)
        for row in rows { try keepLabels(row.plan) }
        for row in rows { try writeFields(row.plan) }
    }

    /// No rule takes off what a list names.
    private mutating func keepLabels(_ plan: PersonPlan) throws {
        for label in plan.keptLabels {
            guard let id = vocabulary.labels[label.folded] else { continue }
            try journal.update(
                .contactLabel, key: ["contact_id": plan.contact, "label_id": id],
                set: ["actor": source.actor, "source": LabelSource.import, "rule_id": LabelRuleID?.none],
                of: plan.contact)
        }
    }

    private mutating func writeFields(_ plan: PersonPlan) throws {
        for field in plan.fields {
            guard let id = vocabulary.fields[field.key] else { continue }
            let key: SQLArguments = ["contact_id": plan.contact, "field_id": id]
            let value: SQLArguments = [
                "value": field.value.text, "folded": field.value.folded, "number": field.value.number,
                "changed_at": now,
            ]
            let isThere = plan.changes.contains { $0.item == .field && $0.field == field.key && $0.before != nil }
            if isThere, try journal.update(.contactField, key: key, set: value, of: plan.contact) { continue }
            try journal.insert(.contactField, SQLArguments(key.pairs + value.pairs), of: plan.contact)
        }
    }

    // MARK: Consent

    private mutating func writeConsents(_ rows: [Row]) throws {
        let said = rows.filter { $0.plan.grants || $0.plan.withdraws }
        try journal.recordConsent(
            said.map { ConsentEntryDraft(listed: $0, in: source, at: now) }, ids: store.ids, at: now)
    }
}

extension PersonPlan {
    /// Whether what somebody who is here is searched by changes.
    fileprivate var isNamedAnew: Bool { !isNew && (name != nil || !phones.isEmpty || email != nil) }

    /// What somebody new is searched by, as ``SQLConnection/writeSearchText(of:in:)`` would write it: of their handles the
    /// newest first.
    fileprivate var text: ContactText {
        let handles = ([email].compactMap(\.self) + phones).sorted { $0.id > $1.id }.prefix(20)
        return ContactText(name: name ?? "", addresses: handles.flatMap { [$0.address, $0.value] })
    }
}
