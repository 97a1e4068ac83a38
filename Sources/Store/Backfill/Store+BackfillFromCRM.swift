package import Domain
import Secrets

extension Store {
    /// Takes over a page of the account's contacts and notes how far that was, all or nothing: whoever is known is linked
    /// and compared, others are made where that is wished.
    /// - Parameters:
    ///   - page: as the CRM gave it.
    ///   - cursor: where the next page begins.
    ///   - isLast: whether the account has no more.
    ///   - rate: records a second.
    package func backfill(
        _ backfill: Backfill, page: [RemoteIdentity], cursor: String, isLast: Bool,
        comparing comparison: SyncComparison?, rate: Double, grip: LaneGrip
    ) async throws -> (step: BackfillStep, report: RecordReport) {
        let (store, now) = (self, now())
        let outcome = try await work(on: backfill, grip) { connection, backfill in
            let change = try connection.openChange(of: backfill, store: store, at: now)
            var taking = BackfillPage(
                store: store, connection: connection, backfill: backfill, change: change, now: now)
            let report = try taking.take(page, comparison)
            let step = try connection.advance(
                backfill, counts: taking.counts, did: taking.counts.read - backfill.counts.read, rate: rate,
                isOver: isLast, ["cursor": cursor], at: now)
            return (step: step, report: report)
        }
        return outcome ?? (.stopped, RecordReport())
    }
}

/// One page of an account's contacts, inside one transaction.
private struct BackfillPage {
    let store: Store
    let connection: any SQLConnection
    let backfill: Backfill
    let change: ChangeID
    let now: Timestamp
    private(set) var counts: BackfillCounts
    /// Those that are to be made, by their records.
    private var made: [String: ContactID] = [:]
    /// Records that this back-fill had not read before: only they count.
    private var fresh: Set<String> = []

    init(store: Store, connection: any SQLConnection, backfill: Backfill, change: ChangeID, now: Timestamp) {
        self.store = store
        self.connection = connection
        self.backfill = backfill
        self.change = change
        self.now = now
        counts = backfill.counts
    }

    private var workspace: WorkspaceID { backfill.workspace }
    private var crm: ConnectionID { backfill.connection }

    mutating func take(_ page: [RemoteIdentity], _ comparison: SyncComparison?) throws -> RecordReport {
        try store.adoption(crm, in: workspace, connection, at: now).lock(page)
        let living = page.filter { !$0.isDeleted }
        let skipped = counts.skipped
        fresh = try firstReadings(living)
        counts.read += fresh.count
        let before = try connection.links(of: living.map(\.remoteID), crm, in: workspace)
        try makeContacts(try strangers(living, linked: before))
        let report = try store.adopt(
            page, crm: crm, in: workspace, comparing: comparison, into: change, connection, at: now)
        let after = try connection.links(of: living.map(\.remoteID), crm, in: workspace)
        try note(after)
        counts.linked += after.keys.count { before[$0] == nil && made[$0] == nil }
        let unlinked = fresh.subtracting(after.keys).count
        counts.others += max(0, unlinked - (counts.skipped - skipped))
        return report
    }

    /// Pages overlap, and a record that changes meanwhile comes once more, also after a restart.
    private func firstReadings(_ living: [RemoteIdentity]) throws -> Set<String> {
        var fresh: Set<String> = []
        for identity in living {
            let noted = try connection.execute(
                """
                INSERT INTO seen (workspace_id, hash, expires_at) VALUES (:workspace_id, :hash, :expires_at)
                ON CONFLICT DO NOTHING
                """,
                [
                    "workspace_id": workspace, "hash": store.seen.hash("backfill \(backfill.id)", identity.remoteID),
                    "expires_at": now + .days(30),
                ])
            if noted == 1 { fresh.insert(identity.remoteID) }
        }
        return fresh
    }

    // MARK: Who is not here

    /// Those that neither say which contact they are nor are linked with one.
    private func strangers(
        _ page: [RemoteIdentity], linked: [String: ContactID]
    ) throws -> [RemoteIdentity] {
        let named = Set(page.compactMap(\.contact))
        let known = try named.isEmpty ? [] : connection.known(named.sorted(), in: workspace)
        var seen: Set<String> = []
        return page.filter { identity in
            linked[identity.remoteID] == nil && !(identity.contact.map(known.contains) ?? false)
                // A record that was merged is linked by the ids that it had.
                && identity.formerIDs.isEmpty && seen.insert(identity.remoteID).inserted
        }
    }

