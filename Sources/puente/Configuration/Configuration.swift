import CRM
import Domain
import FoundationEssentials
import Logging
import OutboundHTTP
import Pipeline
import Store

/// What `puente.yaml` and the environment say, checked. Secrets inside do not print.
struct Configuration: Sendable {
    let source: ConfigurationSource
    let server: Server
    /// Hosts that may lead into a private network although their names look public.
    let privateHosts: Set<String>
    let database: DatabaseAddress
    /// Absolute, like every path here.
    let mediaFolder: String
    let keyFile: String
    let workspace: Workspace
    let whatsapp: WhatsApp
    let crm: [String: CRMAccount]
    let apiKeys: [String: APIKey]
    let retention: Retention
    /// When a webhook where nothing arrives is switched off.
    let webhooksOffAfter: Duration
    let limits: IntakeLimits
    /// Above how much of the machine's processors calls to CRMs are slowed down, in percent.
    let busyPercent: Int
    let logLevel: Logger.Level
    let nodeName: String

    struct Server: Sendable {
        let host: String
        /// 0 takes a free one.
        let port: Int
        /// Without a slash at its end, without a path.
        let publicURL: String
        /// Nil where a proxy does TLS.
        let tls: TLSFiles?
        let trustedProxies: [IPNetwork]
    }

    /// PEM files.
    struct TLSFiles: Equatable, Sendable {
        let certificate: String
        let key: String
    }

    struct Workspace: Sendable {
        let name: String
        /// Two capitals.
        let region: String
        let language: Language
        /// Nil where nobody said: the server's.
        let timeZone: TimeZone?
    }

    struct WhatsApp: Sendable {
        /// Without a slash at its end.
        let graphURL: String
        /// For example `v25.0`.
        let apiVersion: String
        let onUncertain: OnUncertain
        let uncertainAfter: Duration
        let apps: [String: App]
        let numbers: [String: Number]
    }

    struct App: Sendable {
        let appID: String
        let secret: Secret
        let previousSecret: Secret?
        let verifyToken: Secret
    }

    struct Number: Sendable {
        let app: String
        /// Further apps that get the account's webhooks.
        let alsoApps: [String]
        let phoneNumberID: String
        let wabaID: String
        let portfolioID: String?
        let displayNumber: String
        let accessToken: Secret
    }

    struct APIKey: Sendable {
        let key: Secret
        let scopes: [String]
        let tier: APITier
    }
}

/// What is done with a send whose outcome nobody knows.
enum OnUncertain: String, CaseIterable, Sendable {
    case wait, retry
}

/// R7.
enum APITier: String, CaseIterable, Sendable {
    case standard, enterprise

    /// Requests to the API, or records written to a CRM (R7).
    var perMinute: Int {
        switch self {
        case .standard: 300
        case .enterprise: 1500
        }
    }
}
