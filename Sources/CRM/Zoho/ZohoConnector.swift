package import Domain
package import OutboundHTTP

/// Zoho CRM: contacts by upsert on the unique field `Puente_Id`, messages as notes of their contact, or as records of
/// the custom module `WhatsApp_Messages` where an administrator made it.
///
/// Notes have neither a key nor a status: what a message is stands in its text, and a creation without an answer is
/// looked for by the marker in that text. Records of the custom module are upserted, and thus may be repeated.
///
/// Source: Zoho's published OpenAPI files (v8.0) and guides for records, COQL, notes, notifications and limits.
package struct ZohoConnector: Connector {
    let api: ZohoAPI
    let schemas = ZohoSchemaBook()
    let people: UserBook

    /// - Parameter client: unguarded, unless a person typed the addresses.
    package init(settings: ZohoSettings, client: OutboundClient) {
        let api = ZohoAPI(
            settings: settings, client: client, tokens: ZohoTokens(settings: settings, client: client),
            gate: ZohoGate(limit: settings.concurrentCalls), meter: ZohoMeter(dailyCredits: settings.dailyCredits))
        self.api = api
        people = UserBook { () async throws(CallFailure) -> [RemoteUser] in try await ZohoPeople(api: api).all() }
    }

    package var kind: ConnectorKind { .zoho }
    package var probeURL: String { api.tokens.apiURL }
    package var headroom: RateHeadroom? { api.meter.headroom(api.gate) }
    package var knownUsers: Set<String>? { people.addresses }

    package func held(_ text: String, by field: String) -> String {
        schemas.last?.book.held(text, by: field) ?? text
    }

    package func knownField(_ name: String) -> RemoteField? { schemas.last?.book[name]?.field }

    package func users() async throws(CallFailure) -> [RemoteUser]? { try await people.all() }

    package var capabilities: ConnectorCapabilities {
        ConnectorCapabilities(
            upsertKey: true, findsContacts: true, push: api.settings.notificationToken != nil, isPushVerifiable: false,
            changesByPull: true, deletionsByPull: true, maxContactBatch: ZohoBatchRun.maxRows,
            maxActivityBatch: ZohoBatchRun.maxRows,
            activityWrites: schemas.known?.hasMessages == true ? .idempotent : .findable(indexDelay: .seconds(10)))
    }

    package func connectionFailure() async -> TransportFailure? {
        await api.client.reachabilityFailure(of: probeURL)
    }

    /// Ids go into paths: nothing but digits may.
    static func isRecordID(_ id: String) -> Bool {
        (1...20).contains(id.utf8.count) && id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
