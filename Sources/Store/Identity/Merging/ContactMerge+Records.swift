import Domain

extension ContactMerge {
    /// The loser's record in a CRM becomes the winner's where the winner has none there. Where both have one, the loser's
    /// stays with the loser: that CRM has two records of one person, which people merge there; the page says so. Where
    /// both had the same, it is the winner's own from now on.
    mutating func moveRecords() throws {
        let own = Dictionary(try records(of: winner).map { ($0.columns["connection_id"], $0) }) { first, _ in first }
        for row in try records(of: loser) {
            if let held = own[row.columns["connection_id"]] {
                try takeOver(row, heldAs: held)
                continue
            }
            try journal.delete(.remoteRef, key: row.keeping(JournalRelation.remoteRef.key).arguments, of: loser)
            var moved = row.arguments
            moved.set("local_id", winner)
            try journal.insert(.remoteRef, moved, of: winner)
        }
    }

    private mutating func takeOver(_ row: RowImage, heldAs held: RowImage) throws {
        guard row.columns["remote_id"] == held.columns["remote_id"], row.columns["is_shared"] == .integer(0) else {
            return
        }
        for (image, isShared, contact) in [(row, 1, loser), (held, 0, winner)] {
            let key = image.keeping(JournalRelation.remoteRef.key).arguments
            try journal.update(.remoteRef, key: key, set: ["is_shared": isShared], of: contact)
        }
    }

    /// Found by connection and contact, as the table's key has them.
    private func records(of contact: ContactID) throws -> [RowImage] {
        try journal.rows(
            .remoteRef,
            where: """
                connection_id IN (SELECT id FROM connection WHERE connection.workspace_id = :workspace_id)
                AND entity = 'contact' AND local_id = :contact
                """, ["contact": contact])
    }
}
