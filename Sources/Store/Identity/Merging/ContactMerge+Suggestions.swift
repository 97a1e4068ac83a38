import Domain

extension ContactMerge {
    /// The suggestion is settled; what was suggested of the loser and others is suggested of the winner, and what people
    /// said is not the same person stays said.
    mutating func settleSuggestions() throws {
        try noteMerged()
        let rows = try journal.rows(
            .duplicate, where: "(contact_a = :contact OR contact_b = :contact) AND state <> 'merged'",
            ["contact": loser])
        for row in rows { try carryOver(row) }
    }

    private mutating func noteMerged() throws {
        let pair = DuplicatePair(winner, loser)
        let settled: SQLArguments = [
            "state": "merged", "settled_at": now, "settled_by": draft.actor, "change_id": journal.change,
            "winner_id": winner, "failure": String?.none,
        ]
        let known = try journal.rows(
            .duplicate, where: "contact_a = :a AND contact_b = :b", ["a": pair.a, "b": pair.b]
        ).first
        if let known {
            try journal.update(.duplicate, key: known.keeping(["id"]).arguments, set: settled, of: nil)
        } else {
            let reason = DuplicateReason(draft.reason, draft.evidence ?? "")
            var row: SQLArguments = [
                "id": store.ids.next(DuplicateRow.self), "contact_a": pair.a, "contact_b": pair.b,
                "score": reason.kind.weight, "reason": reason.kind.rawValue,
                "reasons": try JSONText.encode([reason]), "found_at": now,
            ]
            for (name, value) in settled.pairs { row.set(name, value) }
            try journal.insert(.duplicate, row, of: nil)
        }
    }

    private mutating func carryOver(_ row: RowImage) throws {
        guard case .integer(let a)? = row.columns["contact_a"], case .integer(let b)? = row.columns["contact_b"] else {
            return
        }
        let other = ContactID(rawValue: a == loser.rawValue ? b : a)
        try journal.delete(.duplicate, key: row.keeping(["id"]).arguments, of: nil)
        guard other != winner else { return }
        let pair = DuplicatePair(winner, other)
        let known = try journal.rows(
            .duplicate, where: "contact_a = :a AND contact_b = :b", ["a": pair.a, "b": pair.b]
        ).first
        var columns = row
        // Who reviewed that the loser and the other are one, and so are the loser and the winner, has said it of all three.
        if row.columns["winner_id"] == loser.sqlValue { columns.columns["winner_id"] = winner.sqlValue }
        if let known {
            let names: [String]
            switch (row.columns["state"], row.columns["batch_id"], row.columns["failure"]) {
            case (.text("dismissed"), _, _): names = ["state", "settled_at", "settled_by"]
            case (_, .integer, .null): names = ["batch_id", "winner_id"]
            // Nobody has reviewed it, or the list that it stood in has given it up.
            default: return
            }
            guard known.columns["state"] == .text("open") else { return }
            try journal.update(
                .duplicate, key: known.keeping(["id"]).arguments, set: columns.keeping(names).arguments, of: nil)
        } else {
            var moved = columns.arguments
            moved.set("id", store.ids.next(DuplicateRow.self))
            moved.set("contact_a", pair.a)
            moved.set("contact_b", pair.b)
            try journal.insert(.duplicate, moved, of: nil)
        }
    }
}

/// Two contacts, the older one first: as suggestions are kept.
struct DuplicatePair: Hashable, Sendable {
    let a: ContactID
    let b: ContactID

    init(_ one: ContactID, _ other: ContactID) {
        a = min(one, other)
        b = max(one, other)
    }
}
