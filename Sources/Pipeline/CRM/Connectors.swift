package import CRM
package import Domain
import FoundationEssentials
package import OutboundHTTP
package import Store

/// Builds the connector of an account from its stored settings.
package struct ConnectorFactory: Sendable {
    private let client: OutboundClient
    private let language: Language
    private let now: @Sendable () -> Timestamp

    package init(client: OutboundClient, language: Language, now: @escaping @Sendable () -> Timestamp) {
        self.client = client
        self.language = language
        self.now = now
    }

    /// - Throws: `PuenteError` naming what is missing or wrong in the account's settings.
    package func connector(for account: ConnectionAccount) throws -> any Connector {
        guard let kind = ConnectorKind(rawValue: account.kind) else {
            throw PuenteError(
                .invalid,
                en: "crm.\(account.slug).kind \"\(account.kind)\" is none of \(ConnectorKind.words).",
                es: "crm.\(account.slug).kind «\(account.kind)» no es ninguno de \(ConnectorKind.words).")
        }
        switch kind {
        case .hubspot: return HubSpotConnector(settings: try hubSpotSettings(account), client: client)
        case .own: return OwnSystemConnector(settings: try ownSettings(account), client: client, now: now)
        case .odoo: return OdooConnector(settings: try odooSettings(account), client: client)
        case .salesforce:
            return SalesforceConnector(settings: try salesforceSettings(account), client: client, now: now)
        case .zoho: return ZohoConnector(settings: try zohoSettings(account), client: client)
        }
    }

    private func hubSpotSettings(_ account: ConnectionAccount) throws -> HubSpotSettings {
        let stored = try JSONText.decode(StoredCRM.HubSpot.self, from: account.settings)
        let secrets = try JSONText.decode(StoredCRM.HubSpotSecrets.self, from: account.secrets)
        let version: HubSpotSettings.Version =
            switch stored.version {
            case nil: .dated("2026-09")
            case "v3": .v3
            case let date?: .dated(date)
            }
        return try HubSpotSettings(
            baseURL: account.baseURL, token: secrets.token, clientSecret: secrets.clientSecret, appID: stored.appID,
            version: version, language: language)
    }

    private func salesforceSettings(_ account: ConnectionAccount) throws -> SalesforceSettings {
        let stored = try JSONText.decode(StoredCRM.Salesforce.self, from: account.settings)
        let secret = try JSONText.decode(StoredCRM.SalesforceSecrets.self, from: account.secrets).secret
        let credential: SalesforceSettings.Credential =
            if let username = stored.username {
                .jwtBearer(
                    username: username, privateKey: secret,
                    audience: stored.audience ?? SalesforceSettings.defaultAudience)
            } else {
                .clientCredentials(secret: secret)
            }
        return try SalesforceSettings(
            baseURL: account.baseURL, clientID: stored.clientID, credential: credential, version: stored.version,
            language: language)
    }

    private func odooSettings(_ account: ConnectionAccount) throws -> OdooSettings {
        let stored = try JSONText.decode(StoredCRM.Odoo.self, from: account.settings)
        let secrets = try JSONText.decode(StoredCRM.OdooSecrets.self, from: account.secrets)
        return try OdooSettings(
            baseURL: account.baseURL, database: stored.database, username: stored.username, key: secrets.token,
            interface: stored.interface ?? .auto, webhookSecret: secrets.webhookSecret,
            callsPerSecond: stored.callsPerSecond, language: language)
    }

    private func zohoSettings(_ account: ConnectionAccount) throws -> ZohoSettings {
        let stored = try JSONText.decode(StoredCRM.Zoho.self, from: account.settings)
        let secrets = try JSONText.decode(StoredCRM.ZohoSecrets.self, from: account.secrets)
        return try ZohoSettings(
            dataCenter: ZohoDataCenter(rawValue: stored.dataCenter) ?? .us, accountsURL: stored.accountsURL,
            apiURL: stored.isAPIFixed ? account.baseURL : nil, clientID: stored.clientID,
            clientSecret: secrets.clientSecret, refreshToken: secrets.refreshToken,
            notificationToken: secrets.webhookSecret, concurrentCalls: stored.concurrentCalls ?? 4,
            dailyCredits: stored.dailyCredits, language: language)
    }

    private func ownSettings(_ account: ConnectionAccount) throws -> OwnSystemSettings {
        let stored = try JSONText.decode(StoredCRM.Own.self, from: account.settings)
        let secrets = try JSONText.decode(StoredCRM.OwnSecrets.self, from: account.secrets)
        return try OwnSystemSettings(
            url: account.baseURL, secret: secrets.secret, previousSecret: secrets.previousSecret,
            batchSize: stored.batchSize ?? OwnSystemSettings.maxBatch, language: language)
    }
}
