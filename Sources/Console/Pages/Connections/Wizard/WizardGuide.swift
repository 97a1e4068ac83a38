import Domain
import Pipeline

/// What to click at the vendor, step by step, with what is to be pasted there. The sentences are in the catalogue, under
/// `wizard.KIND.steps`.
package struct WizardGuide: Sendable {
    /// A text that is pasted at the vendor as it is.
    package struct Copy: Sendable {
        package let label: String
        package let value: String
    }

    package struct Step: Sendable {
        package let text: String
        package let copies: [Copy]
        package let link: String?
        /// Which of the vendor's addresses the guide names; empty where there is nothing to choose.
        package let choices: [WizardField.Option]
        package let choiceLabel: String
        package let hasChoices: Bool
    }

    package let steps: [Step]

    /// - Parameter facts: for the addresses that hold the connection's name, or the data centre.
    init(_ facts: WizardFacts, in context: PageContext) {
        let kind = facts.kind
        steps = Self.steps(of: kind).map { step in
            let choices = Self.choices(step, facts, in: context)
            return Step(
                text: context.words("wizard.\(kind.rawValue).steps.\(step)"),
                copies: Self.copies(step, facts).map { label, value in
                    Copy(label: context.words("wizard.copy.\(label)"), value: value)
                },
                link: Self.link(step, facts), choices: choices,
                choiceLabel: context.words("wizard.zoho.fields.data_center.label"), hasChoices: !choices.isEmpty)
        }
    }

    private static func steps(of kind: ConnectorKind) -> [String] {
        switch kind {
        case .hubspot: ["key", "scopes", "paste", "app", "oauth"]
        case .salesforce: ["package", "user", "app", "flow", "paste"]
        case .zoho: ["user", "client", "code", "exchange"]
        case .odoo: ["user", "key", "module", "paste"]
        case .own: ["address", "secret", "send"]
        }
    }

    // MARK: What is pasted there

    static let hubSpotScopes = [
        "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.read",
        "crm.schemas.contacts.write", "crm.objects.owners.read",
    ].joined(separator: " ")

    static let zohoScopes = [
        "ZohoCRM.modules.contacts.ALL", "ZohoCRM.modules.notes.ALL", "ZohoCRM.modules.custom.ALL", "ZohoCRM.coql.READ",
        "ZohoCRM.settings.fields.ALL", "ZohoCRM.settings.recycle_bin.DELETE", "ZohoCRM.notifications.ALL",
        "ZohoCRM.users.READ", "ZohoCRM.org.READ", "ZohoSearch.securesearch.READ",
    ].joined(separator: ",")

    private static func copies(_ step: String, _ facts: WizardFacts) -> [(label: String, value: String)] {
        switch (facts.kind, step) {
        case (.hubspot, "scopes"): [("scopes", hubSpotScopes)]
        case (.hubspot, "app"), (.own, "send"): facts.webhook.map { [("webhook", $0)] } ?? []
        case (.salesforce, "package"): [("command", "sf project deploy start --metadata-dir docs/crm/salesforce")]
        case (.salesforce, "app"): [("scopes", "Manage user data via APIs (api)")]
        case (.salesforce, "flow"):
            [
                (
                    "command",
                    "openssl req -x509 -newkey rsa:2048 -nodes -days 730 -subj /CN=puente -keyout salesforce.key -out salesforce.crt"
                )
            ]
        case (.zoho, "code"): [("scopes", zohoScopes)]
        default: []
        }
    }

    /// HubSpot's page on which somebody lets the app into an account; nil before the app and its redirect address were typed.
    private static func authorisation(_ facts: WizardFacts) -> String? {
        guard let clientID = facts.values[.clientID], let redirectURL = facts.values[.redirectURL] else { return nil }
        return QueryText.url(
            "https://app.hubspot.com/oauth/authorize",
            [("client_id", clientID), ("redirect_uri", redirectURL), ("scope", "\(hubSpotScopes) oauth")])
    }

    /// The guide stands above the form: who begins has typed nothing yet, and the first step already leads to Zoho.
    private static func choices(
        _ step: String, _ facts: WizardFacts, in context: PageContext
    ) -> [WizardField.Option] {
        switch (facts.kind, step) {
        case (.zoho, "client") where facts.connection == nil:
            WizardField.dataCenters(chosen: facts.values[.dataCenter] ?? "", in: context)
        default: []
        }
    }

    private static func link(_ step: String, _ facts: WizardFacts) -> String? {
        switch (facts.kind, step) {
        case (.hubspot, "oauth"): authorisation(facts)
        case (.zoho, "client"): "https://api-console.\(facts.zohoDomain)"
        default: nil
        }
    }
}
