import CRM
import Domain
import Sandbox

/// The demonstration's CRM: one of the sandbox's, with what the sandbox lets in.
struct DemoCRM {
    /// What tells the sandbox's call-backs from others', where the CRM does not sign them.
    private static let webhookSecret = "sandbox-webhook-secret"

    let kind: ConnectorKind
    private let sandbox = SandboxConfiguration()

    init(_ kind: ConnectorKind) {
        self.kind = kind
    }

    /// Under which it stands in the configuration and in addresses.
    var name: String { kind.rawValue }

    /// - Parameter url: the sandbox's.
    func account(at url: String) -> CRMAccount {
        CRMAccount(baseURL: "\(url)/\(name)", vendor: vendor(at: "\(url)/\(name)"))
    }

    /// Where the sandbox tells of what people do in the CRM. Nil where the CRM has no webhooks (Salesforce), and where Puente
    /// opens the channel itself (Zoho).
    /// - Parameter url: Puente's.
    func callback(at url: String) -> SandboxCallback? {
        let address = "\(url)/webhooks/crm/\(name)"
        return switch kind {
        case .hubspot: SandboxCallback(sender: .hubspot, url: address)
        case .odoo: SandboxCallback(sender: .odoo, url: "\(address)?secret=\(Self.webhookSecret)")
        case .own: SandboxCallback(sender: .own, url: address)
        case .salesforce, .zoho: nil
        }
    }

    /// How soon what people change in the CRM is here.
    var readBack: LocalizedText {
        switch kind {
        case .hubspot, .odoo, .own, .zoho:
            LocalizedText(en: "Changes in the CRM come at once.", es: "Los cambios en el CRM llegan al instante.")
        case .salesforce:
            LocalizedText(
                en: "Salesforce has no webhooks: changes are read every 5 minutes.",
                es: "Salesforce no tiene webhooks: los cambios se leen cada 5 minutos.")
        }
    }

    /// A person in the CRM who makes a contact: a line for the shell.
    /// - Parameter url: the sandbox's.
    func example(at url: String) -> String? {
        guard let body = exampleBody else { return nil }
        return "curl -sS \(url)/sandbox/crm/\(name)/contacts -d '\(body)'"
    }

    private var exampleBody: String? {
        switch kind {
        case .hubspot: #"{"properties": {"firstname": "Ana", "mobilephone": "+525550001111"}}"#
        case .odoo: #"{"name": "Ana", "phone": "+525550001111"}"#
        case .own: nil
        case .salesforce: #"{"fields": {"LastName": "López", "MobilePhone": "+525550001111"}}"#
        case .zoho: #"{"fields": {"Last_Name": "López", "Mobile": "+525550001111"}}"#
        }
    }

    private func vendor(at url: String) -> CRMAccount.Vendor {
        switch kind {
        case .hubspot: .hubspot(hubSpot)
        case .odoo: .odoo(odoo)
        case .own: .own(ownSystem)
        case .salesforce: .salesforce(salesforce)
        case .zoho: .zoho(zoho(at: url))
        }
    }

    private var hubSpot: CRMAccount.HubSpot {
        CRMAccount.HubSpot(
            token: Secret(sandbox.accessToken), refreshToken: nil, clientSecret: Secret(sandbox.hubSpotSecret),
            appID: "\(sandbox.hubSpotAppID)", clientID: nil, version: "2026-09", sweepEvery: .minutes(5))
    }

    /// The simulator's Odoo is of version 19, which is spoken to by JSON-2; older ones need the database and the user.
    private var odoo: CRMAccount.Odoo {
        CRMAccount.Odoo(
            database: sandbox.odoo.database, username: sandbox.odoo.login, token: Secret(sandbox.accessToken),
            interface: .auto, webhookSecret: Secret(Self.webhookSecret), callsPerSecond: nil, sweepEvery: .minutes(5))
    }

    private var ownSystem: CRMAccount.OwnSystem {
        CRMAccount.OwnSystem(
            secret: Secret(sandbox.ownSystemSecret), previousSecret: nil, batchSize: OwnSystemSettings.maxBatch)
    }

    private var salesforce: CRMAccount.Salesforce {
        CRMAccount.Salesforce(
            clientID: sandbox.salesforce.consumerKey, secret: Secret(sandbox.salesforce.consumerSecret), username: nil,
            audience: nil, version: SalesforceSettings.defaultVersion, sweepEvery: .minutes(5))
    }

    private func zoho(at url: String) -> CRMAccount.Zoho {
        CRMAccount.Zoho(
            dataCenter: .us, accountsURL: url, isAPIFixed: true, clientID: sandbox.zohoClientID,
            clientSecret: Secret(sandbox.zohoClientSecret), refreshToken: Secret(sandbox.accessToken),
            webhookSecret: Secret(Self.webhookSecret), concurrentCalls: 4, dailyCredits: nil, sweepEvery: .minutes(5))
    }
}
