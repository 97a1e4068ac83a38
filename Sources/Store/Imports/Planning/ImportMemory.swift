import Domain

/// What the rows of a list that were checked so far would have done, as far as later rows depend on it: nothing of it is in
/// the database yet. A check that was interrupted begins anew, with none.
///
/// It takes some 20 to 45 bytes for each person and each of their handles. These are kept as 64 bits of a hash that is seeded in
/// each process: among a million rows, two meet by chance with odds of one in millions, and then a row is marked wrongly.
package struct ImportMemory: Sendable {
    private struct Person {
        /// The first of their rows, as the file counts; 0 when none was taken, and others speak of them.
        var row: UInt32 = 0
        var hasPhone = false
        var isOptedOut = false
        /// A row of the list says so.
        var isNoOfList = false
    }

    private var people: [ContactID: Person] = [:]
    /// Whose handles become.
    private var claims: [Int: ContactID] = [:]
    /// Of handles that end.
    private var ended: Set<Int> = []
    /// Of handles that nobody had when a row said that their owner opted out.
    private var noes: Set<Int> = []

    package init() {}

    // MARK: What later rows ask

    /// The row that is taken for somebody; nil when none is.
    func row(of contact: ContactID) -> Int? {
        people[contact].flatMap { $0.row == 0 ? nil : Int($0.row) }
    }

    /// Whether an earlier row said that whoever has one of the handles opted out.
    func isOptedOut(_ keys: [HandleKey]) -> Bool {
        !noes.isEmpty && keys.contains { noes.contains($0.hashValue) }
    }

    /// What the database would hold by now.
    /// - Parameter keys: those that the snapshot was made for.
    func apply(to snapshot: inout ImportSnapshot, of keys: Set<HandleKey>) {
        guard !people.isEmpty else { return }
        for key in keys {
            if ended.contains(key.hashValue) { snapshot.owners[key] = nil }
            if snapshot.owners[key] == nil, let contact = claims[key.hashValue] { snapshot.owners[key] = contact }
        }
        for contact in Set(snapshot.owners.values) {
            guard let person = people[contact] else { continue }
            snapshot.people[contact, default: KnownPerson()].hasPhoneToBe = person.hasPhone
            if person.isOptedOut { snapshot.people[contact]?.marketing = .withdrawn }
            if person.isNoOfList { snapshot.people[contact]?.isMetasNo = false }
        }
    }

    // MARK: What rows do

    /// - Parameter row: as the file counts its rows.
    mutating func keep(_ plan: PersonPlan, of row: Int) {
        people[plan.contact, default: Person()].row = UInt32(clamping: row)
        people[plan.contact]?.hasPhone = plan.hasPhone
        keep(plan)
        for value in plan.endedValues { end(HandleKey(kind: "email", value: value)) }
        for phone in plan.phones { claim(HandleKey(kind: "phone", value: phone.value), plan.contact) }
        if let email = plan.email { claim(HandleKey(kind: "email", value: email.value), plan.contact) }
    }

    /// Of somebody of whom a row says no more than that they opted out.
    mutating func keep(_ plan: PersonPlan) {
        people[plan.contact, default: Person()].isOptedOut = plan.isOptedOut
        if plan.withdraws { people[plan.contact]?.isNoOfList = true }
    }

    /// Somebody whom nobody knows opted out: a later row may bring them.
    mutating func keepNo(of key: HandleKey) {
        noes.insert(key.hashValue)
    }

    private mutating func claim(_ key: HandleKey, _ contact: ContactID) {
        claims[key.hashValue] = contact
    }

    private mutating func end(_ key: HandleKey) {
        claims[key.hashValue] = nil
        ended.insert(key.hashValue)
    }
}
