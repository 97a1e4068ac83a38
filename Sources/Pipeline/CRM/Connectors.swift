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

    private struct HubSpotStored: Decodable {
        var version: String?
        var appID: String?
    }

    private struct HubSpotSecrets: Decodable {
        var token: String
        var clientSecret: String?
    }

    private struct OwnStored: Decodable {
        var batchSize: Int?
    }

    private struct OwnSecrets: Decodable {
        var secret: String
        var previousSecret: String?
    }

    private struct SalesforceStored: Decodable {
        var version: String
        var clientID: String
        /// Nil: by client credentials.
        var username: String?
        var audience: String?
    }

    private struct SalesforceSecrets: Decodable {
        /// The client secret, or the private key as PEM.
        var secret: String
    }

    private struct OdooStored: Decodable {
        var database: String?
        var username: String?
        var interface: OdooSettings.Interface?
        var callsPerSecond: Int?
    }

    private struct OdooSecrets: Decodable {
        var token: String
        var webhookSecret: String?
    }

    private struct ZohoStored: Decodable {
        var dataCenter: String
        var accountsURL: String?
        var isAPIFixed: Bool
        var clientID: String
        var concurrentCalls: Int?
        var dailyCredits: Int?
    }

    private struct ZohoSecrets: Decodable {
        var clientSecret: String
        var refreshToken: String
        var webhookSecret: String?
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
        let stored = try JSONText.decode(HubSpotStored.self, from: account.settings)
        let secrets = try JSONText.decode(HubSpotSecrets.self, from: account.secrets)
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
        let stored = try JSONText.decode(SalesforceStored.self, from: account.settings)
        let secret = try JSONText.decode(SalesforceSecrets.self, from: account.secrets).secret
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
        let stored = try JSONText.decode(OdooStored.self, from: account.settings)
        let secrets = try JSONText.decode(OdooSecrets.self, from: account.secrets)
        return try OdooSettings(
            baseURL: account.baseURL, database: stored.database, username: stored.username, key: secrets.token,
            interface: stored.interface ?? .auto, webhookSecret: secrets.webhookSecret,
            callsPerSecond: stored.callsPerSecond, language: language)
    }

    private func zohoSettings(_ account: ConnectionAccount) throws -> ZohoSettings {
        let stored = try JSONText.decode(ZohoStored.self, from: account.settings)
        let secrets = try JSONText.decode(ZohoSecrets.self, from: account.secrets)
        return try ZohoSettings(
            dataCenter: ZohoDataCenter(rawValue: stored.dataCenter) ?? .us, accountsURL: stored.accountsURL,
            apiURL: stored.isAPIFixed ? account.baseURL : nil, clientID: stored.clientID,
            clientSecret: secrets.clientSecret, refreshToken: secrets.refreshToken,
            notificationToken: secrets.webhookSecret, concurrentCalls: stored.concurrentCalls ?? 4,
            dailyCredits: stored.dailyCredits, language: language)
    }

    private func ownSettings(_ account: ConnectionAccount) throws -> OwnSystemSettings {
        let stored = try JSONText.decode(OwnStored.self, from: account.settings)
        let secrets = try JSONText.decode(OwnSecrets.self, from: account.secrets)
        return try OwnSystemSettings(
            url: account.baseURL, secret: secrets.secret, previousSecret: secrets.previousSecret,
            batchSize: stored.batchSize ?? OwnSystemSettings.maxBatch, language: language)
    }
}
