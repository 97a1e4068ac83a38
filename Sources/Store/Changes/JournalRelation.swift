/// A table whose rows people change, and by what its rows are found. The raw value is the table's name.
enum JournalRelation: String, CaseIterable {
    case contact, handle, label, field, segment, conversation, message, duplicate
    case contactLabel = "contact_label"
    case contactField = "contact_field"
    case contactState = "contact_state"
    case labelRule = "label_rule"
    case labelRuleExemption = "label_rule_exemption"
    case remoteRef = "remote_ref"
    case consentEntry = "consent_entry"
    case consent
    case optIn = "opt_in"
    case firstContact = "first_contact"

    /// The columns of the primary key beside `workspace_id`.
    var key: [String] {
        switch self {
        case .contact, .handle, .label, .field, .segment, .conversation, .message, .consentEntry, .optIn,
            .duplicate, .labelRule:
            ["id"]
        case .contactLabel: ["contact_id", "label_id"]
        case .contactField: ["contact_id", "field_id"]
        case .contactState: ["contact_id", "state"]
        case .labelRuleExemption: ["contact_id", "rule_id"]
        case .remoteRef: ["connection_id", "entity", "local_id"]
        case .consent: ["contact_id", "purpose"]
        case .firstContact: ["portfolio_id", "contact_id"]
        }
    }

    /// `workspace_id = :workspace_id AND …`, by parameters of the columns' names.
    var condition: String {
        (["workspace_id"] + key).map { "\($0) = :\($0)" }.joined(separator: " AND ")
    }
}
