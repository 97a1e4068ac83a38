import Domain

/// One contact and its record while they are compared. Pure.
///
/// First ``hear(_:)``; then, when it is known what can be taken, ``leave(_:)``, ``restTakes(_:)``, ``settleTakes(_:)``,
/// ``give(_:)`` and ``restGives(_:_:)``.
struct SyncPage {
    /// A field that is to be written down as a conflict.
    struct Conflict {
        let local: LocalField
        let reason: String
        let ours: String
        let theirs: String
        let agreed: String?
    }

    let record: SyncRecord
    private(set) var values: [LocalField: String]
    private let changedAt: [LocalField: Timestamp]
    /// When the two were last compared; nil for never.
    private let comparedAt: Timestamp?
    private let decisions: [String: SyncKnowledge.Decision]
    /// The CRM's fields that rest since they went over too often.
    let resting: Set<String>
    /// Fields of the company's own that stand for one that every company has, by which templates name them.
    private let known: [FieldID: WellKnownField]
    /// By ``Domain/MappingRow/agreementKey``.
    private(set) var agreed: [String: String]
    var takes: [SyncTake] = []
    private(set) var conflicts: [String: Conflict] = [:]
    /// Why both sides go on saying different things, by ``Domain/MappingRow/agreementKey``.
    var differences: [String: FieldVerdict.Difference] = [:]
    /// Decisions that are carried out, or cannot be.
    var doneDecisions: Set<String> = []
    var outcome: SyncOutcome
    /// By the CRM's names: what both will say once its take is written.
    var pending: [String: (key: String, agreed: String?, give: String?, comparison: RowComparison)] = [:]
    private var isHeard: Set<String> = []
    /// What the record calls the person, where both parts of the name are mapped.
    private var theirName: NameOfRecord?
    /// Whether the record says something of all that is mapped.
    private(set) var isWhole = true
    /// The fields of the CRM that were compared.
    private(set) var compared: Set<String> = []

    var contact: ContactID { record.contact }

    init(_ record: SyncRecord, snapshot: SyncSnapshot, knowledge: SyncKnowledge, known: [FieldID: WellKnownField]) {
        self.record = record
        self.known = known
        values = snapshot.values[record.contact] ?? [:]
        changedAt = snapshot.changedAt[record.contact] ?? [:]
        comparedAt = knowledge.states[record.contact]?.checkedAt
        decisions = knowledge.decisions[record.contact] ?? [:]
        agreed = knowledge.states[record.contact]?.agreed ?? [:]
        let conflicts = knowledge.conflicts[record.contact] ?? [:]
        resting = Set(conflicts.filter { $0.value.reason == SyncRefusal.unsettled.rawValue }.keys)
        outcome = SyncOutcome(contact: record.contact, remoteID: record.remoteID)
    }

    // MARK: What the CRM says

    /// Looks at every field that Puente may take, and at those that a person decided.
    mutating func hear(_ comparisons: [RowComparison]) {
        theirName = NameOfRecord(record, comparisons, agreed: agreed)
        if let theirName, let name = values[.name] { setParts(theirName.parts(of: name)) }
        for comparison in comparisons {
            let row = comparison.row
            guard let theirs = record.fields[row.remote], !isHeard.contains(row.agreementKey) else { continue }
            if let decision = decisions[row.remote] {
                carryOut(decision, comparison, theirs)
            } else if row.direction.takesTheirs {
                compare(comparison, theirs)
            }
        }
    }

    /// What only Puente says, now that it is known what Puente says.
    mutating func give(_ comparisons: [RowComparison]) {
        for comparison in comparisons where !isHeard.contains(comparison.row.agreementKey) {
            guard let theirs = record.fields[comparison.row.remote] else {
                isWhole = false
                continue
            }
            compare(comparison, theirs)
        }
    }

