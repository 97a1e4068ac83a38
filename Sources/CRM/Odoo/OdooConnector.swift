package import Domain
package import OutboundHTTP

/// Odoo 16 to 19: contacts as partners, upserted by external id; messages as internal notes on the partner's chatter.
///
/// Odoo has no key against writing a note twice: a note without an answer is looked for by its `message_id` and by the
/// marker in its text. It has no list of what was deleted either: ids are compared with those that are there.
///
/// Source: Odoo's documentation of the JSON-2 and RPC interfaces, and its source, 16.0 to 19.0.
package struct OdooConnector: Connector {
    /// Where Odoo kills a call (`limit_time_real`): only then has one that we gave up certainly ended.
    private static let longestCall: Duration = .seconds(120)
    /// How long we waited for the answer ourselves.
    private static let patience: Duration = .seconds(10)

    let api: OdooAPI
    let people: UserBook

    /// - Parameter client: unguarded, unless a person typed the base URL.
    package init(settings: OdooSettings, client: OutboundClient) {
        let api = OdooAPI(
            settings: settings, client: client, pacer: OdooPacer(callsPerSecond: settings.callsPerSecond))
        self.api = api
        people = UserBook { () async throws(CallFailure) -> [RemoteUser] in try await OdooUsers(api: api).all() }
    }

    package var kind: ConnectorKind { .odoo }
    package var probeURL: String { api.settings.baseURL }
    package var headroom: RateHeadroom? { api.pacer.headroom() }
    package var knownUsers: Set<String>? { people.addresses }

    package func held(_ text: String, by field: String) -> String {
        api.memory.known.lastPartnerBook?.held(text, by: field) ?? text
    }

    package func knownField(_ name: String) -> RemoteField? { api.memory.known.lastPartnerBook?[name]?.field }

    package func users() async throws(CallFailure) -> [RemoteUser]? { try await people.all() }

    package var capabilities: ConnectorCapabilities {
        ConnectorCapabilities(
            upsertKey: true, findsContacts: true, push: api.settings.webhookSecret != nil, isPushVerifiable: false,
            changesByPull: true, deletionsByPull: true, maxContactBatch: 100, maxLookups: 20,
            maxActivityBatch: 20,
            activityWrites: .findable(indexDelay: Self.longestCall - Self.patience))
    }

    package func connectionFailure() async -> TransportFailure? {
        await api.client.reachabilityFailure(of: probeURL)
    }

    /// Ids are numbers.
    static func recordID(_ id: String) -> Int64? {
        guard (1...18).contains(id.utf8.count), let number = Int64(id), number > 0 else { return nil }
        return number
    }

    /// The fields of this Odoo's partners, asked for once.
    func partnerFields() async throws(CallFailure) -> Set<String> { try await partnerBook().names }

    /// - Parameter further: names of fields that are there, read besides what every partner is read with.
    func partners(
        _ domain: [OdooValue], order: String = "id asc", limit: Int = 200, reading further: [String] = []
    ) async throws(CallFailure) -> [OdooPartner] {
        let fields = OdooPartner.fields(of: try await partnerFields(), further)
        let rows: [[String: OdooValue]] = try await api.call(
            .searchRead("res.partner", domain, fields: fields, order: order, limit: limit))
        return rows.map(OdooPartner.init)
    }
}
