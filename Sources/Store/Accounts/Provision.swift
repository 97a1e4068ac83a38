package import Domain

/// What puente.yaml sets up, by the names it uses. Upserted at every start; a name that is gone is disabled, never
/// deleted. The console shows these rows read-only.
package struct Provision: Sendable {
    package struct App: Sendable {
        package let appID: String
        package let secret: String
        package let previousSecret: String?
        package let verifyToken: String

        package init(appID: String, secret: String, previousSecret: String?, verifyToken: String) {
            self.appID = appID
            self.secret = secret
            self.previousSecret = previousSecret
            self.verifyToken = verifyToken
        }
    }

    package struct Number: Sendable {
        package let app: String
        /// Further apps that get the webhooks of the number's account.
        package let alsoApps: [String]
        package let phoneNumberID: String
        package let wabaID: String
        package let portfolioID: String
        package let displayNumber: String
        package let accessToken: String?

        package init(
            app: String, alsoApps: [String] = [], phoneNumberID: String, wabaID: String, portfolioID: String,
            displayNumber: String, accessToken: String?
        ) {
            self.app = app
            self.alsoApps = alsoApps
            self.phoneNumberID = phoneNumberID
            self.wabaID = wabaID
            self.portfolioID = portfolioID
            self.displayNumber = displayNumber
            self.accessToken = accessToken
        }
    }

    package struct Connection: Sendable {
        package let kind: String
        package let baseURL: String
        /// JSON without secrets.
        package let settings: String
        /// JSON; sealed before it is stored.
        package let secrets: String

        package init(kind: String, baseURL: String, settings: String, secrets: String) {
            self.kind = kind
            self.baseURL = baseURL
            self.settings = settings
            self.secrets = secrets
        }
    }

    package struct APIKey: Sendable {
        package let key: String
        /// Separated by spaces: `read write admin`.
        package let scopes: String

        package init(key: String, scopes: String) {
            self.key = key
            self.scopes = scopes
        }
    }

    package var workspaceName: String
    package var region: String
    package var language: String
    package var apps: [String: App]
    package var numbers: [String: Number]
    package var connections: [String: Connection]
    package var apiKeys: [String: APIKey]

    package init(
        workspaceName: String, region: String, language: String, apps: [String: App] = [:],
        numbers: [String: Number] = [:], connections: [String: Connection] = [:], apiKeys: [String: APIKey] = [:]
    ) {
        self.workspaceName = workspaceName
        self.region = region
        self.language = language
        self.apps = apps
        self.numbers = numbers
        self.connections = connections
        self.apiKeys = apiKeys
    }
}
