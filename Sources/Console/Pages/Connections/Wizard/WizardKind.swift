import Domain

/// The page where a CRM is chosen, as five cards.
package struct WizardKindsPage: Page {
    package static let template = "connections/wizard/kinds"

    package let title: String
    package let kinds: [WizardKind]

    package init(in context: PageContext) {
        title = context.words("wizard.choose")
        kinds = ConnectorKind.allCases.map { WizardKind($0, in: context) }
    }
}

/// A CRM that can be connected.
package struct WizardKind: Sendable {
    package let vendor: String
    package let about: String
    package let url: String

    init(_ kind: ConnectorKind, in context: PageContext) {
        vendor = Self.vendor(kind, in: context)
        about = context.words("wizard.\(kind.rawValue).about")
        url = "/connections/new/\(kind.rawValue)"
    }

    static func vendor(_ kind: ConnectorKind, in context: PageContext) -> String {
        switch kind {
        case .hubspot: "HubSpot"
        case .salesforce: "Salesforce"
        case .zoho: "Zoho CRM"
        case .odoo: "Odoo"
        case .own: context.words("wizard.own.name")
        }
    }
}
