import CRM
import Domain
import OutboundHTTP

/// One account under `crm`.
struct CRMAccount: Sendable {
    enum Vendor: Sendable {
        case hubspot(HubSpot)
        case own(OwnSystem)
    }

    struct HubSpot: Sendable {
        let token: Secret
        let clientSecret: Secret?
        let appID: String?
        let clientID: String?
        /// For example `2026-09`, or `v3`.
        let version: String
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

    /// How often changes are read; nil for a system that cannot be read from.
    var sweepEvery: Duration? {
        switch vendor {
        case .hubspot(let hubspot): hubspot.sweepEvery
        case .own: nil
        }
    }

    var kind: ConnectorKind {
        switch vendor {
        case .hubspot: .hubspot
        case .own: .own
        }
    }
}

extension CRMAccount {
    /// The connector of this account, before the account is in any database: for `puente check`.
    func connector(
        client: OutboundClient, language: Language, now: @escaping @Sendable () -> Timestamp
    ) throws(PuenteError) -> any Connector {
        switch vendor {
        case .hubspot(let hubspot):
            let settings = try HubSpotSettings(
                baseURL: baseURL, token: hubspot.token.value, clientSecret: hubspot.clientSecret?.value,
                appID: hubspot.appID, version: hubspot.version == "v3" ? .v3 : .dated(hubspot.version),
                language: language)
            return HubSpotConnector(settings: settings, client: client)
        case .own(let own):
            let settings = try OwnSystemSettings(
                url: baseURL, secret: own.secret.value, previousSecret: own.previousSecret?.value,
                batchSize: own.batchSize, language: language)
            return OwnSystemConnector(settings: settings, client: client, now: now)
        }
    }
}
