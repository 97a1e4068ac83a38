import Domain

@testable import Store

extension ConsoleWorld {
    /// Numbers are their digits.
    static let sync = SyncContext(
        publicURL: "https://puente.example.com",
        digits: { text in
            let digits = text.filter(\.isNumber)
            return digits.count >= 8 ? digits : nil
        },
        phone: { text, form in
            let digits = text.filter(\.isNumber)
            guard digits.count >= 8 else { return nil }
            return form == .digits ? digits : "+\(digits)"
        })

    func turn(_ cause: SyncCause = .sweep, of crm: ConnectionID? = nil) -> SyncTurn {
        SyncTurn(crm ?? self.crm, in: workspace, cause: cause, actor: "HubSpot")
    }

    var puttingBack: SyncPutBackTurn { SyncPutBackTurn(by: "Ana", in: workspace, context: Self.sync) }

    /// Replaces the mapping.
    func map(_ rows: MappingRow...) async throws {
        let version = try await store.mapping(of: crm, in: workspace)?.version
        try await store.saveMapping(FieldMapping(rows), of: crm, expecting: version, by: "Ana", in: workspace)
    }

    /// Somebody who has a record.
    func linked(_ person: PersonSample, record: String = "r1") async throws -> ContactID {
        let contact = try await add(person)
        try await link(contact, record)
        return contact
    }

    func link(_ contact: ContactID, _ record: String) async throws {
        try await store.link([(contact, record)], grip: grip(.connection(crm)))
    }

    /// The record says this, and is compared.
    func compare(
        _ contact: ContactID, _ fields: [String: String], at moment: Timestamp? = nil, gives: SyncFollowUp = .now
    ) async throws -> SyncOutcome {
        let linked = try await store.look(
            """
            SELECT remote_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND local_id = :id AND connection_id = :crm
            """, ["workspace_id": workspace, "id": contact, "crm": crm], as: String.self)
        let record = SyncRecord(contact: contact, remoteID: linked ?? "r1", fields: fields, modifiedAt: moment)
        return try required(
            await store.merge([record], turn(), context: Self.sync, gives: gives).first)
    }

    /// The CRM accepts what it is given.
    func accept(_ outcome: SyncOutcome) async throws {
        try await store.settleGives([SyncGiven(outcome)], turn(.edit))
    }

    func snapshot(_ contact: ContactID, _ fields: LocalField...) async throws -> [LocalField: String] {
        let workspace = workspace
        return try await store.database.read { connection in
            try SyncSnapshotReader(
                connection: connection, workspace: workspace, fields: Set(fields), publicURL: Self.sync.publicURL
            ).read([contact]).values[contact] ?? [:]
        }
    }

    func changes(_ kinds: SyncChange.Kind...) async throws -> [SyncChange] {
        try await store.syncChanges(SyncChangeQuery(kinds: Set(kinds), limit: 200), in: workspace).items.reversed()
    }

    /// How many contacts are due, as triggers noted them.
    func due() async throws -> Int {
        try await store.syncHealth(of: crm, in: workspace).due.value
    }

    func forgetDue() async throws {
        try await store.database.write { try $0.execute("DELETE FROM sync_due") }
    }

    /// Everything that the store does to keep two sides alike, once.
    func syncEverything() async throws {
        let field = try await makeField("Ciudad de sync", .text)
        try await store.seedMapping(FieldMapping([]), for: crm, by: "Ana", in: workspace)
        try await map(
            MappingRow(local: .name, remote: "name", direction: .both, rule: .ask),
            MappingRow(local: .phone, remote: "phone", direction: .both, rule: .crmWins),
            MappingRow(local: .email, remote: "email", direction: .both, rule: .crmWins),
            MappingRow(local: .labels, remote: "labels", direction: .both, rule: .crmWins),
            MappingRow(local: .marketingConsent, remote: "consent", direction: .both, rule: .crmWins),
            MappingRow(local: .custom(field), remote: "city", direction: .both, rule: .crmWins),
            MappingRow(local: .lastInboundAt, remote: "seen", direction: .toCRM, rule: .puenteWins),
            MappingRow(local: .lastOutboundAt, remote: "told", direction: .toCRM, rule: .puenteWins))
        let contact = try await linked(PersonSample(name: "Sync"), record: "sync-1")
        let fields = [
            "name": "Sync de la Red", "phone": "34600990099", "email": "sync@ejemplo.mx", "labels": "Sync A",
            "consent": "granted", "city": "Lima", "seen": "", "told": "",
        ]
        let asked = try await compare(contact, fields, gives: .job)
        let open = try await store.syncConflicts(of: crm, contact: contact, in: workspace).items
        try await store.resolve(
            open.map(\.id), choosing: .theirs, context: Self.sync, by: "Ana", in: workspace)
        try await store.resolveAll(of: crm, choosing: .ours, context: Self.sync, by: "Ana", in: workspace)
        try await accept(asked)
        try await accept(try await compare(contact, fields))
        _ = try await compare(contact, fields.merging(["labels": "", "city": "", "consent": "withdrawn"]) { $1 })
        try await store.compareAll(of: crm, in: workspace)
        while try await store.continueComparison(every: .days(7), limit: 500, grip: grip(.connection(crm))) {}
        _ = try await store.takeDue(grip: grip(.connection(crm)))
        try await store.enqueueSync(of: [contact], to: crm, in: workspace)
        for kinds in [Set<SyncChange.Kind>(), [.taken]] {
            let query = SyncChangeQuery(connection: crm, contact: contact, local: .name, kinds: kinds, from: Self.start)
            _ = try await store.syncChanges(query, in: workspace)
        }
        clock.advance(by: .seconds(1))
        let taken = try await changes(.taken)
        _ = try await store.putBack(taken.map(\.id), puttingBack)
        _ = try await store.putBack(contact, of: crm, puttingBack)
        _ = try await store.putBack(of: crm, from: Self.start, to: clock.now, puttingBack)
        let span = try await store.startSpanPutBack(
            of: crm, from: Self.start, to: clock.now, expected: nil, knowsFields: true, puttingBack)
        _ = try await store.restingSpanPutBacks(for: .zero)
        while try await store.advanceSpanPutBack(span.id, in: workspace, context: Self.sync) {}
        try await store.stopSpanPutBack(span.id, in: workspace)
        _ = try await store.syncPutBackScope(of: crm, contact: contact, from: Self.start, in: workspace)
        _ = try await (store.syncHealth(of: crm, in: workspace), store.countSyncConflicts(in: workspace))
    }
}
