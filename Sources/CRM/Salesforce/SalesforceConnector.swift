package import Domain
package import OutboundHTTP

/// Salesforce: contacts by upsert on an external id, messages in an object of their own, or as tasks where it is missing.
///
/// Salesforce has no webhooks: changes are read by the time of change. Its times have whole seconds, so that many records
/// share one. Queries see a write at once; only its search for phone numbers lags.
///
/// Source: Salesforce, REST API Developer Guide, SOQL and SOSL Reference, Object Reference, v66.0.
package struct SalesforceConnector: Connector {
    let api: SalesforceAPI
    let people: UserBook

    /// - Parameters:
    ///   - client: unguarded, unless a person typed the base URL.
    ///   - now: for the time in the JWT of the login.
    package init(
        settings: SalesforceSettings, client: OutboundClient, now: @escaping @Sendable () -> Timestamp
    ) {
        let api = SalesforceAPI(
            settings: settings, client: client,
            session: SalesforceSession(settings: settings, client: client, now: now), meter: SalesforceMeter(),
            schemas: SalesforceSchemaCache())
        self.api = api
        people = UserBook { () async throws(CallFailure) -> [RemoteUser] in try await SalesforceUsers(api: api).all() }
    }

    package var kind: ConnectorKind { .salesforce }
    package var probeURL: String { api.settings.baseURL }
    package var headroom: RateHeadroom? { api.meter.headroom }
    package var knownUsers: Set<String>? { people.addresses }

    package func held(_ text: String, by field: String) -> String {
        api.schemas.last?.book.held(text, by: field) ?? text
    }

    package func knownField(_ name: String) -> RemoteField? { api.schemas.last?.book[name]?.field }

    package func users() async throws(CallFailure) -> [RemoteUser]? { try await people.all() }

    package var capabilities: ConnectorCapabilities {
        ConnectorCapabilities(
            upsertKey: true, findsContacts: true, push: false, isPushVerifiable: false, changesByPull: true,
            deletionsByPull: true, maxContactBatch: SalesforceBatchRun.maxItems, maxLookups: 10,
            maxActivityBatch: SalesforceBatchRun.maxItems, activityWrites: activityWrites)
    }

    /// A query sees what was written before it; the second is for what another server still commits.
    private var activityWrites: ConnectorCapabilities.ActivityWrites {
        api.schemas.known?.place == .messages ? .idempotent : .findable(indexDelay: .seconds(1))
    }

    package func connectionFailure() async -> TransportFailure? {
        await api.client.reachabilityFailure(of: probeURL)
    }

    package func ping() async throws(CallFailure) {
        let object = try await api.schema().place == .messages ? SalesforceMessageField.object : "Task"
        _ = try await api.page("SELECT Id FROM \(object) LIMIT 1")
    }

    /// Records open under the instance's own address.
    package func pages() async throws(CallFailure) -> RemotePages? {
        let instance = try await api.session.access().instanceURL
        // Links lead to Salesforce and nowhere else, whatever answers in its place.
        guard let address = WebAddress(instance), address.isSecure, address.host.hasSuffix(".salesforce.com") else {
            return nil
        }
        return RemotePages(account: instance, contact: instance + "/")
    }

    /// Salesforce sends none.
    package func readWebhook(_: WebhookRequest) throws(PuenteError) -> [RemoteHint] { throw Self.noWebhooks }

    package func admitWebhook(_: WebhookRequest) throws(PuenteError) { throw Self.noWebhooks }

    private static let noWebhooks = PuenteError(
        .unauthorized, detail: "no_webhooks",
        en: "Salesforce has no webhooks: Puente reads what changed there every few minutes.",
        es: "Salesforce no tiene webhooks: Puente lee cada pocos minutos lo que cambió allí.")
}
