import Domain

extension SQLConnection {
    /// SQLite's search index forgets contacts that are erased at once; PostgreSQL's is part of the contact's row.
    func leaveSearchIndex(_ contacts: [ContactID]) throws {
        guard dialect == .sqlite else { return }
        try executeMany("DELETE FROM contact_search WHERE rowid = :id", contacts.map { ["id": $0] })
    }
}

extension Store {
    /// SQLite's search index only marks what is deleted: three letters each stay in its pages until they are written anew.
    /// This does it, a few megabytes at a time.
    /// - Parameter goesOn: asked between the slices; false leaves the rest to the next erasure.
    package func rewriteSearchIndex(while goesOn: @Sendable () async -> Bool = { true }) async throws {
        guard database.dialect == .sqlite else { return }
        // By FTS5's manual a negative number begins to merge all of the index into one piece, and positive ones go on.
        var pages = -500
        while await goesOn() {
            let step = pages
            let changes = try await database.write(on: .work) { connection in
                try connection.overwritingDeleted {
                    let before = try connection.totalChanges
                    try connection.execute(
                        "INSERT INTO contact_search (contact_search, rank) VALUES ('merge', :pages)", ["pages": step])
                    return try connection.totalChanges - before
                }
            }
            // Below two, says the manual, there was nothing to do.
            guard changes >= 2 else { return }
            pages = 500
        }
    }
}

extension SQLConnection {
    fileprivate var totalChanges: Int {
        get throws { try value("SELECT total_changes() AS n", as: Int.self) ?? 0 }
    }
}
