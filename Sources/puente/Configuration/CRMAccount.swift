import CRM
import Domain
import OutboundHTTP

/// One account under `crm`.
struct CRMAccount: Sendable {
    enum Vendor: Sendable {
        case hubspot(HubSpot)
        case own(OwnSystem)
        case odoo(Odoo)
        case salesforce(Salesforce)
        case zoho(Zoho)
    }

    struct HubSpot: Sendable {
        /// Nil with a refresh token.
        let token: Secret?
        /// Of an app with OAuth, beside its client id and its client secret.
        let refreshToken: Secret?
        let clientSecret: Secret?
        let appID: String?
        let clientID: String?
        /// For example `2026-09`, or `v3`.
        let version: String
        let sweepEvery: Duration

        var credential: HubSpotSettings.Credential {
            guard let refreshToken else { return .token(token?.value ?? "") }
            return .oauth(
                clientID: clientID ?? "", clientSecret: clientSecret?.value ?? "", refreshToken: refreshToken.value)
        }
    }

    struct Salesforce: Sendable {
        let clientID: String
        /// The client secret; with a user name the private key as PEM.
        let secret: Secret
        /// Nil: by client credentials.
        let username: String?
        let audience: String?
        /// For example `v66.0`.
        let version: String
        let sweepEvery: Duration

        var credential: SalesforceSettings.Credential {
            guard let username else { return .clientCredentials(secret: secret.value) }
            return .jwtBearer(
                username: username, privateKey: secret.value, audience: audience ?? SalesforceSettings.defaultAudience)
        }
    }

    struct Odoo: Sendable {
        let database: String?
        let username: String?
        /// The API key.
        let token: Secret
        let interface: OdooSettings.Interface
        let webhookSecret: Secret?
        let callsPerSecond: Int?
        let sweepEvery: Duration
    }

    struct Zoho: Sendable {
        let dataCenter: ZohoDataCenter
        /// Nil: the data centre's.
        let accountsURL: String?
        /// The operator wrote where the API is.
        let isAPIFixed: Bool
        let clientID: String
        let clientSecret: Secret
        let refreshToken: Secret
        let webhookSecret: Secret?
        let concurrentCalls: Int
        let dailyCredits: Int?
        let sweepEvery: Duration
    }

    struct OwnSystem: Sendable {
        let secret: Secret
        let previousSecret: Secret?
        let batchSize: Int
    }

    /// Without a slash at its end.
    let baseURL: String
    let vendor: Vendor
    /// How much is written in a minute at most; nil: as much as the vendor takes.
    var tier: APITier?
    /// The last day of its credentials, where they end and nobody but a person renews them: as it is written, or as the
    /// certificate says.
    var expiresOn: CivilDate?
    /// How often all contacts are compared with their records; nil: as usual.
    var compareEvery: Duration?

    /// How often changes are read; nil for a system that cannot be read from.
    var sweepEvery: Duration? {
        switch vendor {
        case .hubspot(let hubspot): hubspot.sweepEvery
        case .own: nil
        case .odoo(let odoo): odoo.sweepEvery
        case .salesforce(let salesforce): salesforce.sweepEvery
        case .zoho(let zoho): zoho.sweepEvery
        }
    }

    var kind: ConnectorKind {
        switch vendor {
        case .hubspot: .hubspot
        case .own: .own
        case .odoo: .odoo
        case .salesforce: .salesforce
        case .zoho: .zoho
        }
    }
}

extension CRMAccount {
    /// The connector of this account, before the account is in any database: for `puente check`.
    func connector(
        named name: String, client: OutboundClient, language: Language, now: @escaping @Sendable () -> Timestamp
    ) throws(PuenteError) -> any Connector {
        let place = SettingsPlace.file(name: name)
        switch vendor {
        case .hubspot(let hubspot):
            var settings = try HubSpotSettings(
                baseURL: baseURL, credential: hubspot.credential, clientSecret: hubspot.clientSecret?.value,
                appID: hubspot.appID, version: hubspot.version == "v3" ? .v3 : .dated(hubspot.version),
                language: language)
            settings.place = place
            return HubSpotConnector(settings: settings, client: client)
        case .odoo(let odoo):
            var settings = try OdooSettings(
                baseURL: baseURL, database: odoo.database, username: odoo.username, key: odoo.token.value,
                interface: odoo.interface, webhookSecret: odoo.webhookSecret?.value,
                callsPerSecond: odoo.callsPerSecond, language: language)
            settings.place = place
            return OdooConnector(settings: settings, client: client)
        case .own(let own):
            var settings = try OwnSystemSettings(
                url: baseURL, secret: own.secret.value, previousSecret: own.previousSecret?.value,
                batchSize: own.batchSize, language: language)
            settings.place = place
            return OwnSystemConnector(settings: settings, client: client, now: now)
        case .salesforce(let salesforce):
            var settings = try SalesforceSettings(
                baseURL: baseURL, clientID: salesforce.clientID, credential: salesforce.credential,
                version: salesforce.version, language: language)
            settings.place = place
            return SalesforceConnector(settings: settings, client: client, now: now)
        case .zoho(let zoho):
            var settings = try ZohoSettings(
                dataCenter: zoho.dataCenter, accountsURL: zoho.accountsURL, apiURL: zoho.isAPIFixed ? baseURL : nil,
                clientID: zoho.clientID, clientSecret: zoho.clientSecret.value,
                refreshToken: zoho.refreshToken.value, notificationToken: zoho.webhookSecret?.value,
                concurrentCalls: zoho.concurrentCalls, dailyCredits: zoho.dailyCredits, language: language)
            settings.place = place
            return ZohoConnector(settings: settings, client: client)
        }
    }
}
