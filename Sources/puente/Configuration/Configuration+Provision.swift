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
        get throws { try stored.provision(at: baseURL) }
    }

    private var stored: StoredCRM {
        switch vendor {
        case .hubspot(let hubspot):
            .hubspot(
                .init(version: hubspot.version, appID: hubspot.appID, clientID: hubspot.clientID),
                .init(
                    token: hubspot.token?.value, clientSecret: hubspot.clientSecret?.value,
                    refreshToken: hubspot.refreshToken?.value))
        case .odoo(let odoo):
            .odoo(
                .init(
                    database: odoo.database, username: odoo.username, interface: odoo.interface,
                    callsPerSecond: odoo.callsPerSecond),
                .init(token: odoo.token.value, webhookSecret: odoo.webhookSecret?.value))
        case .own(let own):
            .own(
                .init(batchSize: own.batchSize),
                .init(secret: own.secret.value, previousSecret: own.previousSecret?.value))
        case .salesforce(let salesforce):
            .salesforce(
                .init(
                    version: salesforce.version, clientID: salesforce.clientID, username: salesforce.username,
                    audience: salesforce.audience),
                .init(secret: salesforce.secret.value))
        case .zoho(let zoho):
            .zoho(
                .init(
                    dataCenter: zoho.dataCenter.rawValue, accountsURL: zoho.accountsURL, isAPIFixed: zoho.isAPIFixed,
                    clientID: zoho.clientID, concurrentCalls: zoho.concurrentCalls, dailyCredits: zoho.dailyCredits),
                .init(
                    clientSecret: zoho.clientSecret.value, refreshToken: zoho.refreshToken.value,
                    webhookSecret: zoho.webhookSecret?.value))
        }
    }
}
