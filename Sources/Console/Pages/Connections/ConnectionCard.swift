import Domain

/// A number or a CRM account as a card with its live check.
package struct ConnectionCard: Sendable {
    package enum Tone: Sendable { case done, waiting, failed, quiet }

    package struct Pause: Sendable {
        package let reason: String
        package let since: MomentText
        package let until: MomentText?
    }

    package struct Check: Sendable {
        package let title: String
        package let state: ConnectionFacts.Check.State
        package let icon: String
        /// "Passed", "Failed", …
        package let word: String
        package let detail: String?
    }

    package struct Detail: Sendable {
        package let label: String
        package let value: String
        package let isCopied: Bool
    }

    package let id: String
    package let icon: String
    package let name: String
    /// Nil where the name says it already.
    package let vendor: String?
    package let address: String?
    /// The account in the CRM's own pages, and "Open HubSpot".
    package let page: String?
    package let openPage: String
    /// The connection's own page; nil for a number.
    package let syncURL: String?
    package let health: String
    package let healthIcon: String
    package let tone: Tone
    package let isProvisioned: Bool
    package let isDisabled: Bool
    package let lastEvent: MomentText?
    package let waiting: String?
    /// While it is switched off: how many messages wait for it; nil when none does.
    package let stranded: String?
    /// They are counted on the ledger, too: those for a CRM.
    package let isInLedger: Bool
    package let pause: Pause?
    package let details: [Detail]
    package let checks: [Check]
    package let hasChecks: Bool
    package let isChecking: Bool
    package let checkedAt: MomentText?
    package let mappingURL: String?
    package let checksURL: String
    package let pausesURL: String
    package let resumptionsURL: String
    /// Of a CRM that is in use.
    package let backfillURL: String?
    /// Of a CRM: where its credentials are changed, it is switched off, or removed.
    package let credentialsURL: String?

    init(_ facts: ConnectionFacts, in context: PageContext) {
        let path = "/connections/\(facts.id)"
        self.id = facts.id
        let (icon, vendor) = Self.kind(facts.kind, in: context)
        self.icon = icon
        self.vendor = vendor == facts.name ? nil : vendor
        self.name = facts.name
        self.address = facts.address
        self.page = facts.page
        self.openPage = context.words("connections.open", ["name": facts.name])
        self.syncURL = facts.slug.map { "/connections/\(QueryText.encode($0))" }
        (healthIcon, tone) = Self.look(of: facts.health)
        self.health = context.words("connections.health.\(facts.health)")
        self.isProvisioned = facts.isProvisioned
        self.isDisabled = facts.health == .disabled
        self.lastEvent = facts.lastEvent.map { MomentText.relative($0, in: context) }
        self.stranded = facts.stranded == 0 ? nil : Self.stranded(facts, in: context)
        self.isInLedger = if case .crm = facts.kind { true } else { false }
        let isSaid = facts.waiting == 0 || stranded != nil
        self.waiting = isSaid ? nil : context.words.count("connections.waiting", facts.waiting)
        self.pause = facts.pause.map { Self.pause($0, in: context) }
        self.details = facts.details.map {
            Detail(label: $0.label[context.language], value: $0.value[context.language], isCopied: $0.isCopied)
        }
        self.checks = facts.checks.map { Self.check($0, in: context) }
        self.hasChecks = !facts.checks.isEmpty
        self.isChecking = facts.checks.contains { $0.state == .running }
        self.checkedAt = facts.checkedAt.map { MomentText.sentence($0, in: context) }
        self.mappingURL = facts.mapping
        self.checksURL = path + "/checks"
        self.pausesURL = path + "/pauses"
        self.resumptionsURL = path + "/resumptions"
        self.backfillURL = isInLedger && !isDisabled ? path + "/backfill" : nil
        self.credentialsURL = syncURL.map { $0 + "/credentials" }
    }

    private static func kind(_ kind: ConnectionFacts.Kind, in context: PageContext) -> (String, String) {
        switch kind {
        case .number: ("phone", "WhatsApp")
        case .crm(let vendor): ("building-2", vendor[context.language])
        }
    }

    private static func stranded(_ facts: ConnectionFacts, in context: PageContext) -> String {
        switch facts.kind {
        case .number: context.words.count("connections.strandedNumber", facts.stranded)
        case .crm where facts.isProvisioned: context.words.count("connections.strandedCRM", facts.stranded)
        case .crm: context.words.count("connections.strandedHere", facts.stranded)
        }
    }

    private static func look(of health: ConnectionFacts.Health) -> (String, Tone) {
        switch health {
        case .working: ("circle-check", .done)
        case .attention: ("triangle-alert", .waiting)
        case .failing: ("circle-alert", .failed)
        case .paused: ("pause", .waiting)
        case .disabled: ("ban", .quiet)
        case .unknown: ("circle-dashed", .quiet)
        }
    }

    private static func pause(_ facts: ConnectionFacts.Pause, in context: PageContext) -> Pause {
        Pause(
            reason: facts.reason[context.language], since: MomentText.sentence(facts.since, in: context),
            until: facts.until.map { MomentText.sentence($0, in: context) })
    }

    private static func check(_ facts: ConnectionFacts.Check, in context: PageContext) -> Check {
        let icon =
            switch facts.state {
            case .waiting: "circle-dashed"
            case .running: "loader"
            case .passed: "circle-check"
            case .warned: "triangle-alert"
            case .failed: "circle-x"
            case .skipped: "minus"
            }
        return Check(
            title: facts.title[context.language], state: facts.state, icon: icon,
            word: context.words("connections.check.\(facts.state)"), detail: facts.detail?[context.language])
    }
}