    /// By the rules of lists: nobody who had their data erased, and nobody whose number or address is somebody's.
    private mutating func makeContacts(_ strangers: [RemoteIdentity]) throws {
        guard !strangers.isEmpty else { return }
        let people = strangers.map {
            (record: $0.remoteID, person: ImportedPerson($0, canonical: store.canonicalPhone))
        }
        let keys = Set(people.flatMap { $0.person.keys(store.canonicalPhone) })
        var planner = ImportPlanner(
            options, snapshot: try connection.importSnapshot(keys, in: workspace, store: store), finding: .ownNumbers,
            ids: store.ids, canonical: store.canonicalPhone)
        var rows: [ImportWriter.Row] = []
        for (index, (record, person)) in people.enumerated() {
            switch planner.plan(person) {
            case .refused(let why) where why.code == ImportNote.erasedCode: note(record, \.erased)
            case .refused: note(record, \.withoutAddress)
            // All that the record says is somebody's second number.
            case .plan(let plan) where plan.isNew && plan.phones.isEmpty && plan.email == nil:
                note(record, \.withoutAddress)
            case .plan(let plan) where plan.isNew && backfill.options.makesContacts:
                made[record] = plan.contact
                rows.append(ImportWriter.Row(number: index + 1, plan: plan))
            case .plan(let plan) where plan.isNew: note(record, \.unknown)
            // Adopting links them, unless they have another record: they keep it.
            case .plan: break
            }
        }
        counts.made += rows.count
        try write(rows)
    }

    private mutating func note(_ record: String, _ count: WritableKeyPath<BackfillCounts, Int>) {
        if fresh.contains(record) { counts[keyPath: count] += 1 }
    }

    private func write(_ rows: [ImportWriter.Row]) throws {
        guard !rows.isEmpty else { return }
        var writer = try ImportWriter(
            source, journal: try .resume(change, on: connection, in: workspace), store: store, at: now)
        try writer.write(rows)
        try writer.journal.save(closing: false)
    }

    private var options: ImportOptions {
        var options = ImportOptions()
        options.existing = .skip
        options.labels = [backfill.options.label].compactMap(\.self)
        return options
    }

    private var source: ImportSource {
        ImportSource(
            workspace: workspace, name: "", options: options, actor: backfill.actor, evidence: HandleEvidence.crm)
    }

    // MARK: Afterwards

    /// The links of those who were made go when they do. They come last: what is put back first.
    private mutating func note(_ links: [String: ContactID]) throws {
        let ours = made.filter { links[$0.key] == $0.value }
        guard !ours.isEmpty else { return }
        var journal = try ChangeJournal.resume(change, on: connection, in: workspace)
        for (record, contact) in ours.sorted(by: { $0.value < $1.value }) {
            let key: SQLArguments = ["connection_id": crm, "entity": "contact", "local_id": contact]
            try journal.note(
                .remoteRef, key: RowImage(key), before: nil, after: RowImage(key.and(["remote_id": record])),
                of: contact)
        }
        try journal.save(closing: false)
    }
}

extension ImportedPerson {
    /// A record may have one number in several fields.
    init(_ identity: RemoteIdentity, canonical: (String) -> String) {
        var seen: Set<String> = []
        let phones = identity.phones.filter { seen.insert(canonical($0)).inserted }
        self.init(
            phones: Array(phones.prefix(ContactLimits.addresses)), email: identity.email,
            userID: identity.userID.flatMap { $0.isEmpty ? nil : $0 },
            name: identity.name.isEmpty ? nil : String(identity.name.prefix(ContactLimits.name)))
    }
}

extension SQLConnection {
    /// All that a back-fill writes here is one change, so that it is put back as one.
    fileprivate func openChange(of backfill: Backfill, store: Store, at now: Timestamp) throws -> ChangeID {
        if let change = backfill.changeID { return change }
        let name = try value(
            "SELECT slug FROM connection WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": backfill.workspace, "id": backfill.connection], as: String.self)
        let draft = ChangeDraft(
            .import,
            title: LocalizedText(
                en: "Back-fill from \(name ?? "a CRM")", es: "Carga inicial de \(name ?? "un CRM")"),
            actor: backfill.actor, detail: try JSONText.encode(["backfill": backfill.id]))
        let journal = try ChangeJournal.begin(
            draft, on: self, id: store.ids.next(), in: backfill.workspace, at: now)
        try set(backfill, ["change_id": journal.change], at: now)
        return journal.change
    }

    /// Who is linked with each of the records; who shares one comes after its owner.
    fileprivate func links(
        of records: [String], _ crm: ConnectionID, in workspace: WorkspaceID
    ) throws -> [String: ContactID] {
        var links: [String: ContactID] = [:]
        for part in Array(Set(records)).sorted().parts(of: 500) {
            let list = SQLValueList("record", part)
            for row in try rows(
                """
                SELECT remote_id, local_id FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND remote_id IN \(list.sql)
                ORDER BY is_shared DESC, local_id DESC
                """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
            {
                links[try row.get("remote_id")] = try row.get("local_id", as: ContactID.self)
            }
        }
        return links
    }

    fileprivate func known(_ contacts: [ContactID], in workspace: WorkspaceID) throws -> Set<ContactID> {
        var known: Set<ContactID> = []
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            for row in try rows(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id IN \(list.sql)",
                list.arguments(["workspace_id": workspace]))
            {
                known.insert(try row.get("id"))
            }
        }
        return known
    }
}
