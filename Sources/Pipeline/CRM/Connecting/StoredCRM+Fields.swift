import CRM
package import Domain
package import Store

extension StoredCRM {
    /// What a connection's row says, as it would be typed. Secrets are among it: for those who keep them.
    static func values(of account: ConnectionAccount) throws -> [ConnectionField: String] {
        guard let kind = ConnectorKind(rawValue: account.kind) else { return [:] }
        let values: [ConnectionField: String?] =
            switch kind {
            case .hubspot: try hubSpot(account)
            case .salesforce: try salesforce(account)
            case .zoho: try zoho(account)
            case .odoo: try odoo(account)
            case .own: try own(account)
            }
        return values.compactMapValues { $0 }
    }

    private static func hubSpot(_ account: ConnectionAccount) throws -> [ConnectionField: String?] {
        let stored = try JSONText.decode(HubSpot.self, from: account.settings)
        let secrets = try JSONText.decode(HubSpotSecrets.self, from: account.secrets)
        return [
            .baseURL: account.baseURL, .appID: stored.appID, .token: secrets.token,
            .clientSecret: secrets.clientSecret,
        ]
    }

    private static func salesforce(_ account: ConnectionAccount) throws -> [ConnectionField: String?] {
        let stored = try JSONText.decode(Salesforce.self, from: account.settings)
        let secret = try JSONText.decode(SalesforceSecrets.self, from: account.secrets).secret
        return [
            .baseURL: account.baseURL, .clientID: stored.clientID, .username: stored.username,
            .audience: stored.audience, .expiresOn: stored.expiresOn,
            (stored.username == nil ? .clientSecret : .privateKey): secret,
        ]
    }

    private static func zoho(_ account: ConnectionAccount) throws -> [ConnectionField: String?] {
        let stored = try JSONText.decode(Zoho.self, from: account.settings)
        let secrets = try JSONText.decode(ZohoSecrets.self, from: account.secrets)
        return [
            .dataCenter: stored.dataCenter, .accountsURL: stored.accountsURL, .clientID: stored.clientID,
            .clientSecret: secrets.clientSecret, .refreshToken: secrets.refreshToken,
            .webhookSecret: secrets.webhookSecret,
        ]
    }

    private static func odoo(_ account: ConnectionAccount) throws -> [ConnectionField: String?] {
        let stored = try JSONText.decode(Odoo.self, from: account.settings)
        let secrets = try JSONText.decode(OdooSecrets.self, from: account.secrets)
        return [
            .baseURL: account.baseURL, .database: stored.database, .username: stored.username,
            .expiresOn: stored.expiresOn, .token: secrets.token, .webhookSecret: secrets.webhookSecret,
        ]
    }

    private static func own(_ account: ConnectionAccount) throws -> [ConnectionField: String?] {
        let secrets = try JSONText.decode(OwnSecrets.self, from: account.secrets)
        return [.baseURL: account.baseURL, .secret: secrets.secret, .previousSecret: secrets.previousSecret]
    }

    /// The last day of the credentials, where whoever made the connection said so.
    package static func expiry(of account: ConnectionAccount) -> CivilDate? {
        // Settings that cannot be read end no credentials; that they cannot, the connector book says.
        (try? values(of: account))?[.expiresOn].flatMap(CivilDate.init(isoDay:))
    }
}
