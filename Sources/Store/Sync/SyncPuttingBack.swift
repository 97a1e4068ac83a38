import Domain

/// Puts back what went from one side to the other, inside one transaction: here at once, as a person's edit; in the CRM by
/// a decision that a contact job carries out.
struct SyncPuttingBack {
    private struct Wish {
        let change: SyncChange
        /// Who the contact is today.
        let contact: ContactID
        let row: MappingRow
        /// As either side is to say it.
        let local: String
        let remote: String
    }

    private struct Field: Hashable {
        let contact: ContactID
        let crm: ConnectionID
        let remote: String
    }

    let deciding: SyncDeciding
    /// Whether all of a person or a span is put back, and no single changes that somebody chose.
    let isOfMany: Bool

    private var connection: any SQLConnection { deciding.connection }
    private var workspace: WorkspaceID { deciding.workspace }

    /// - Parameter changes: of each field the oldest counts; all of it are marked when that one is put back. A field of which all
    ///   were put back already is left alone.
    func putBack(_ changes: [SyncChange]) throws -> SyncPutBackReport {
        let fields = Dictionary(grouping: changes.filter(\.kind.hasReplaced)) {
            Field(contact: $0.contact, crm: $0.connection, remote: $0.remote)
        }.filter { $0.value.contains { $0.putBackAt == nil } }
        let oldest = fields.values.compactMap { first(of: $0) }
        var report = SyncPutBackReport()
        var marked: [SyncChangeID] = []
        for (crm, changes) in Dictionary(grouping: oldest, by: \.connection).sorted(by: { $0.key < $1.key }) {
            for done in try putBack(changes.sorted { $0.id < $1.id }, of: fields, crm, &report) {
                let field = Field(contact: done.contact, crm: crm, remote: done.remote)
                marked += (fields[field] ?? []).map(\.id)
            }
        }
        try connection.executeMany(
            """
            UPDATE sync_change SET put_back_at = :now, put_back_by = :actor
            WHERE workspace_id = :workspace_id AND id = :id AND put_back_at IS NULL
            """,
            marked.sorted().map {
                ["now": deciding.now, "actor": deciding.actor, "workspace_id": workspace, "id": $0]
            })
        return report
    }

    /// What Puente filled into a blank of the CRM's counts where nothing else happened to the field.
    private func first(of changes: [SyncChange]) -> SyncChange? {
        let others = isOfMany ? changes.filter { !$0.isFilling } : changes
        return (others.isEmpty ? changes : others).min { $0.id < $1.id }
    }

    /// - Parameter fields: all changes of the fields, by them.
    /// - Returns: those that were put back.
    private func putBack(
        _ changes: [SyncChange], of fields: [Field: [SyncChange]], _ crm: ConnectionID,
        _ report: inout SyncPutBackReport
    ) throws -> [SyncChange] {
        let comparisons = try deciding.comparisons(of: crm)
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        let people = try living(changes.map(\.contact))
        let snapshot = try SyncSnapshotReader(
            connection: connection, workspace: workspace, fields: Set(changes.map(\.local)).union([.name]),
            publicURL: deciding.context.publicURL
        ).read(Set(people.values).sorted())
        let names = try namesAgreedOn(changes, people, crm, comparisons)
        var wishes: [Wish] = []
        var seen: Set<Field> = []
        var younger: [SyncChange] = []
        for change in changes {
            guard let contact = people[change.contact] else {
                report.refuse(change, .gone)
                continue
            }
            // Of two who are one person by now the older change counts.
            guard seen.insert(Field(contact: contact, crm: crm, remote: change.remote)).inserted else {
                younger.append(change)
                continue
            }
            let comparison = comparisons.first { $0.row.remote == change.remote && change.isOf($0.row) }
            let all = fields[Field(contact: change.contact, crm: crm, remote: change.remote)] ?? []
            switch wish(change, among: all, of: contact, comparison, snapshot, names) {
            case .success(let wish): wishes.append(wish)
            case .failure(let refused): report.refuse(change, refused.refusal)
            }
        }
        // A name that was taken whole is put back whole, though one part of it stands in the log.
        for wish in wishes where wish.change.isOfPart(wish.row) {
            // What is only told follows by itself.
            for comparison in comparisons where comparison.row.takesPartOfName {
                let field = Field(contact: wish.contact, crm: crm, remote: comparison.row.remote)
                guard seen.insert(field).inserted else { continue }
                let other = self.wish(wish.change, among: [], of: wish.contact, comparison, snapshot, names)
                // What cannot be written there stays.
                if case .success(let other) = other { wishes.append(other) }
            }
        }
        let done = try write(wishes, crm, vocabulary, snapshot, &report)
        let changes = Set(done.map(\.change))
        report.fields += changes.count
        report.contacts.formUnion(done.map(\.contact))
        // Done with the older one: to be asked for again would undo that.
        let restored = Set(done.map { Field(contact: $0.contact, crm: crm, remote: $0.row.remote) })
        let settled = younger.filter { change in
            guard let contact = people[change.contact] else { return false }
            return restored.contains(Field(contact: contact, crm: crm, remote: change.remote))
        }
        return changes.union(settled).sorted { $0.id < $1.id }
    }

