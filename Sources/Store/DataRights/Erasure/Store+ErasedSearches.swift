package import Domain

/// Notes of what was typed, with the erasures that each belongs to.
private struct ErasedSearches: Sendable {
    struct Note {
        let id: Int64
        let folded: String
    }

    var notes: [ErasureID: [Note]] = [:]
    /// Nil at the end.
    var last: Int64?

    static func found(
        after: Int64, limit: Int, for people: [SoughtPerson], on connection: any SQLConnection,
        in workspace: WorkspaceID
    ) throws -> ErasedSearches {
        let rows = try connection.rows(
            """
            SELECT id, folded FROM search_note
            WHERE workspace_id = :workspace_id AND id > :after
            ORDER BY id LIMIT :limit
            """, ["workspace_id": workspace, "after": after, "limit": limit])
        var found = ErasedSearches()
        for row in rows {
            let note = Note(id: try row.get("id"), folded: try row.get("folded"))
            guard let person = people.first(where: { $0.mayBeSought(by: note.folded) }) else { continue }
            found.notes[person.erasure, default: []].append(note)
        }
        if rows.count == limit { found.last = try rows.last?.get("id") }
        return found
    }

    /// - Returns: whether all went. One of which somebody has typed on since is to be looked at again.
    func delete(on connection: any SQLConnection, in workspace: WorkspaceID) throws -> Bool {
        var isWhole = true
        for (erasure, notes) in notes.sorted(by: { $0.key < $1.key }) {
            let gone = try connection.executeMany(
                "DELETE FROM search_note WHERE workspace_id = :workspace_id AND id = :id AND folded = :folded",
                notes.map { ["workspace_id": workspace, "id": $0.id, "folded": $0.folded] })
            var counts = ErasureCounts()
            counts.add(.mentions, gone)
            try connection.add(counts, to: erasure, in: workspace)
            isWhole = isWhole && gone == notes.count
        }
        return isWhole
    }
}

extension Store {
    /// Takes away what was typed to find people who are erased, for all of them in one pass, slice by slice.
    /// - Parameter goesOn: asked before each slice; false ends it early.
    /// - Returns: whether all was looked through.
    @discardableResult
    package func eraseSearches(
        for people: [SoughtPerson], in workspace: WorkspaceID, slice: Int = 1000,
        while goesOn: @Sendable () async -> Bool = { true }
    ) async throws -> Bool {
        var place: Int64? = 0
        while let after = place {
            guard await goesOn() else { return false }
            let found = try await database.read(on: .work) { connection in
                try ErasedSearches.found(after: after, limit: slice, for: people, on: connection, in: workspace)
            }
            var isWhole = true
            if !found.notes.isEmpty {
                isWhole = try await database.write(on: .work) { connection in
                    try connection.overwritingDeleted { try found.delete(on: connection, in: workspace) }
                }
            }
            place = isWhole ? found.last : after
        }
        return true
    }
}
