import CRM
import Domain
import Pipeline
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
                        StoredCRM.HubSpot(version: hubspot.version, appID: hubspot.appID, clientID: hubspot.clientID)),
                    try JSONText.encode(
                        StoredCRM.HubSpotSecrets(token: hubspot.token.value, clientSecret: hubspot.clientSecret?.value))
                )
            case .odoo(let odoo):
                (
                    try JSONText.encode(
                        StoredCRM.Odoo(
                            database: odoo.database, username: odoo.username, interface: odoo.interface,
                            callsPerSecond: odoo.callsPerSecond)),
                    try JSONText.encode(
                        StoredCRM.OdooSecrets(token: odoo.token.value, webhookSecret: odoo.webhookSecret?.value))
                )
            case .own(let own):
                (
                    try JSONText.encode(StoredCRM.Own(batchSize: own.batchSize)),
                    try JSONText.encode(
                        StoredCRM.OwnSecrets(secret: own.secret.value, previousSecret: own.previousSecret?.value))
                )
            case .salesforce(let salesforce):
                (
                    try JSONText.encode(
                        StoredCRM.Salesforce(
                            version: salesforce.version, clientID: salesforce.clientID, username: salesforce.username,
                            audience: salesforce.audience)),
                    try JSONText.encode(StoredCRM.SalesforceSecrets(secret: salesforce.secret.value))
                )
            case .zoho(let zoho):
                (
                    try JSONText.encode(
                        StoredCRM.Zoho(
                            dataCenter: zoho.dataCenter.rawValue, accountsURL: zoho.accountsURL,
                            isAPIFixed: zoho.isAPIFixed, clientID: zoho.clientID,
                            concurrentCalls: zoho.concurrentCalls, dailyCredits: zoho.dailyCredits)),
                    try JSONText.encode(
                        StoredCRM.ZohoSecrets(
                            clientSecret: zoho.clientSecret.value, refreshToken: zoho.refreshToken.value,
                            webhookSecret: zoho.webhookSecret?.value))
                )
            }
        }
    }
}
