extension [ContactUpsert] {
    /// Positions of the contacts in groups, none of which holds a contact twice: CRMs refuse a batch that does, or let the
    /// earlier values win.
    var waves: [[Int]] {
        var waves: [(members: [Int], keys: Set<String>)] = []
        for (index, contact) in enumerated() {
            let keys = [contact.puenteID] + (contact.remoteID.map { ["id \($0)"] } ?? [])
            // After every wave that holds the contact, so that its later values win.
            let last = waves.lastIndex { !$0.keys.isDisjoint(with: keys) } ?? -1
            if last + 1 == waves.count { waves.append(([], [])) }
            waves[last + 1].members.append(index)
            waves[last + 1].keys.formUnion(keys)
        }
        return waves.map(\.members)
    }
}
