import Domain
import Pipeline

/// One field of the form, with its check beside it.
package struct WizardField: Sendable {
    package enum Look: Sendable { case line, secret, address, text, day, choice }

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package let id: String
    package let name: String
    package let label: String
    package let hint: String?
    package let value: String
    package let look: Look
    package let isRequired: Bool
    /// One of two ways: neither needed for certain, nor to be left out at will.
    package let isEither: Bool
    /// The shape, for the browser to check while it is typed.
    package let pattern: String?
    package let options: [Option]
    package let error: String?
    /// The server found nothing wrong with it.
    package let isRight: Bool
    /// Its secret is kept and stays when nothing is typed.
    package let isKept: Bool
    /// Its secret is kept, and the connection may do without.
    package let mayDrop: Bool
    package let isDropped: Bool
    /// Made up on this side: it is pasted at the vendor.
    package let isCopied: Bool

    init(_ field: ConnectionField, _ facts: WizardFacts, in context: PageContext) {
        let (kind, words) = (facts.kind, context.words)
        let value = facts.values[field] ?? ""
        id = "connection-\(field.rawValue)"
        name = field.rawValue
        if kind.advancedFields.contains(field) {
            label = words("wizard.advanced.\(field.rawValue).label")
            hint = words.optional("wizard.advanced.\(field.rawValue).hint")
        } else {
            label = words("wizard.\(kind.rawValue).fields.\(field.rawValue).label")
            hint = words.optional("wizard.\(kind.rawValue).fields.\(field.rawValue).hint")
        }
        self.value = value
        isKept = facts.kept.contains(field) && value.isEmpty
        mayDrop = facts.kept.contains(field) && kind.optionalSecrets.contains(field)
        isDropped = facts.dropped.contains(field)
        isCopied = !value.isEmpty && Self.isMade(field, kind) && facts.connection == nil
        look = Self.look(of: field, isCopied: Self.isMade(field, kind))
        isRequired =
            kind.requiredFields.contains(field) && !kind.eitherFields.contains(field) && !facts.kept.contains(field)
        isEither = kind.eitherFields.contains(field)
        pattern = Self.pattern(of: field)
        options = Self.options(of: field, chosen: value, in: context)
        error = facts.problems[field]?[context.language]
        isRight = error == nil && facts.trial != nil && !value.isEmpty
    }

    private static func isMade(_ field: ConnectionField, _ kind: ConnectorKind) -> Bool {
        kind == .odoo && field == .webhookSecret || kind == .own && field == .secret
    }

    private static func look(of field: ConnectionField, isCopied: Bool) -> Look {
        switch field {
        case .baseURL, .accountsURL, .audience, .redirectURL: .address
        case .dataCenter, .tier: .choice
        case .expiresOn: .day
        case .privateKey: .text
        case .token, .clientSecret, .refreshToken, .webhookSecret, .secret, .previousSecret: isCopied ? .line : .secret
        case .clientID, .appID, .username, .database, .code, .sweepEvery, .compareEvery, .batchSize, .callsPerSecond:
            .line
        }
    }

    /// For the mark beside the field, which stops nobody: only what is wrong for certain. What is around is trimmed, and what is
    /// wrong the server says in words.
    private static func pattern(of field: ConnectionField) -> String? {
        switch field {
        case .webhookSecret: "\\s*[A-Za-z0-9_\\-]{16,200}\\s*"
        case .secret, .previousSecret: "\\s*whsec_[A-Za-z0-9+\\/]{32,88}={0,2}\\s*"
        case .appID: "\\s*[0-9]+\\s*"
        case .token, .clientID, .clientSecret, .refreshToken, .code, .username, .database: "\\s*\\S+\\s*"
        case .baseURL, .accountsURL, .audience, .redirectURL: "https?:\\/\\/.+"
        case .sweepEvery, .compareEvery: "\\s*[0-9]+[smhd]\\s*"
        case .batchSize, .callsPerSecond: "\\s*[0-9]+\\s*"
        case .privateKey, .dataCenter, .expiresOn, .tier: nil
        }
    }

    private static func options(of field: ConnectionField, chosen: String, in context: PageContext) -> [Option] {
        if field == .dataCenter { return dataCenters(chosen: chosen, in: context) }
        return field == .tier ? tiers(chosen: chosen, in: context) : []
    }

    private static func tiers(chosen: String, in context: PageContext) -> [Option] {
        let tiers = StoredPace.Tier.allCases.map { tier in
            Option(
                value: tier.rawValue,
                label: context.words(
                    "wizard.tiers.\(tier.rawValue)", ["count": context.formats.number(tier.recordsPerMinute)]),
                isChosen: tier.rawValue == chosen)
        }
        return [Option(value: "", label: context.words("wizard.tiers.none"), isChosen: chosen.isEmpty)] + tiers
    }

    static func dataCenters(chosen: String, in context: PageContext) -> [Option] {
        WizardFacts.dataCenters.map { center in
            Option(
                value: center, label: context.words("wizard.dataCenter.\(center)"),
                isChosen: center == (chosen.isEmpty ? "us" : chosen))
        }
    }
}
