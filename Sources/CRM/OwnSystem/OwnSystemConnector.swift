package import Domain
package import OutboundHTTP

/// A system that the company built itself: it gets signed events (Standard Webhooks) and may send some of its own.
///
/// One event a request, or up to a hundred as `{"type": "batch", "data": [event, …]}`, in their order. `webhook-id` and
/// each event's `id` are made of what they say and are thus the same in every repetition: receivers keep the ids they
/// have seen and answer 2xx to them. That makes every write repeatable.
package struct OwnSystemConnector: Connector {
    /// Events may be repeated, and the scheme asks receivers to answer fast, but a batch is a hundred messages.
    private static let deadline: Duration = .seconds(10)

    let settings: OwnSystemSettings
    let client: OutboundClient
    private let now: @Sendable () -> Timestamp

    /// - Parameter client: with an address guard, since a person typed the address.
    package init(
        settings: OwnSystemSettings, client: OutboundClient, now: @escaping @Sendable () -> Timestamp
    ) {
        self.settings = settings
        self.client = client
        self.now = now
    }

    package var kind: ConnectorKind { .own }
    package var probeURL: String { settings.url }
    /// A receiver states limits by 429 and `Retry-After` only.
    package var headroom: RateHeadroom? { nil }

    package var capabilities: ConnectorCapabilities {
        ConnectorCapabilities(
            upsertKey: true, findsContacts: false, push: true, isPushVerifiable: true, changesByPull: false,
            deletionsByPull: false, maxContactBatch: OwnSystemSettings.maxBatch,
            maxActivityBatch: OwnSystemSettings.maxBatch, activityWrites: .idempotent, takesAnyField: true)
    }

    package func pages() async throws(CallFailure) -> RemotePages? { nil }

    /// Nothing has to be made in a receiver.
    package func prepare() async throws(CallFailure) -> [String] { [] }

    /// Nothing that it got can be read back, and nobody knows what it does with a contact that is nobody.
    package func trialWrite(now _: Timestamp) async -> CheckStep {
        .noted(
            .sample, en: "A system of your own cannot be read back from: no sample contact was written.",
            es: "De un sistema propio no se puede volver a leer: no se escribió ningún contacto de prueba.")
    }

    /// Nothing can be read from it: it knows contacts by our id, and tells its own in its answers.
    package func findContacts(_: ContactLookup) async throws(CallFailure) -> [RemoteContact] { [] }

    package func contact(remoteID _: String, reading _: [String]) async throws(CallFailure) -> RemoteContact? { nil }

    package func contacts(remoteIDs _: [String], reading _: [String]) async throws(CallFailure) -> [RemoteContact] {
        []
    }

    /// Those of the contract. A receiver describes nothing: it gets every field that a mapping names, under that name.
    package func fields() async throws(CallFailure) -> [RemoteField] { OwnField.all }

    package func connectionFailure() async -> TransportFailure? {
        await client.reachabilityFailure(of: settings.url)
    }

    package func ping() async throws(CallFailure) {
        _ = try await post([(event: .test(now: now()), fallback: "")])
    }

    package func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        try await deliver(
            contacts.map { (.upserted($0, now: now()), $0.remoteID ?? $0.puenteID) }
        ).unlessAllFailedAlike()
    }

    package func tellErasures(_ erasures: [ContactErasure]) async throws(CallFailure) -> [ItemOutcome] {
        try await deliver(
            erasures.map { (.erased($0), $0.remoteIDs.first ?? $0.puenteID) }
        ).unlessAllFailedAlike()
    }

    package func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome] {
        try await deliver(
            activities.map { (.recorded($0, in: settings.language), $0.puenteID) }
        ).unlessAllFailedAlike()
    }

    package func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome] {
        try await deliver(
            updates.map { (.updated($0.activity, in: settings.language), $0.remoteID) }
        ).unlessAllFailedAlike()
    }

    /// Never needed: an event is repeated instead of looked for.
    package func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?] {
        activities.map { _ in nil }
    }

    package func changes(
        since cursor: String?, reading _: [String]
    ) async throws(CallFailure) -> ChangePage {
        ChangePage(contacts: [], nextCursor: cursor ?? "", isMore: false)
    }

    package func cursor(from _: Timestamp) -> String { "" }

    package func deletions(after _: String?) async throws(CallFailure) -> DeletionPage {
        DeletionPage(ids: [], nextCursor: nil)
    }

    package func check() async -> [CheckStep] {
        if let failure = await connectionFailure() {
            let name: CheckStep.Name = if case .addressRefused = failure { .address } else { .reach }
            let failure = failure.callFailure(isRepeatable: true, scope: .connection, destination: "your system")
            return [.failed(name, failure)]
        }
        let reached = CheckStep.passed(
            .reach, en: "Your system can be reached.", es: "Se puede conectar con su sistema.")
        do throws(CallFailure) {
            try await ping()
            return [
                reached,
                .passed(.receiver, en: "It took the signed test event.", es: "Recibió el evento de prueba firmado."),
            ]
        } catch {
            return [reached, .failed(.receiver, error)]
        }
    }

    // MARK: - Delivery

    private func deliver(_ events: [(event: OwnEvent, fallback: String)]) async -> [ItemOutcome] {
        var outcomes: [ItemOutcome] = []
        for start in stride(from: 0, to: events.count, by: settings.batchSize) {
            outcomes += await self.outcomes(of: Array(events[start..<min(start + settings.batchSize, events.count)]))
        }
        return outcomes
    }

    /// A batch that is refused as a whole is halved until the event that is at fault stands alone: the same events come
    /// again under the same ids.
    private func outcomes(of events: [(event: OwnEvent, fallback: String)]) async -> [ItemOutcome] {
        do throws(CallFailure) {
            return try await post(events)
        } catch {
            guard error.kind == .permanent, error.scope == .message, events.count > 1 else {
                return events.map { _ in .failed(error) }
            }
            let middle = events.count / 2
            let first = await outcomes(of: Array(events[..<middle]))
            return first + (await outcomes(of: Array(events[middle...])))
        }
    }

    private func post(_ events: [(event: OwnEvent, fallback: String)]) async throws(CallFailure) -> [ItemOutcome] {
        let now = now()
        let (id, body) = try Self.encode(events.map(\.event), now: now)
        let seconds = now.milliseconds / 1000
        let headers = settings.signer.headers(id: id, seconds: seconds, body: body)
        let request = OutboundRequest(
            method: "POST", url: settings.url, headers: [("content-type", "application/json")] + headers, body: body,
            deadline: Self.deadline, destination: "own")
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: true, scope: .connection, destination: "your system")
        }
        guard response.isSuccess else { throw OwnFailure.failure(response, settings.place) }
        return OwnAnswer.outcomes(of: events, in: response.body)
    }

    /// A single event goes as it is, several as a batch.
    static func encode(_ events: [OwnEvent], now: Timestamp) throws(CallFailure) -> (id: String, body: [UInt8]) {
        do {
            if events.count == 1, let event = events.first { return (event.id, try WireJSON.encode(event)) }
            let batch = OwnBatch(timestamp: now.iso8601, data: events)
            return (batch.id, try WireJSON.encode(batch))
        } catch {
            throw OwnFailure.rejected("not-encodable", error.text)
        }
    }
}