    private mutating func compare(_ comparison: RowComparison, _ theirs: String) {
        let row = comparison.row
        begin(row)
        if let theirName, theirName.stands(in: row) {
            if theirName.isSame(as: values[.name]) { return agree(onPartOfName: theirs, comparison) }
            if theirName.isStillAgreed(values[.name]) { return hear(partOfName: theirs, comparison) }
        }
        let verdict = comparison.verdict(
            values, theirs: theirs, agreed: agreed[row.agreementKey], oursAt: changedAt[row.local],
            theirsAt: record.modifiedAt)
        switch verdict {
        case .refused(let refusal): refuse(refusal, comparison, theirs)
        case .fallback(let text): give(text, agreed: nil, comparison, theirs)
        case .settled(.agree(let value), _): agree(on: value, row)
        case .settled(.differ(let difference), _): differences[row.agreementKey] = difference
        case .settled(.conflict, let sides): note("ask", row, ours: sides.ours, theirs: theirs)
        case .settled(.give(let value), let sides):
            let settled = comparison.settled(sides, by: .give(value)).agreed
            give(comparison.given(value, values), agreed: settled, comparison, theirs)
        case .settled(.take(let value), let sides):
            let settled = comparison.settled(sides, by: .take(value)).agreed
            take(value, agreed: settled, give: nil, comparison, theirs, isNews: comparison.isNews(sides))
        case .settled(.both(let value), let sides):
            let settled = comparison.settled(sides, by: .both(value)).agreed
            take(value, agreed: settled, give: value, comparison, theirs)
        }
    }

    /// The name is the same; a part of it that says nothing may have to hold something all the same.
    private mutating func agree(onPartOfName theirs: String, _ comparison: RowComparison) {
        let row = comparison.row
        if let fallback = row.fallback, row.direction.givesOurs, theirs.isBlank {
            return give(fallback, agreed: nil, comparison, theirs)
        }
        agree(on: NameOfRecord.said(theirs, row), row)
    }

    /// Only the CRM has another name since both agreed on one.
    private mutating func hear(partOfName theirs: String, _ comparison: RowComparison) {
        let said = NameOfRecord.said(theirs, comparison.row)
        if NameOfRecord.isSame(said, agreed[comparison.row.agreementKey]) { return agree(on: said, comparison.row) }
        guard !said.isEmpty else {
            differences[comparison.row.agreementKey] = .emptied
            return
        }
        take(theirs, agreed: theirs, give: nil, comparison, theirs)
    }

    private mutating func begin(_ row: MappingRow) {
        isHeard.insert(row.agreementKey)
        compared.insert(row.remote)
    }

    // MARK: What follows

    mutating func agree(on value: String?, _ row: MappingRow) {
        agreed[row.agreementKey] = value.flatMap { $0.isBlank ? nil : $0 }
    }

    mutating func give(
        _ value: String?, agreed: String?, _ comparison: RowComparison, _ theirs: String, decidedBy: String? = nil
    ) {
        guard let value else { return refuse(.unwritable, comparison, theirs) }
        guard comparison.isKnown(value) else { return refuse(.noSuchUser, comparison, theirs) }
        outcome.gives[comparison.row.remote] = SyncGive(
            local: comparison.row.local, value: value, before: theirs, agreed: agreed, decidedBy: decidedBy,
            changedAt: decidedBy == nil ? editedAt(comparison.row.local) : nil)
    }

    /// Of what somebody changed here since both were last compared; what moves with every message may wait, and says nothing.
    private func editedAt(_ local: LocalField) -> Timestamp? {
        guard !local.isRestless, let comparedAt, let changed = changedAt[local] else { return nil }
        return changed > comparedAt ? changed : nil
    }

