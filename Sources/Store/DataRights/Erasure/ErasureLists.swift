package import Domain

/// What lists of contacts said of a person before they were taken in, or without being taken: rows that waited, were
/// refused or stood twice, and examples in reports. Rows that made or changed the contact go with it.
struct ErasureLists {
    /// Where the next slice begins.
    struct Place: Sendable {
        let list: ImportID
        let position: Int
    }

    /// A row that names the person, and what it says of others: that they opted out.
    private struct Found {
        let position: Int
        let others: ImportedPerson?
    }

    static let slice = 2000

    let store: Store
    let connection: any SQLConnection
    let erasure: OpenErasure

    private var workspace: WorkspaceID { erasure.workspace }

    /// - Returns: where it goes on; nil at the end.
    func erase(from place: Place?) throws -> Place? {
        guard let place = try place ?? next(after: nil) else { return nil }
        var counts = ErasureCounts()
        if place.position == 0 { counts.add(.mentions, try cleanReport(of: place.list)) }
        let (rows, last) = try rows(from: place)
        counts.add(.mentions, try empty(rows, of: place.list))
        try connection.add(counts, to: erasure.id, in: workspace)
        guard let last else { return try next(after: place.list) }
        return Place(list: place.list, position: last)
    }

    /// Lists that came after the erasure say nothing of the person: they are refused there.
    private func next(after list: ImportID?) throws -> Place? {
        try connection.value(
            """
            SELECT id FROM import
            WHERE workspace_id = :workspace_id AND id > :after AND id < :before ORDER BY id LIMIT 1
            """, ["workspace_id": workspace, "after": list?.rawValue ?? 0, "before": erasure.id], as: ImportID.self
        ).map { Place(list: $0, position: 0) }
    }

    /// - Returns: rows that name the person, and the last that was looked at; nil at the end of the list.
    private func rows(from place: Place) throws -> (found: [Found], last: Int?) {
        let rows = try connection.rows(
            """
            SELECT position, person, cells FROM import_row
            WHERE workspace_id = :workspace_id AND import_id = :import_id AND position > :position
            ORDER BY position LIMIT :limit
            """,
            [
                "workspace_id": workspace, "import_id": place.list, "position": place.position, "limit": Self.slice,
            ])
        let found: [Found?] = try rows.map { row in
            let person: ImportedPerson? = try row.jsonIfPresent("person")
            let cells: [String] = try row.jsonIfPresent("cells") ?? []
            let isTheirs = person.map { erasure.traces.are($0) } ?? false
            guard isTheirs || erasure.traces.areWritten(in: cells) else { return nil }
            return Found(position: try row.get("position"), others: try others(in: person))
        }
        return (found.compactMap(\.self), rows.count < Self.slice ? nil : try rows.last?.get("position"))
    }

    /// Who else a row that says that its person opted out names, and is here: it counts for them as before.
    private func others(in person: ImportedPerson?) throws -> ImportedPerson? {
        guard let person, person.optedOut == true else { return nil }
        let keys = Set(person.allKeys(store.canonicalPhone))
        let owners = try connection.importSnapshot(keys, in: workspace, store: store).owners
        guard !owners.isEmpty else { return nil }
        return person.byHandlesAlone.without(keys.filter { owners[$0] == nil }, store.canonicalPhone)
    }

    /// They stand among the rejected ones from now on, and say nothing but that.
    private func empty(_ rows: [Found], of list: ImportID) throws -> Int {
        try connection.executeMany(
            """
            UPDATE import_row SET
                verdict = CASE WHEN verdict = 'duplicate' THEN verdict ELSE 'rejected' END,
                notes = :notes, contact_id = NULL, person = :person, changes = NULL, cells = '[]'
            WHERE workspace_id = :workspace_id AND import_id = :import_id AND position = :position
            """,
            try rows.map { row in
                let notes: [ImportNote] = row.others == nil ? [.erased] : [.erased, .optOutCounts]
                return [
                    "notes": try JSONText.encode(notes), "person": try row.others.map(JSONText.encode),
                    "workspace_id": workspace, "import_id": list, "position": row.position,
                ]
            })
    }

    private func cleanReport(of list: ImportID) throws -> Int {
        let row = try connection.row(
            "SELECT report FROM import WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": list])
        guard var report: ImportReport = try row?.jsonIfPresent("report"), report.forget(erasure.traces) else {
            return 0
        }
        return try connection.execute(
            "UPDATE import SET report = :report WHERE workspace_id = :workspace_id AND id = :id",
            ["report": try JSONText.encode(report), "workspace_id": workspace, "id": list])
    }
}

extension Store {
    /// See ``ErasureLists``.
    /// - Returns: whether all was looked through.
    @discardableResult
    package func eraseLists(
        of erasure: OpenErasure, while goesOn: @Sendable () async -> Bool
    ) async throws -> Bool {
        let store = self
        var place: ErasureLists.Place?
        repeat {
            guard await goesOn() else { return false }
            let from = place
            place = try await database.write(on: .work) { connection in
                try connection.overwritingDeleted {
                    try ErasureLists(store: store, connection: connection, erasure: erasure).erase(from: from)
                }
            }
        } while place != nil
        return true
    }
}

extension ImportReport {
    /// Takes away examples of whoever left the traces. The figures stay.
    /// - Returns: whether there were any.
    fileprivate mutating func forget(_ traces: PersonTraces) -> Bool {
        let before = self
        examples.removeAll { example in
            traces.contacts.contains { $0 == example.contact }
                || traces.areWritten(in: [example.person] + example.changes.flatMap { [$0.before ?? "", $0.after] })
        }
        for tallies in [\ImportReport.rejections, \.duplicateTallies, \.marks] {
            for index in self[keyPath: tallies].indices {
                self[keyPath: tallies][index].samples.removeAll {
                    traces.areWritten(in: [$0.written]) || traces.areIn($0.written)
                }
            }
        }
        return self != before
    }
}
