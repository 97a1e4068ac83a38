import Domain

/// What becomes of what the CRM said, once it is known what Puente can take.
extension SyncPage {
    /// Where Puente says what another CRM told, and this one says what it always said, both stay. From now on a change of it
    /// is news.
    /// - Parameter told: of all contacts.
    mutating func leave(_ told: Set<SyncTake.Key>) {
        for take in takes where !take.isNews && told.contains(take.key) {
            guard let wanted = pending.removeValue(forKey: take.remote) else { continue }
            differences[wanted.key] = .otherCRM
            if agreed[wanted.key] == nil { agree(on: wanted.agreed, wanted.comparison.row) }
        }
        takes.removeAll { !$0.isNews && told.contains($0.key) }
    }

    // MARK: What rests

    /// What went over too often already stays where it is, until a person decides or both sides say the same.
    mutating func restTakes(_ repeats: SyncRepeats) {
        let resting = takes.filter { take in
            take.decidedBy == nil && rests(take.local, take.remote, take.after, .taken, repeats)
        }
        let remotes = Set(resting.map(\.remote))
        takes.removeAll { remotes.contains($0.remote) }
        for take in resting {
            guard let wanted = pending.removeValue(forKey: take.remote) else { continue }
            refuse(.unsettled, wanted.comparison, record.fields[take.remote] ?? "")
        }
    }

    /// As ``restTakes(_:)``.
    mutating func restGives(_ repeats: SyncRepeats, _ comparisons: [RowComparison]) {
        for comparison in comparisons {
            let row = comparison.row
            guard let give = outcome.gives[row.remote], give.local == row.local, give.decidedBy == nil,
                rests(row.local, row.remote, give.value, .given, repeats)
            else { continue }
            outcome.gives[row.remote] = nil
            refuse(.unsettled, comparison, record.fields[row.remote] ?? "")
        }
    }

    /// Whether anything is to be given that may have to rest.
    var givesWhatMayRest: Bool { outcome.gives.values.contains { $0.decidedBy == nil && $0.local.mayRest } }

    private func rests(
        _ local: LocalField, _ remote: String, _ value: String, _ kind: SyncChange.Kind, _ repeats: SyncRepeats
    ) -> Bool {
        local.mayRest && (resting.contains(remote) || repeats.has(value, kind, remote, of: contact))
    }

    // MARK: What is taken

    /// - Parameter refusals: of all contacts.
    mutating func settleTakes(_ refusals: [SyncTake.Key: SyncRefusal]) {
        let asked = takes
        takes = []
        for take in asked {
            guard let wanted = pending[take.remote] else { continue }
            if let refusal = refusals[take.key] {
                settle(refusal, of: take, wanted.comparison)
            } else {
                takes.append(take)
                outcome.taken.insert(take.local)
                setValue(take.after, of: take.local)
                settle(take, agreed: wanted.agreed, give: wanted.give, wanted.comparison)
            }
        }
    }

    private mutating func settle(
        _ take: SyncTake, agreed: String?, give value: String?, _ comparison: RowComparison
    ) {
        guard outcome.gives[take.remote] == nil else { return }
        guard let value else { return agree(on: agreed, comparison.row) }
        give(comparison.given(value, values), agreed: agreed, comparison, record.fields[take.remote] ?? "")
    }

    /// A yes that lifts no withdrawal is answered by the withdrawal.
    private mutating func settle(_ refusal: SyncRefusal, of take: SyncTake, _ comparison: RowComparison) {
        outcome.gives[take.remote] = nil
        if take.decidedBy != nil { doneDecisions.insert(take.remote) }
        let theirs = record.fields[take.remote] ?? ""
        if refusal == .optedOut, comparison.row.direction.givesOurs,
            let withdrawn = comparison.given(take.before, values)
        {
            outcome.refusals[take.remote] = refusal
            return give(withdrawn, agreed: take.before, comparison, theirs)
        }
        refuse(refusal, comparison, theirs)
    }
}

extension LocalField {
    /// A no goes over at once, however often; so does what moves with every message.
    fileprivate var mayRest: Bool { self != .marketingConsent && !isRestless }
}
