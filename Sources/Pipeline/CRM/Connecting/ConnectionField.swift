package import Domain

/// What a person or a program says of a CRM account. The raw value is the key of puente.yaml.
package enum ConnectionField: String, CaseIterable, Hashable, Sendable {
    case baseURL = "base_url"
    case token
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case appID = "app_id"
    case username
    case privateKey = "private_key"
    case audience
    case dataCenter = "data_center"
    case accountsURL = "accounts_url"
    case refreshToken = "refresh_token"
    /// Exchanged for a refresh token, once, and never kept. No key of puente.yaml.
    case code
    /// Of the page that gave the code. Never kept.
    case redirectURL = "redirect_url"
    case database
    case webhookSecret = "webhook_secret"
    case secret
    case previousSecret = "previous_secret"
    /// The last day of the credentials, `2027-03-31`.
    case expiresOn = "expires_on"
    /// How much is written to it in a minute at most: `standard` or `enterprise`.
    case tier
    /// How often changes are read, and everything is compared: `5m`, `7d`.
    case sweepEvery = "sweep_every"
    case compareEvery = "compare_every"
    case batchSize = "batch_size"
    case callsPerSecond = "calls_per_second"

    /// Of one value, in bytes: a private key is the longest.
    package static let maxBytes = 16 << 10

    /// Never shown again once it is kept.
    package var isSecret: Bool {
        switch self {
        case .token, .clientSecret, .privateKey, .refreshToken, .code, .webhookSecret, .secret, .previousSecret: true
        case .baseURL, .clientID, .appID, .username, .audience, .dataCenter, .accountsURL, .redirectURL, .database,
            .expiresOn:
            false
        case .tier, .sweepEvery, .compareEvery, .batchSize, .callsPerSecond: false
        }
    }

    /// Where secrets are sent: who changes it shows that they know them.
    var isDestination: Bool {
        switch self {
        case .baseURL, .dataCenter, .accountsURL, .audience: true
        case .token, .clientID, .clientSecret, .appID, .username, .privateKey, .refreshToken, .code, .redirectURL,
            .database, .webhookSecret, .secret, .previousSecret, .expiresOn, .tier, .sweepEvery, .compareEvery,
            .batchSize, .callsPerSecond:
            false
        }
    }
}

extension ConnectorKind {
    /// What people are asked, in this order: besides what is kept, the code that a refresh token is got with.
    package var formFields: [ConnectionField] {
        switch self {
        case .hubspot:
            [.token, .clientSecret, .appID, .clientID, .redirectURL, .code, .refreshToken, .baseURL] + advancedFields
        case .zoho: [.dataCenter, .clientID, .clientSecret, .code, .refreshToken, .accountsURL] + advancedFields
        case .salesforce, .odoo, .own: fields
        }
    }

    /// What can be said of an account of this kind.
    package var fields: [ConnectionField] { accountFields + advancedFields }

    private var accountFields: [ConnectionField] {
        switch self {
        case .hubspot: [.token, .clientSecret, .appID, .clientID, .refreshToken, .baseURL]
        case .salesforce:
            [.baseURL, .clientID, .clientSecret, .username, .privateKey, .audience, .expiresOn]
        case .zoho: [.dataCenter, .clientID, .clientSecret, .refreshToken, .accountsURL]
        case .odoo: [.baseURL, .token, .database, .username, .webhookSecret, .expiresOn]
        case .own: [.baseURL, .secret, .previousSecret]
        }
    }

    /// Without which it cannot be reached. Salesforce besides takes either a client secret, or a user name and a key; HubSpot
    /// either a token, or a refresh token beside the client id and the client secret.
    package var requiredFields: Set<ConnectionField> {
        switch self {
        case .hubspot: []
        case .salesforce: [.baseURL, .clientID]
        case .zoho: [.dataCenter, .clientID, .clientSecret, .refreshToken]
        case .odoo: [.baseURL, .token]
        case .own: [.baseURL, .secret]
        }
    }

    /// Secrets that a connection may do without. Salesforce and HubSpot need one of two.
    package var optionalSecrets: Set<ConnectionField> {
        switch self {
        case .salesforce: []
        case .hubspot: [.clientSecret]
        case .zoho, .odoo, .own: Set(fields.filter(\.isSecret)).subtracting(requiredFields)
        }
    }

    /// Of two ways to sign in, each with fields of its own: one of the two is needed.
    package var eitherFields: Set<ConnectionField> {
        switch self {
        case .hubspot: [.token, .code, .refreshToken]
        case .salesforce: [.clientSecret, .username, .privateKey]
        case .zoho: [.code, .refreshToken]
        case .odoo, .own: []
        }
    }

    /// Of the fields, those that say how fast it is worked, not what it is.
    package var advancedFields: [ConnectionField] {
        switch self {
        case .hubspot, .salesforce, .zoho: [.tier, .sweepEvery, .compareEvery]
        case .odoo: [.tier, .sweepEvery, .compareEvery, .callsPerSecond]
        case .own: [.tier, .compareEvery, .batchSize]
        }
    }

    /// Of the fields, those that few people need.
    package var furtherFields: Set<ConnectionField> {
        switch self {
        case .hubspot: [.baseURL]
        case .salesforce: [.audience, .expiresOn]
        case .zoho: [.accountsURL]
        case .odoo: [.expiresOn]
        case .own: [.previousSecret]
        }
    }
}