    /// - Parameters:
    ///   - give: what the CRM gets as well.
    ///   - isNews: as ``SyncTake/isNews``.
    private mutating func take(
        _ value: String, agreed: String?, give: String?, _ comparison: RowComparison, _ theirs: String,
        isNews: Bool = true
    ) {
        let row = comparison.row
        guard var after = comparison.taken(value, values) else { return refuse(.unreadable, comparison, theirs) }
        var local = row.local
        if let theirName, theirName.stands(in: row), theirName.wasOurs(values[.name]) {
            (local, after) = (.name, theirName.taken.whole)
        }
        takes.append(
            SyncTake(
                contact: contact, remote: row.remote, local: local, before: values[local] ?? "", after: after,
                isNews: isNews))
        pending[row.remote] = (row.agreementKey, agreed, give, comparison)
    }

    mutating func refuse(_ refusal: SyncRefusal, _ comparison: RowComparison, _ theirs: String) {
        let row = comparison.row
        outcome.refusals[row.remote] = refusal
        let raw = values[row.local] ?? ""
        // What cannot be written there is shown as it is here.
        let ours = refusal == .unwritable ? raw : comparison.remote(ofOurs: raw, values)
        note(refusal.rawValue, row, ours: ours, theirs: theirs)
    }

    private mutating func note(_ reason: String, _ row: MappingRow, ours: String?, theirs: String) {
        outcome.conflicts.insert(row.remote)
        conflicts[row.remote] = Conflict(
            local: row.local, reason: reason, ours: ours ?? "", theirs: theirs, agreed: agreed[row.agreementKey])
    }

    // MARK: What a person decided

    private mutating func carryOut(
        _ decision: SyncKnowledge.Decision, _ comparison: RowComparison, _ theirs: String
    ) {
        let row = comparison.row
        begin(row)
        let settled = comparison.agreed(onTheirs: decision.value, values)
        let isThere = comparison.isSame(decision.value, theirs, values)
        guard isThere || comparison.isKnown(decision.value) else {
            doneDecisions.insert(row.remote)
            return refuse(.noSuchUser, comparison, theirs)
        }
        guard row.local.canBeTaken, !comparison.comes(to: decision.value, values) else {
            return finish(decision, comparison, theirs, isThere, settled)
        }
        guard let local = comparison.local(ofTheirs: decision.value, values) else {
            doneDecisions.insert(row.remote)
            return refuse(.unreadable, comparison, theirs)
        }
        finish(decision, comparison, theirs, isThere, settled)
        guard local != values[row.local] ?? "" else { return }
        takes.append(
            SyncTake(
                contact: contact, remote: row.remote, local: row.local, before: values[row.local] ?? "", after: local,
                decidedBy: decision.actor))
        pending[row.remote] = (row.agreementKey, settled, nil, comparison)
    }

    private mutating func finish(
        _ decision: SyncKnowledge.Decision, _ comparison: RowComparison, _ theirs: String, _ isThere: Bool,
        _ settled: String?
    ) {
        guard isThere else {
            return give(decision.value, agreed: settled, comparison, theirs, decidedBy: decision.actor)
        }
        doneDecisions.insert(comparison.row.remote)
        agree(on: settled, comparison.row)
    }

    private mutating func setParts(_ name: PersonName) {
        values[.firstName] = name.first.isEmpty ? nil : name.first
        values[.lastName] = name.last.isEmpty ? nil : name.last
    }

    /// A name and its parts are one thing.
    mutating func setValue(_ value: String, of field: LocalField) {
        func set(_ value: String, _ field: LocalField) { values[field] = value.isEmpty ? nil : value }
        set(value, field)
        switch field {
        case .name:
            setParts(PersonName(value))
        case .firstName, .lastName:
            set(PersonName(first: values[.firstName] ?? "", last: values[.lastName] ?? "").whole, .name)
        case .custom(let id):
            if let known = known[id] { set(value, .wellKnown(known)) }
        case .profileName, .phone, .whatsAppID, .userID, .username, .email, .language, .note, .labels,
            .marketingConsent, .marketingConsentAt, .marketingConsentSource, .lastInboundAt, .lastOutboundAt,
            .windowEndsAt, .page, .createdAt, .wellKnown:
            break
        }
    }
}
