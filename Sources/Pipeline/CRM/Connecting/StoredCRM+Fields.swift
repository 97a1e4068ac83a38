package import Domain
package import Store

extension StoredCRM {
    /// What a connection's row says, as it would be typed. Secrets are among it: for those who keep them.
    static func values(of account: ConnectionAccount) throws -> [ConnectionField: String] {
        try StoredCRM(account).values(at: account.baseURL).compactMapValues { $0 }
            .merging(StoredPace(of: account).values) { $1 }
    }

    private func values(at baseURL: String) -> [ConnectionField: String?] {
        switch self {
        case .hubspot(let stored, let secrets):
            [
                .baseURL: baseURL, .appID: stored.appID, .clientID: stored.clientID, .token: secrets.token,
                .clientSecret: secrets.clientSecret, .refreshToken: secrets.refreshToken,
            ]
        case .salesforce(let stored, let secrets):
            [
                .baseURL: baseURL, .clientID: stored.clientID, .username: stored.username,
                .audience: stored.audience, .expiresOn: stored.expiresOn,
                (stored.username == nil ? .clientSecret : .privateKey): secrets.secret,
            ]
        case .zoho(let stored, let secrets):
            [
                .dataCenter: stored.dataCenter, .accountsURL: stored.accountsURL, .clientID: stored.clientID,
                .clientSecret: secrets.clientSecret, .refreshToken: secrets.refreshToken,
                .webhookSecret: secrets.webhookSecret,
            ]
        case .odoo(let stored, let secrets):
            [
                .baseURL: baseURL, .database: stored.database, .username: stored.username,
                .expiresOn: stored.expiresOn, .token: secrets.token, .webhookSecret: secrets.webhookSecret,
                .callsPerSecond: stored.callsPerSecond.map { "\($0)" },
            ]
        case .own(let stored, let secrets):
            [
                .baseURL: baseURL, .secret: secrets.secret, .previousSecret: secrets.previousSecret,
                .batchSize: stored.batchSize.map { "\($0)" },
            ]
        }
    }

    /// The last day of the credentials, where whoever made the connection said so.
    package static func expiry(of account: ConnectionAccount) -> CivilDate? {
        // Settings that cannot be read end no credentials; that they cannot, the connector book says.
        (try? values(of: account))?[.expiresOn].flatMap(CivilDate.init(isoDay:))
    }
}
