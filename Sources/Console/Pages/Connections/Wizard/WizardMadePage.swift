package import Domain
import Pipeline

/// Once a connection is made: what comes next. What is to be pasted at the vendor may hold a secret that is shown here and
/// nowhere else.
package struct WizardMadePage: Page {
    package static let template = "connections/wizard/made"

    package let title: String
    package let vendor: String
    package let lead: String
    /// What failed when it was tried on saving.
    package let failures: [WizardPage.Result]
    package let isRefused: Bool
    package let credentialsURL: String
    package let next: String?
    package let webhook: String?
    /// There would be an address to give, if this side had one.
    package let lacksAddress: Bool
    package let mappingURL: String
    package let backfillURL: String
    package let connectionURL: String

    /// - Parameter facts: as it was saved.
    package init(_ facts: WizardFacts, id: ConnectionID, in context: PageContext) {
        vendor = WizardKind.vendor(facts.kind, in: context)
        failures = (facts.trial ?? []).filter { $0.state == .failed }.map { WizardPage.result($0, in: context) }
        isRefused = !failures.isEmpty
        title = context.words(isRefused ? "wizard.made.refusedTitle" : "wizard.made.title", ["vendor": vendor])
        lead = context.words(isRefused ? "wizard.made.refusedLead" : "wizard.made.lead")
        webhook = facts.webhook
        lacksAddress = facts.publicURL == nil && facts.isCalledBack
        next = context.words.optional("wizard.\(facts.kind.rawValue).next")
        connectionURL = "/connections/\(QueryText.encode(facts.name))"
        credentialsURL = connectionURL + "/credentials"
        mappingURL = connectionURL + "/mapping"
        backfillURL = "/connections/\(id)/backfill"
    }
}

/// Of a connection that puente.yaml names: where its credentials are changed.
package struct WizardProvisionedPage: Page {
    package static let template = "connections/wizard/provisioned"

    package let title: String
    package let sentence: String
    package let backURL: String

    package init(_ head: ConnectionHeadFacts, in context: PageContext) {
        title = context.words("wizard.changeTitle", ["vendor": head.name])
        sentence = context.words("wizard.provisioned", ["key": "crm.\(head.slug)"])
        backURL = head.url()
    }
}
