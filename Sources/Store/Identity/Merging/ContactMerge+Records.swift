import Domain

extension ContactMerge {
    /// The loser's record in a CRM becomes the winner's where the winner has none there. Where both have one, the loser's
    /// stays with the loser: that CRM has two records of one person, which people merge there; the page says so.
    mutating func moveRecords() throws {
        let own = Set(try records(of: winner).map { $0.columns["connection_id"] })
        for row in try records(of: loser) where !own.contains(row.columns["connection_id"]) {
            try journal.delete(.remoteRef, key: row.keeping(JournalRelation.remoteRef.key).arguments, of: loser)
            var moved = row.arguments
            moved.set("local_id", winner)
            try journal.insert(.remoteRef, moved, of: winner)
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
