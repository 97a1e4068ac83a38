package import Domain
package import Pipeline

/// What the page of a connection that is being made or changed shows.
package struct WizardFacts: Sendable {
    package var kind: ConnectorKind
    /// Nil: it is new.
    package var connection: ConnectionHeadFacts?
    package var name: String
    /// As typed; of one that is changed, at first what is kept and may be shown.
    package var values: [ConnectionField: String] = [:]
    /// Secrets that stay as they are where nothing is typed.
    package var kept: Set<ConnectionField> = []
    /// Of those, the ones that are not to stay.
    package var dropped: Set<ConnectionField> = []
    package var problems: [ConnectionField: LocalizedText] = [:]
    package var nameProblem: LocalizedText?
    /// Of the whole.
    package var error: LocalizedText?
    /// Nil: not tried yet.
    package var trial: [ConnectionTrialStep]?
    /// What failed in the trial is saved.
    package var isSavedAllTheSame = false
    /// What the form is held against when it is saved.
    package var version: String?
    package var publicURL: String?
    package var isOn = true

    package init(_ kind: ConnectorKind, connection: ConnectionHeadFacts? = nil, name: String) {
        self.kind = kind
        self.connection = connection
        self.name = name
    }

    var hasProblem: Bool { !problems.isEmpty || nameProblem != nil || error != nil }
    var isTrialFailed: Bool { trial?.contains { $0.state == .failed } ?? false }
    var isTried: Bool { trial != nil && !isTrialFailed }

    /// Whether the vendor is told by a person where to call.
    var isCalledBack: Bool {
        switch kind {
        case .hubspot, .odoo, .own: true
        case .salesforce, .zoho: false
        }
    }

    /// What the vendor is to call; nil where it calls nothing, or is told by us.
    var webhook: String? {
        guard let publicURL else { return nil }
        return switch kind {
        case .hubspot, .own: "\(publicURL)/webhooks/crm/\(name)"
        case .odoo: values[.webhookSecret].map { "\(publicURL)/webhooks/crm/\(name)?secret=\($0)" }
        case .salesforce, .zoho: nil
        }
    }

    /// The end of Zoho's addresses, by data centre.
    var zohoDomain: String {
        switch values[.dataCenter] {
        case "eu": "zoho.eu"
        case "in": "zoho.in"
        case "au": "zoho.com.au"
        case "jp": "zoho.jp"
        case "ca": "zohocloud.ca"
        case "cn": "zoho.com.cn"
        case "sa": "zoho.sa"
        default: "zoho.com"
        }
    }

    static let dataCenters = ["us", "eu", "in", "au", "jp", "ca", "cn", "sa"]
}
