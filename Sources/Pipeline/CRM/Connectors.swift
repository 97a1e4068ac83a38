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

    /// - Parameter isTyped: what is wrong is corrected in the form in which the account stands.
    /// - Throws: `PuenteError` naming what is missing or wrong in the account's settings.
    package func connector(for account: ConnectionAccount, isTyped: Bool = false) throws -> any Connector {
        let url = account.baseURL
        let place = Self.place(of: account, isTyped: isTyped)
        switch try StoredCRM(account) {
        case .hubspot(let stored, let secrets):
            var settings = try self.settings(url, stored, secrets)
            settings.place = place
            return HubSpotConnector(settings: settings, client: client)
        case .own(let stored, let secrets):
            var settings = try self.settings(url, stored, secrets)
            settings.place = place
            return OwnSystemConnector(settings: settings, client: client, now: now)
        case .odoo(let stored, let secrets):
            var settings = try self.settings(url, stored, secrets)
            settings.place = place
            return OdooConnector(settings: settings, client: client)
        case .salesforce(let stored, let secrets):
            var settings = try self.settings(url, stored, secrets)
            settings.place = place
            return SalesforceConnector(settings: settings, client: client, now: now)
        case .zoho(let stored, let secrets):
            var settings = try self.settings(url, stored, secrets)
            settings.place = place
            return ZohoConnector(settings: settings, client: client)
        }
    }

    /// - Throws: with advice for the form in which the code stands.
    package func refreshToken(for exchange: CodeExchange) async throws(CallFailure) -> String {
        try await exchange.refreshToken(with: client)
    }

    private static func place(of account: ConnectionAccount, isTyped: Bool) -> SettingsPlace {
        if isTyped { return .form }
        return account.isProvisioned ? .file(name: account.slug) : .console
    }

    private func settings(
        _ url: String, _ stored: StoredCRM.HubSpot, _ secrets: StoredCRM.HubSpotSecrets
    ) throws -> HubSpotSettings {
        let version: HubSpotSettings.Version =
            switch stored.version {
            case nil: .dated("2026-09")
            case "v3": .v3
            case let date?: .dated(date)
            }
        let credential: HubSpotSettings.Credential =
            if let refreshToken = secrets.refreshToken {
                .oauth(
                    clientID: stored.clientID ?? "", clientSecret: secrets.clientSecret ?? "",
                    refreshToken: refreshToken)
            } else {
                .token(secrets.token ?? "")
            }
        return try HubSpotSettings(
            baseURL: url, credential: credential, clientSecret: secrets.clientSecret, appID: stored.appID,
            version: version, language: language)
    }

    private func settings(
        _ url: String, _ stored: StoredCRM.Salesforce, _ secrets: StoredCRM.SalesforceSecrets
    ) throws -> SalesforceSettings {
        let credential: SalesforceSettings.Credential =
            if let username = stored.username {
                .jwtBearer(
                    username: username, privateKey: secrets.secret,
                    audience: stored.audience ?? SalesforceSettings.defaultAudience)
            } else {
                .clientCredentials(secret: secrets.secret)
            }
        return try SalesforceSettings(
            baseURL: url, clientID: stored.clientID, credential: credential, version: stored.version,
            language: language)
    }

    private func settings(
        _ url: String, _ stored: StoredCRM.Odoo, _ secrets: StoredCRM.OdooSecrets
    ) throws -> OdooSettings {
        try OdooSettings(
            baseURL: url, database: stored.database, username: stored.username, key: secrets.token,
            interface: stored.interface ?? .auto, webhookSecret: secrets.webhookSecret,
            callsPerSecond: stored.callsPerSecond, language: language)
    }

    private func settings(
        _ url: String, _ stored: StoredCRM.Zoho, _ secrets: StoredCRM.ZohoSecrets
    ) throws -> ZohoSettings {
        try ZohoSettings(
            dataCenter: ZohoDataCenter(rawValue: stored.dataCenter) ?? .us, accountsURL: stored.accountsURL,
            apiURL: stored.isAPIFixed ? url : nil, clientID: stored.clientID,
            clientSecret: secrets.clientSecret, refreshToken: secrets.refreshToken,
            notificationToken: secrets.webhookSecret, concurrentCalls: stored.concurrentCalls ?? 4,
            dailyCredits: stored.dailyCredits, language: language)
    }

    private func settings(
        _ url: String, _ stored: StoredCRM.Own, _ secrets: StoredCRM.OwnSecrets
    ) throws -> OwnSystemSettings {
        try OwnSystemSettings(
            url: url, secret: secrets.secret, previousSecret: secrets.previousSecret,
            batchSize: stored.batchSize ?? OwnSystemSettings.maxBatch, language: language)
    }
}
