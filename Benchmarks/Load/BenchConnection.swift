import Domain

/// The CRM of an installation, as the sandbox lets it in.
struct BenchConnection: Sendable {
    /// What the sandbox's call-backs are told by, where the CRM does not sign them.
    static let webhookSecret = "sandbox-webhook-secret"

    let kind: ConnectorKind
    /// Of the own system; nil: as usual.
    var batchSize: Int?
    /// Whether the CRM may tell of changes at once, where it can.
    var isPushed = false
    /// Seconds between two looks at what changed; nil: as usual.
    var sweepEvery: Int?
    /// Of Odoo; nil: no limit.
    var callsPerSecond: Int?

    init(_ kind: ConnectorKind) {
        self.kind = kind
    }

    /// Its line of `puente.yaml`.
    func text(sandboxURL: String) -> String {
        let address = "\"\(sandboxURL)/\(kind.rawValue)\""
        var settings = ["kind: \(kind.rawValue)", "base_url: \(address)"] + account(address)
        if isPushed { settings += push }
        if let batchSize { settings.append("batch_size: \(batchSize)") }
        if let sweepEvery { settings.append("sweep_every: \(sweepEvery)s") }
        if let callsPerSecond { settings.append("calls_per_second: \(callsPerSecond)") }
        return "  \(kind.rawValue): { \(settings.joined(separator: ", ")) }"
    }

    private func account(_ address: String) -> [String] {
        switch kind {
        case .hubspot: [#"token: "sandbox-token""#]
        case .salesforce: [#"client_id: "sandbox-consumer-key""#, #"client_secret: "sandbox-secret""#]
        case .zoho:
            [
                "accounts_url: \(address)", #"client_id: "1000.SANDBOX""#, #"client_secret: "sandbox-secret""#,
                #"refresh_token: "sandbox-token""#,
            ]
        case .odoo: [#"token: "sandbox-token""#, "database: sandbox", #"username: "bridge@example.com""#]
        case .own: [#"secret: "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA==""#]
        }
    }

    private var push: [String] {
        switch kind {
        case .hubspot: [#"client_secret: "sandbox-secret""#, #"app_id: "54321""#]
        case .zoho, .odoo: ["webhook_secret: \"\(Self.webhookSecret)\""]
        case .salesforce, .own: []
        }
    }
}
