import ArgumentParser
import Domain

extension ConnectorKind {
    /// What a person names: one of them, or `all`.
    static func chosen(_ text: String) throws -> [ConnectorKind] {
        if text == "all" { return allCases }
        guard let kind = ConnectorKind(rawValue: text) else {
            throw ValidationError("--crm is one of \(words), or all.")
        }
        return [kind]
    }

    /// Those whose contacts can be read from the beginning: a company's own system sends what it says.
    static let readable: [ConnectorKind] = allCases.filter(\.isReadable)

    var isReadable: Bool { self != .own }

    /// It tells of changes by itself; the others are asked every few minutes.
    var pushes: Bool { self != .salesforce }

    /// Where messages are kept, as the sandbox's summary names it.
    var activities: String {
        switch self {
        case .hubspot: "communications"
        case .salesforce: "WhatsApp_Message__c"
        case .zoho: "Notes"
        case .odoo: "mail.message"
        case .own: "activities"
        }
    }
}
