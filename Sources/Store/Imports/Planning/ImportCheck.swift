import Domain

/// Says what the rows of a list would do, a slice at a time, as the writing will do it later.
struct ImportCheck {
    private var planner: ImportPlanner
    private(set) var memory: ImportMemory

    /// - Parameters:
    ///   - planner: with what would be known by now of whom the slice speaks.
    ///   - memory: of the slices before.
    init(_ planner: ImportPlanner, after memory: ImportMemory) {
        self.planner = planner
        self.memory = memory
    }

    mutating func plan(_ row: JudgedRow) -> PlannedRow {
        switch row.judgement {
        case .duplicate: notTaken(row, .duplicate)
        case .rejected: notTaken(row, .rejected)
        case .accepted(let person): taken(row, person)
        }
    }

    private mutating func notTaken(_ row: JudgedRow, _ verdict: ImportVerdict) -> PlannedRow {
        let named = [row.named, row.withdrawal].compactMap(\.self).flatMap { $0.allKeys(planner.canonical) }
        let isErased = !planner.snapshot.erased.isDisjoint(with: named)
        return notTaken(row, verdict, notes: isErased ? [.erased] : row.notes, optingOut: row.withdrawal)
    }

    /// A row that says that its person opted out is told so where it is not a duplicate that says it already. That counts
    /// for everybody else whom it names, too, where one of them had their data erased; of that one nothing is kept, and of
    /// the row no more than who is here.
    private mutating func notTaken(
        _ row: JudgedRow, _ verdict: ImportVerdict, notes: [ImportNote], optingOut person: ImportedPerson?
    ) -> PlannedRow {
        guard let person, person.optedOut == true else { return PlannedRow(row, verdict, notes: notes) }
        let isErased = notes.contains(.erased)
        var others = withoutErased(person.byHandlesAlone)
        let plans = withdraw(others)
        if isErased { others = others.without(unheld(others), planner.canonical) }
        let isTold = !plans.isEmpty && (verdict == .rejected || isErased)
        return PlannedRow(
            row, verdict, notes: notes + (isTold ? [.optOutCounts] : []),
            withdrawal: isErased && plans.isEmpty ? nil : others, withdrawals: plans.count(where: \.withdraws))
    }

    private func unheld(_ person: ImportedPerson) -> Set<HandleKey> {
        Set(person.allKeys(planner.canonical).filter { planner.snapshot.owners[$0] == nil })
    }

    private mutating func taken(_ row: JudgedRow, _ given: ImportedPerson) -> PlannedRow {
        // What a mark says may hold a number.
        guard !planner.isErased(given) else {
            return notTaken(row, .rejected, notes: [.erased], optingOut: given)
        }
        if let contact = planner.match(given), let earlier = memory.row(of: contact) {
            return repeated(row, given, contact, earlier)
        }
        var person = withoutErased(given)
        var row = person == given ? row : row.judged(.accepted(person))
        // What is somebody's by now is not this person's.
        let free = person.keys(planner.canonical).filter { planner.snapshot.owners[$0] == nil }
        if person.optedOut != true, memory.isOptedOut(free) {
            person.optedOut = true
            row = row.judged(.accepted(person), noting: .optedOutEarlier)
        }
        switch planner.plan(person) {
        case .refused(let why): return notTaken(row, .rejected, notes: row.notes + [why], optingOut: person)
        case .plan(let plan):
            memory.keep(plan, of: row.number)
            return PlannedRow(row, plan, others: withdraw(person, besides: plan.contact))
        }
    }

    /// Two rows that differ in all that the file has of them may be one contact here.
    private mutating func repeated(
        _ row: JudgedRow, _ person: ImportedPerson, _ contact: ContactID, _ earlier: Int
    ) -> PlannedRow {
        let notes = row.notes + [.samePerson(as: earlier)]
        guard person.optedOut == true else { return PlannedRow(row, .duplicate, notes: notes, contact: contact) }
        let plans = withdraw(person)
        return PlannedRow(
            row, .duplicate, notes: notes + [.optOutCounts], contact: contact, withdrawal: withoutErased(person),
            withdrawals: plans.count(where: \.withdraws))
    }

    private mutating func withdraw(_ person: ImportedPerson, besides contact: ContactID? = nil) -> [PersonPlan] {
        guard person.optedOut == true else { return [] }
        for key in person.allKeys(planner.canonical) where planner.snapshot.owners[key] == nil {
            memory.keepNo(of: key)
        }
        let plans = planner.planWithdrawals(person, besides: contact)
        for plan in plans { memory.keep(plan) }
        return plans
    }

    /// Of somebody who had their data erased nothing is kept.
    private func withoutErased(_ person: ImportedPerson) -> ImportedPerson {
        let erased = planner.snapshot.erased
        guard !erased.isEmpty else { return person }
        return person.without(erased, planner.canonical)
    }
}

extension JudgedRow {
    /// The same row with another judgement.
    fileprivate func judged(_ judgement: Judgement, noting note: ImportNote? = nil) -> JudgedRow {
        JudgedRow(
            number: number, judgement: judgement, notes: notes + [note].compactMap(\.self), cells: cells,
            withdrawal: withdrawal, named: named)
    }
}
