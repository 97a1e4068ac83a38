import Domain

/// Compares contacts with their records in one CRM, inside one transaction: takes over what is to be taken over, and says
/// what the CRM is to be given.
///
/// The number of statements does not grow with the number of records, as long as they are not more than 500.
struct SyncMerge {
    let store: Store
    let connection: any SQLConnection
    let turn: SyncTurn
    let mapping: FieldMapping
    let context: SyncContext
    let now: Timestamp
    /// An open one that what is taken over belongs to; nil: it is one of its own.
    var change: ChangeID?

    private var workspace: WorkspaceID { turn.workspace }

    /// - Parameter records: of each contact one; of several the last counts.
    /// - Returns: in the order of the contacts. Who is not there, or was merged into another, is missing.
    func run(_ records: [SyncRecord]) throws -> [SyncOutcome] {
        let records = Dictionary(records.map { ($0.contact, $0) }, uniquingKeysWith: { $1 })
        let vocabulary = try WellKnownFields(
            connection: connection, workspace: workspace, store: store, turn: turn, now: now
        ).vocabulary(for: mapping, records.values)
        let comparisons = vocabulary.comparisons(
            of: mapping.rows.filter(\.isOn).map(vocabulary.resolved), context, store.days)
        guard !comparisons.isEmpty, !records.isEmpty else { return [] }
        try lockHandles(of: records.values, comparisons)
        let locked = try connection.lockContacts(records.keys.sorted(), in: workspace)
        let overtaken = try overtaken(locked, records)
        let contacts = locked.filter { !overtaken.contains($0) }
        guard !contacts.isEmpty else { return [] }
        let reader = SyncSnapshotReader(
            connection: connection, workspace: workspace, fields: Set(comparisons.flatMap(\.row.reads)),
            publicURL: context.publicURL)
        let snapshot = try reader.read(contacts)
        var knowledge = try SyncKnowledge.read(of: contacts, turn.connection, connection, in: workspace)
        // A record that answered for one that was merged into it: nothing was agreed on with it.
        let others = try connection.linkedElsewhere(
            contacts.compactMap { contact in records[contact].map { (contact, $0.remoteID) } }, turn.connection,
            in: workspace)
        for contact in others { knowledge.states[contact] = nil }
        let known = vocabulary.wellKnown
        var pages = contacts.compactMap { contact in
            records[contact].map { SyncPage($0, snapshot: snapshot, knowledge: knowledge, known: known) }
        }
        try take(&pages, comparisons, vocabulary)
        for index in pages.indices { pages[index].give(comparisons) }
        try rest(&pages, comparisons)
        return try SyncSettling(store: store, connection: connection, turn: turn, now: now).settle(pages, knowledge)
    }

    /// Those whose records were given something, or of whom something newer was taken over, since they were read: what was
    /// read is what they said before, and would be taken for an edit there. They are compared anew.
    private func overtaken(_ contacts: [ContactID], _ records: [ContactID: SyncRecord]) throws -> Set<ContactID> {
        guard let first = records.values.compactMap(\.readAt).min() else { return [] }
        var moved: [ContactID: Int64] = [:]
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try connection.rows(
                """
                SELECT contact_id, MAX(id) AS id FROM sync_change
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND id >= :since
                    AND connection_id = :connection_id AND kind IN ('given', 'taken')
                GROUP BY contact_id
                """,
                list.arguments([
                    "workspace_id": workspace, "connection_id": turn.connection,
                    "since": IDGenerator.lowest(at: first),
                ]))
            for row in rows { moved[try row.get("contact_id")] = try row.get("id") }
        }
        let overtaken = contacts.filter { contact in
            guard let readAt = records[contact]?.readAt, let last = moved[contact] else { return false }
            return last >= IDGenerator.lowest(at: readAt + .milliseconds(1))
        }
        try connection.makeDue(overtaken, for: turn.connection, in: workspace)
        return Set(overtaken)
    }

    /// What may go from one contact to another is held before anybody looks whose it is.
    private func lockHandles(of records: some Collection<SyncRecord>, _ comparisons: [RowComparison]) throws {
        guard connection.dialect == .postgres else { return }
        let rows = comparisons.map(\.row).filter { $0.local == .phone || $0.local == .email }
        let keys = records.flatMap { record in
            rows.compactMap { row -> String? in
                guard let text = record.fields[row.remote] else { return nil }
                return HandleTaking.claim(row.local, text, store, context).map { "\($0.kind)\($0.scope)\($0.value)" }
            }
        }
        try connection.lock(Array(Set(keys)), in: workspace)
    }

    /// What Puente gets. The rest is looked at afterwards: what was taken from one field may be told to another.
    private func take(
        _ pages: inout [SyncPage], _ comparisons: [RowComparison], _ vocabulary: SyncVocabulary
    ) throws {
        for index in pages.indices { pages[index].hear(comparisons) }
        let told = try OtherCRMs(connection: connection, turn: turn, vocabulary: vocabulary, context: context)
            .told(pages)
        for index in pages.indices { pages[index].leave(told) }
        try rest(&pages)
        let takes = pages.flatMap(\.takes)
        guard !takes.isEmpty else { return }
        var taking = SyncTaking(
            store: store, connection: connection, workspace: workspace, vocabulary: vocabulary, context: context,
            voice: .ofCRM(turn), now: now)
        let values = Dictionary(uniqueKeysWithValues: pages.map { ($0.contact, $0.values) })
        let refusals = try taking.accept(takes, values: values)
        for index in pages.indices { pages[index].settleTakes(refusals) }
        guard try taking.write(into: change) != nil else { return }
        let changed = Set(pages.filter { !$0.takes.isEmpty }.map(\.contact))
        try connection.tellOtherCRMs(of: changed.sorted(), but: turn.connection, in: workspace, store: store, at: now)
    }

    private func rest(_ pages: inout [SyncPage]) throws {
        let repeats = try repeats(of: pages.filter { !$0.takes.isEmpty })
        for index in pages.indices { pages[index].restTakes(repeats) }
    }

    private func rest(_ pages: inout [SyncPage], _ comparisons: [RowComparison]) throws {
        let repeats = try repeats(of: pages.filter(\.givesWhatMayRest))
        for index in pages.indices { pages[index].restGives(repeats, comparisons) }
    }

    private func repeats(of pages: [SyncPage]) throws -> SyncRepeats {
        try SyncRepeats.read(of: pages.map(\.contact), turn, connection, at: now)
    }
}

extension SyncVocabulary {
    /// Those of the rows whose field is there.
    func comparisons(of rows: [MappingRow], _ context: SyncContext, _ days: LocalDays) -> [RowComparison] {
        rows.compactMap { row in
            shape(of: row.local).map { RowComparison(row, shape: $0, context: context, days: days) }
        }
    }
}
