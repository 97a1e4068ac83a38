/// The modules the sandbox keeps. `messages` is a custom one: it is there once somebody in the CRM has made it.
enum ZohoModule: Int, CaseIterable, Sendable {
    case contacts, leads, notes, messages

    init?(_ name: String) {
        guard let module = Self.allCases.first(where: { $0.apiName == name }) else { return nil }
        self = module
    }

    /// Whose record this is; nil for an id of none.
    init?(of id: Int64) {
        guard let module = Self.allCases.last(where: { $0.firstID <= id }), id < module.firstID + Self.room else {
            return nil
        }
        self = module
    }

    var apiName: String {
        switch self {
        case .contacts: "Contacts"
        case .leads: "Leads"
        case .notes: "Notes"
        case .messages: "WhatsApp_Messages"
        }
    }

    private static let room: Int64 = 1_000_000_000

    /// Ids of this module begin here; an id is the organisation's prefix and twelve digits.
    var firstID: Int64 { 554_023_000_000_000_000 + Int64(rawValue + 1) * Self.room + 1 }

    /// The module's own id.
    var id: Int64 { 554_023_000_000_000_129 + Int64(rawValue) }

    /// Whether COQL reads it. Source: Zoho CRM API v8, "Get Records through COQL Query", possible modules.
    var isQueried: Bool { self != .notes }

    /// Fields by which an upsert finds records although they need not be unique.
    /// Source: Zoho CRM API v8, "Upsert Records", system-defined duplicate check fields.
    var duplicateCheckFields: [String] {
        switch self {
        case .contacts, .leads: ["Email"]
        case .notes, .messages: []
        }
    }

    /// What records of it are called by.
    var nameField: String {
        switch self {
        case .contacts, .leads: "Full_Name"
        case .notes: "Note_Title"
        case .messages: "Name"
        }
    }
}
