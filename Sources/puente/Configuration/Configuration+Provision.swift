import CRM
import Domain
import Store

extension Configuration {
    /// What is upserted into the database at every start.
    var provision: Provision {
        get throws {
            Provision(
                workspaceName: workspace.name, region: workspace.region, language: workspace.language.rawValue,
                apps: whatsapp.apps.mapValues(\.provision), numbers: whatsapp.numbers.mapValues(\.provision),
                connections: try crm.mapValues { try $0.provision },
                apiKeys: apiKeys.mapValues {
                    Provision.APIKey(key: $0.key.value, scopes: $0.scopes.joined(separator: " "))
                })
        }
    }
}

extension Configuration.App {
    fileprivate var provision: Provision.App {
        Provision.App(
            appID: appID, secret: secret.value, previousSecret: previousSecret?.value, verifyToken: verifyToken.value)
    }
}

extension Configuration.Number {
    fileprivate var provision: Provision.Number {
        Provision.Number(
            app: app, alsoApps: alsoApps, phoneNumberID: phoneNumberID, wabaID: wabaID, portfolioID: portfolioID ?? "",
            displayNumber: displayNumber, accessToken: accessToken.value)
    }
}

extension CRMAccount {
    // The shapes that the pipeline's connector factory reads.
    private struct HubSpotStored: Encodable {
        let version: String
        let appID: String?
        let clientID: String?
    }

    private struct HubSpotSecrets: Encodable {
        let token: String
        let clientSecret: String?
    }

    private struct OwnStored: Encodable {
        let batchSize: Int
    }

    private struct OwnSecrets: Encodable {
        let secret: String
        let previousSecret: String?
    }

    private struct SalesforceStored: Encodable {
        let version: String
        let clientID: String
        let username: String?
        let audience: String?
    }

    private struct SalesforceSecrets: Encodable {
        let secret: String
    }

    private struct OdooStored: Encodable {
        let database: String?
        let username: String?
        let interface: OdooSettings.Interface
        let callsPerSecond: Int?
    }

    private struct OdooSecrets: Encodable {
        let token: String
        let webhookSecret: String?
    }

    private struct ZohoStored: Encodable {
        let dataCenter: String
        let accountsURL: String?
        let isAPIFixed: Bool
        let clientID: String
        let concurrentCalls: Int
        let dailyCredits: Int?
    }

    private struct ZohoSecrets: Encodable {
        let clientSecret: String
        let refreshToken: String
        let webhookSecret: String?
    }

    var provision: Provision.Connection {
        get throws {
            let (settings, secrets) = try stored
            return Provision.Connection(
                kind: kind.rawValue, baseURL: baseURL, settings: settings, secrets: secrets)
        }
    }

    private var stored: (settings: String, secrets: String) {
        get throws {
            switch vendor {
            case .hubspot(let hubspot):
                (
                    try JSONText.encode(
                        HubSpotStored(version: hubspot.version, appID: hubspot.appID, clientID: hubspot.clientID)),
                    try JSONText.encode(
                        HubSpotSecrets(token: hubspot.token.value, clientSecret: hubspot.clientSecret?.value))
                )
            case .odoo(let odoo):
                (
                    try JSONText.encode(
                        OdooStored(
                            database: odoo.database, username: odoo.username, interface: odoo.interface,
                            callsPerSecond: odoo.callsPerSecond)),
                    try JSONText.encode(
                        OdooSecrets(token: odoo.token.value, webhookSecret: odoo.webhookSecret?.value))
                )
            case .own(let own):
                (
                    try JSONText.encode(OwnStored(batchSize: own.batchSize)),
                    try JSONText.encode(
                        OwnSecrets(secret: own.secret.value, previousSecret: own.previousSecret?.value))
                )
            case .salesforce(let salesforce):
                (
                    try JSONText.encode(
                        SalesforceStored(
                            version: salesforce.version, clientID: salesforce.clientID, username: salesforce.username,
                            audience: salesforce.audience)),
                    try JSONText.encode(SalesforceSecrets(secret: salesforce.secret.value))
                )
            case .zoho(let zoho):
                (
                    try JSONText.encode(
                        ZohoStored(
                            dataCenter: zoho.dataCenter.rawValue, accountsURL: zoho.accountsURL,
                            isAPIFixed: zoho.isAPIFixed, clientID: zoho.clientID,
                            concurrentCalls: zoho.concurrentCalls, dailyCredits: zoho.dailyCredits)),
                    try JSONText.encode(
                        ZohoSecrets(
                            clientSecret: zoho.clientSecret.value, refreshToken: zoho.refreshToken.value,
                            webhookSecret: zoho.webhookSecret?.value))
                )
            }
        }
    }
}
