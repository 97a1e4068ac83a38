/// The tables that know a contact, and what an erasure does with the rows of one. A test holds the schema against it: a
/// table that comes later has to be entered here.
enum PersonTable: Equatable {
    /// The rows go, found by any of these columns.
    case deleted(by: [String])
    /// The rows stay, and this is why nothing of the person is in them.
    case kept(because: String)

    static let all: [String: PersonTable] = [
        "contact_label": .deleted(by: ["contact_id"]),
        "label_rule_exemption": .deleted(by: ["contact_id"]),
        "contact_field": .deleted(by: ["contact_id"]),
        "contact_state": .deleted(by: ["contact_id"]),
        "consent": .deleted(by: ["contact_id"]),
        "consent_entry": .deleted(by: ["contact_id"]),
        "opt_in": .deleted(by: ["contact_id"]),
        "remote_ref": .deleted(by: ["local_id"]),
        "conversation": .deleted(by: ["contact_id"]),
        "handle": .deleted(by: ["contact_id"]),
        "import_row": .deleted(by: ["contact_id"]),
        "duplicate": .deleted(by: ["contact_a", "contact_b"]),
        "duplicate_key": .deleted(by: ["contact_id"]),
        "sync_state": .deleted(by: ["contact_id"]),
        "sync_conflict": .deleted(by: ["contact_id"]),
        "sync_decision": .deleted(by: ["contact_id"]),
        "sync_change": .deleted(by: ["contact_id"]),
        "sync_due": .deleted(by: ["contact_id"]),
        "webhook_delivery": .deleted(by: ["contact_id"]),
        "webhook_event": .deleted(by: ["contact_id"]),
        "message": .kept(because: "each is removed by itself, so that the ledger stays true"),
        "change_row": .kept(because: "what they said is emptied: undoing must bring nothing back"),
        "first_contact": .kept(because: "an id of ours and a time, for Meta's limit of a day; gone after two"),
        "contact_search_due": .kept(because: "an id of ours, until the index is up to date; a second"),
        "label_rule_news": .kept(because: "an id of ours, until the rules were asked; a second"),
        "webhook_news": .kept(because: "an id of ours, until subscribers are told; a second"),
        "person_export": .kept(because: "goes with its file, at once"),
        "erasure": .kept(because: "that it was done, and by whom"),
    ]

    /// Table and column, in an order that foreign keys allow.
    static let deletions: [(table: String, column: String)] = {
        var found: [(table: String, column: String)] = []
        for (table, fate) in all {
            guard case .deleted(let columns) = fate else { continue }
            for column in columns { found.append((table: table, column: column)) }
        }
        return found.sorted { ($0.table, $0.column) < ($1.table, $1.column) }
    }()
}