    /// Where first names end, by what was agreed on last; nothing where no name is put back by its parts.
    private func namesAgreedOn(
        _ changes: [SyncChange], _ people: [ContactID: ContactID], _ crm: ConnectionID, _ comparisons: [RowComparison]
    ) throws -> [ContactID: PersonName] {
        let rows = comparisons.map(\.row).filter(\.takesPartOfName)
        let changed = changes.filter { change in rows.contains(where: change.isOfPart) }
        guard !changed.isEmpty else { return [:] }
        let contacts = Set(changed.compactMap { people[$0.contact] }).sorted()
        let states = try SyncKnowledge.read(of: contacts, crm, connection, in: workspace).states
        return states.mapValues { state in
            func agreed(_ field: LocalField) -> String {
                rows.first { $0.local == field }.flatMap { state.agreed[$0.agreementKey] } ?? ""
            }
            return PersonName(first: agreed(.firstName), last: agreed(.lastName))
        }
    }

    /// Those who are there, as who they are today. They are locked.
    private func living(_ contacts: [ContactID]) throws -> [ContactID: ContactID] {
        var people: [ContactID: ContactID] = [:]
        let asked = Set(contacts)
        for contact in try connection.lockContacts(asked.sorted(), in: workspace) { people[contact] = contact }
        let others = asked.filter { people[$0] == nil }.sorted()
        for contact in others {
            let today = try connection.holdLiving(contact, in: workspace)
            if today != contact { people[contact] = today }
        }
        return people
    }

    private struct Refused: Error { let refusal: SyncRefusal }

    /// - Parameter all: changes of the same field.
    private func wish(
        _ change: SyncChange, among all: [SyncChange], of contact: ContactID, _ comparison: RowComparison?,
        _ snapshot: SyncSnapshot, _ names: [ContactID: PersonName]
    ) -> Result<Wish, Refused> {
        guard let comparison else { return .failure(Refused(refusal: .notMapped)) }
        let row = comparison.row
        guard row.local.canBeTaken else { return .failure(Refused(refusal: .notTaken)) }
        // Puente's own field never was the CRM's to change, and the next comparison would tell it.
        if change.kind == .given, !row.direction.takesTheirs { return .failure(Refused(refusal: .toldAnew)) }
        if let writable = deciding.writable, !writable.contains(row.remote) {
            return .failure(Refused(refusal: .notWritable))
        }
        let values = snapshot.values[contact] ?? [:]
        let ours = values[row.local] ?? ""
        // Nobody who puts back what a CRM did means to lose what Puente said before.
        if isOfMany, change.isFilling, !ours.isBlank { return .failure(Refused(refusal: .filledBlank)) }
        let said = comparison.isOfWords ? Self.words(ours, without: change, among: all) : change.before
        if change.kind == .given {
            guard let local = comparison.local(ofTheirs: said, values) else {
                return .failure(Refused(refusal: .unreadable))
            }
            return .success(Wish(change: change, contact: contact, row: row, local: local, remote: said))
        }
        let isPart = change.isOfPart(row)
        let before = isPart ? PersonName(said, as: names[contact]).part(row.local) ?? "" : said
        guard let remote = comparison.remote(ofOurs: before, values) else {
            return .failure(Refused(refusal: .unwritable))
        }
        return .success(Wish(change: change, contact: contact, row: row, local: before, remote: remote))
    }

