package import CRM

/// How a connection's settings and secrets are kept: each as JSON, one shape for each kind. What is nil is left out.
package enum StoredCRM: Sendable {
    case hubspot(HubSpot, HubSpotSecrets)
    case salesforce(Salesforce, SalesforceSecrets)
    case zoho(Zoho, ZohoSecrets)
    case odoo(Odoo, OdooSecrets)
    case own(Own, OwnSecrets)

    package struct HubSpot: Codable, Sendable {
        /// For example `2026-09`, or `v3`; nil: the newest that is known.
        package var version: String?
        package var appID: String?
        package var clientID: String?

        package init(version: String? = nil, appID: String? = nil, clientID: String? = nil) {
            self.version = version
            self.appID = appID
            self.clientID = clientID
        }
    }

    package struct HubSpotSecrets: Codable, Sendable {
        /// Nil with a refresh token.
        package var token: String?
        package var clientSecret: String?
        /// Of an app with OAuth.
        package var refreshToken: String?

        package init(token: String?, clientSecret: String? = nil, refreshToken: String? = nil) {
            self.token = token
            self.clientSecret = clientSecret
            self.refreshToken = refreshToken
        }
    }

    package struct Own: Codable, Sendable {
        package var batchSize: Int?

        package init(batchSize: Int? = nil) {
            self.batchSize = batchSize
        }
    }

    package struct OwnSecrets: Codable, Sendable {
        package var secret: String
        package var previousSecret: String?

        package init(secret: String, previousSecret: String? = nil) {
            self.secret = secret
            self.previousSecret = previousSecret
        }
    }

    package struct Salesforce: Codable, Sendable {
        package var version: String
        package var clientID: String
        /// Nil: by client credentials.
        package var username: String?
        package var audience: String?
        /// The last day of the certificate, `2027-03-31`.
        package var expiresOn: String?

        package init(
            version: String, clientID: String, username: String? = nil, audience: String? = nil,
            expiresOn: String? = nil
        ) {
            self.version = version
            self.clientID = clientID
            self.username = username
            self.audience = audience
            self.expiresOn = expiresOn
        }
    }

    package struct SalesforceSecrets: Codable, Sendable {
        /// The client secret, or the private key as PEM.
        package var secret: String

        package init(secret: String) {
            self.secret = secret
        }
    }

    package struct Odoo: Codable, Sendable {
        package var database: String?
        package var username: String?
        package var interface: OdooSettings.Interface?
        package var callsPerSecond: Int?
        /// The last day of the API key, `2027-03-31`.
        package var expiresOn: String?

        package init(
            database: String? = nil, username: String? = nil, interface: OdooSettings.Interface? = nil,
            callsPerSecond: Int? = nil, expiresOn: String? = nil
        ) {
            self.database = database
            self.username = username
            self.interface = interface
            self.callsPerSecond = callsPerSecond
            self.expiresOn = expiresOn
        }
    }

    package struct OdooSecrets: Codable, Sendable {
        package var token: String
        package var webhookSecret: String?

        package init(token: String, webhookSecret: String? = nil) {
            self.token = token
            self.webhookSecret = webhookSecret
        }
    }

    package struct Zoho: Codable, Sendable {
        package var dataCenter: String
        package var accountsURL: String?
        package var isAPIFixed: Bool
        package var clientID: String
        package var concurrentCalls: Int?
        package var dailyCredits: Int?

        package init(
            dataCenter: String, accountsURL: String? = nil, isAPIFixed: Bool, clientID: String,
            concurrentCalls: Int? = nil, dailyCredits: Int? = nil
        ) {
            self.dataCenter = dataCenter
            self.accountsURL = accountsURL
            self.isAPIFixed = isAPIFixed
            self.clientID = clientID
            self.concurrentCalls = concurrentCalls
            self.dailyCredits = dailyCredits
        }
    }

    package struct ZohoSecrets: Codable, Sendable {
        package var clientSecret: String
        package var refreshToken: String
        package var webhookSecret: String?

        package init(clientSecret: String, refreshToken: String, webhookSecret: String? = nil) {
            self.clientSecret = clientSecret
            self.refreshToken = refreshToken
            self.webhookSecret = webhookSecret
        }
    }
}
