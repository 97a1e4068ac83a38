package import Domain
package import OutboundHTTP

/// HubSpot: contacts by batch upsert, messages as WhatsApp `communications` on the contact's timeline.
///
/// `communications` have neither a direction, nor a status, nor a unique property, and no idempotency key: what a
/// message is stands in its text, and a creation without an answer is looked for by the marker in that text. Indices
/// show a new record after some seconds.
///
/// Source: HubSpot's published schemas and guides for contacts, communications, search, batch errors and webhooks,
/// version 2026-09.
package struct HubSpotConnector: Connector {
    /// How long the index of communications takes to show a new one.
    static let indexDelay: Duration = .seconds(10)

    let api: HubSpotAPI
    let described = HubSpotFieldCache()
    let people: UserBook

    /// - Parameter client: unguarded, unless a person typed the base URL.
    package init(settings: HubSpotSettings, client: OutboundClient) {
        let api = HubSpotAPI(
            settings: settings, client: client, tokens: HubSpotTokens(settings: settings, client: client),
            meter: HubSpotRateMeter(), searches: SearchPacer())
        self.api = api
        people = UserBook { () async throws(CallFailure) -> [RemoteUser] in try await HubSpotOwners(api: api).all() }
    }

    package var kind: ConnectorKind { .hubspot }
    package var probeURL: String { api.settings.baseURL }
    package var headroom: RateHeadroom? { api.meter.headroom }
    package var knownUsers: Set<String>? { people.addresses }

    package func held(_ text: String, by field: String) -> String {
        described.last?.held(text, by: field) ?? text
    }

    package func knownField(_ name: String) -> RemoteField? { described.last?[name]?.field }

    package func users() async throws(CallFailure) -> [RemoteUser]? { try await people.all() }

    package var capabilities: ConnectorCapabilities {
        ConnectorCapabilities(
            upsertKey: true, findsContacts: true, push: api.settings.clientSecret != nil, isPushVerifiable: true,
            changesByPull: true, deletionsByPull: true, maxContactBatch: 100, maxLookups: 15,
            maxActivityBatch: 100, activityWrites: .findable(indexDelay: Self.indexDelay))
    }

    package func connectionFailure() async -> TransportFailure? {
        await api.client.reachabilityFailure(of: probeURL)
    }
}