    /// Of several words, such as labels, those go that the changes added, and those come back that they took off; what
    /// others did since stays.
    private static func words(_ ours: String, without change: SyncChange, among all: [SyncChange]) -> String {
        all.filter { $0.kind == change.kind && $0.putBackAt == nil }.sorted { $0.id > $1.id }
            .reduce(SyncSet(ours)) { words, change in
                SyncSet.merged(words, SyncSet(change.before), agreed: SyncSet(change.after))
            }.text
    }

    private func write(
        _ wishes: [Wish], _ crm: ConnectionID, _ vocabulary: SyncVocabulary, _ snapshot: SyncSnapshot,
        _ report: inout SyncPutBackReport
    ) throws -> [Wish] {
        let takes = wishes.map { wish in
            SyncTake(
                contact: wish.contact, remote: wish.row.remote, local: wish.row.local,
                before: snapshot.values[wish.contact]?[wish.row.local] ?? "", after: wish.local)
        }
        var taking = SyncTaking(
            store: deciding.store, connection: connection, workspace: workspace, vocabulary: vocabulary,
            context: deciding.context, voice: .putBack(by: deciding.actor), now: deciding.now)
        let refusals = try taking.accept(takes.filter { $0.before != $0.after }, values: snapshot.values)
        var done: [(wish: Wish, take: SyncTake)] = []
        for (wish, take) in zip(wishes, takes) {
            if let refusal = refusals[take.key] {
                report.refuse(wish.change, refusal)
            } else {
                done.append((wish, take))
            }
        }
        let change = try taking.write()
        try deciding.decide(
            done.map {
                .init(contact: $0.wish.contact, crm: crm, remote: $0.take.remote, value: $0.wish.remote)
            })
        try note(done.map(\.take).filter { $0.before != $0.after }, crm, run: change?.rawValue)
        let changed = Set(done.filter { $0.take.before != $0.take.after }.map(\.wish.contact))
        try connection.tellOtherCRMs(
            of: changed.sorted(), but: crm, in: workspace, store: deciding.store, at: deciding.now)
        return done.map(\.wish)
    }

    private func note(_ takes: [SyncTake], _ crm: ConnectionID, run: Int64?) throws {
        let turn = SyncTurn(crm, in: workspace, cause: .staff, actor: deciding.actor, run: run)
        try connection.note(
            takes.map {
                SyncChangeDraft(
                    contact: $0.contact, local: $0.local, remote: $0.remote, kind: .putBack, before: $0.before,
                    after: $0.after)
            }, turn, ids: deciding.store.ids, at: deciding.now)
    }
}

extension MappingRow {
    /// What is only told follows by itself.
    fileprivate var takesPartOfName: Bool { direction.takesTheirs && local.isPartOfName }
}

extension SyncChange {
    /// Whether it gave the CRM something where it said nothing.
    fileprivate var isFilling: Bool { kind == .given && before.isBlank }

    /// Whether it is in the log for this row.
    fileprivate func isOf(_ row: MappingRow) -> Bool { local == row.local || isOfPart(row) }

    /// A whole name, which was taken because this part of it had changed.
    fileprivate func isOfPart(_ row: MappingRow) -> Bool { local == .name && row.local.isPartOfName }
}
