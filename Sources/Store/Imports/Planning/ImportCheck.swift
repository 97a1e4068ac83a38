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

    /// A row that says that its person opted out is told so where it is not a duplicate that says it already.
    private mutating func notTaken(_ row: JudgedRow, _ verdict: ImportVerdict) -> PlannedRow {
        guard let withdrawal = row.withdrawal else { return PlannedRow(row, verdict, notes: row.notes) }
        let person = withoutErased(withdrawal)
        let plans = withdraw(person)
        let notes = verdict == .rejected && !plans.isEmpty ? row.notes + [.optOutCounts] : row.notes
        return PlannedRow(
            row, verdict, notes: notes, withdrawal: person, withdrawals: plans.count(where: \.withdraws))
    }

    private mutating func taken(_ row: JudgedRow, _ person: ImportedPerson) -> PlannedRow {
        guard !planner.isErased(person) else { return PlannedRow(row, .rejected, notes: row.notes + [.erased]) }
        if let contact = planner.match(person), let earlier = memory.row(of: contact) {
            return repeated(row, person, contact, earlier)
        }
        var row = row
        var person = person
        // What is somebody's by now is not this person's.
        let free = person.keys(planner.canonical).filter { planner.snapshot.owners[$0] == nil }
        if person.optedOut != true, memory.isOptedOut(free) {
            person.optedOut = true
            row = row.judged(.accepted(person), noting: .optedOutEarlier)
        }
        switch planner.plan(person) {
        case .refused(let why): return PlannedRow(row, .rejected, notes: row.notes + [why])
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
            row, .duplicate, notes: notes + [.optOutCounts], contact: contact, withdrawal: person,
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
    fileprivate func judged(_ judgement: Judgement, noting note: ImportNote) -> JudgedRow {
        JudgedRow(number: number, judgement: judgement, notes: notes + [note], cells: cells, withdrawal: withdrawal)
    }
}

extension ImportedPerson {
    fileprivate func without(_ keys: Set<HandleKey>, _ canonical: (String) -> String) -> ImportedPerson {
        func isLeft(phone: String) -> Bool { !keys.contains(HandleKey(kind: "phone", value: canonical(phone))) }
        func isLeft(email: String) -> Bool { !keys.contains(HandleKey(kind: "email", value: email.lowercased())) }
        var person = self
        person.phones = phones.filter { isLeft(phone: $0) }
        person.email = email.flatMap { isLeft(email: $0) ? $0 : nil }
        person.userID = userID.flatMap { keys.contains(HandleKey(kind: "bsuid", value: $0)) ? nil : $0 }
        person.besides = besides.map { reach in
            Reach(
                phones: reach.phones.filter { isLeft(phone: $0) }, emails: reach.emails.filter { isLeft(email: $0) })
        }
        return person
    }
}
