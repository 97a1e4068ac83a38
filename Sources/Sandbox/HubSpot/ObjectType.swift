/// The kinds of CRM objects the sandbox keeps.
enum ObjectType: Int, CaseIterable, Sendable {
    case contacts, companies, communications, notes, tasks

    /// Reads `contacts`, `contact`, `CONTACT` or `0-1`.
    init?(_ text: String) {
        let name = text.lowercased()
        guard let type = Self.allCases.first(where: { $0.name == name || $0.typeID == name || $0.singular == name })
        else { return nil }
        self = type
    }

    var name: String {
        switch self {
        case .contacts: "contacts"
        case .companies: "companies"
        case .communications: "communications"
        case .notes: "notes"
        case .tasks: "tasks"
        }
    }

    var singular: String { self == .companies ? "company" : String(name.dropLast()) }

    var typeID: String {
        switch self {
        case .contacts: "0-1"
        case .companies: "0-2"
        case .communications: "0-18"
        case .notes: "0-46"
        case .tasks: "0-27"
        }
    }

    /// Ids of this kind begin here, far apart, so that one kind's id is never another's.
    var firstID: Int64 { Int64(rawValue + 1) * 20_000_000_000 + 501 }

    var created: String { self == .contacts || self == .companies ? "createdate" : "hs_createdate" }
    var modified: String { self == .contacts ? "lastmodifieddate" : "hs_lastmodifieddate" }

    /// What a read gives when nothing is asked for.
    var defaultProperties: [String] {
        switch self {
        case .contacts: ["email", "firstname", "lastname"]
        case .companies: ["name", "domain"]
        case .communications, .notes, .tasks: []
        }
    }
}
