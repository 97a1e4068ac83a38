import Domain

/// What changes wrote of a person is emptied, and counts as kept when they are undone: an undo brings nothing back.
struct ErasedChanges {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let traces: PersonTraces
    let now: Timestamp

    /// - Returns: how many rows of changes said something of the person.
    func empty(of person: PersonContacts) throws -> Int {
        let list = person.list
        let arguments = list.arguments(["workspace_id": workspace])
        // Rows that no contact's history shows are times of change, and messages and suggestions of whoever was merged. All
        // others are everybody's: a label, a field.
        let touched = try connection.rows(
            """
            SELECT r.change_id, g.kind, g.state, g.title, g.detail,
                CAST(SUM(CASE WHEN r.outcome IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS open_rows, EXISTS (
                    SELECT 1 FROM change_row o
                    WHERE o.workspace_id = :workspace_id AND o.change_id = r.change_id
                        AND (o.contact_id NOT IN \(list.sql)
                            OR (o.contact_id IS NULL AND o.relation NOT IN ('contact', 'message', 'duplicate')))
                ) AS is_shared
            FROM change_row r \(connection.dialect.byContact)
            JOIN change g ON g.workspace_id = r.workspace_id AND g.id = r.change_id
            WHERE r.workspace_id = :workspace_id AND r.contact_id IN \(list.sql)
            GROUP BY r.change_id, g.kind, g.state, g.title, g.detail
            """, arguments)
        let emptied = try connection.execute(
            """
            UPDATE change_row \(connection.dialect.byContact)
            SET before = NULL, after = NULL, outcome = COALESCE(outcome, 'kept')
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            """, arguments)
        for row in touched { try empty(row) }
        return emptied
    }

    /// A change that was of this person alone loses its title, which may name them, and can be put back no more. What else
    /// it keeps has to stay readable for whoever carries it on, or shows it.
    private func empty(_ change: SQLRow) throws {
        let isShared: Bool = try change.get("is_shared")
        let title: String = try change.get("title")
        var columns: SQLArguments = [
            "kept": try change.get("open_rows", as: Int.self), "workspace_id": workspace,
            "id": try change.get("change_id", as: ChangeID.self), "detail": try detail(of: change), "title": title,
        ]
        if !isShared || traces.areIn(title) {
            columns.set("title", try JSONText.encode(LocalizedText.ofAnErasedPerson))
        }
        if !isShared { columns.set("now", now) }
        let deadline = isShared ? "undo_until" : "CASE WHEN undo_until > :now THEN :now ELSE undo_until END"
        try connection.execute(
            """
            UPDATE change SET kept_rows = kept_rows + :kept, title = :title, detail = :detail, undo_until = \(deadline)
            WHERE workspace_id = :workspace_id AND id = :id
            """, columns)
    }

    /// Whom a bulk action is about is read from here as long as it goes on: a condition less would be about more people.
    private func detail(of change: SQLRow) throws -> String {
        let text: String = try change.get("detail")
        guard try change.get("state") != "open" else { return text }
        let known = RecordedJSON(column: text)
        var detail = traces.scrubbed(known)
        // For whom an ended action was is asked no more, and conditions without their words could not be read.
        if case .object(var members) = detail, let selection = members["selection"], selection != known["selection"] {
            members["selection"] = RecordedJSON(column: try JSONText.encode(ContactSelection.chosen(contacts: [])))
            detail = .object(members)
        }
        // What spoke for a merge: an address, a name, WhatsApp's id of a message.
        if case .object(var members) = detail, members.removeValue(forKey: "evidence") != nil {
            detail = .object(members)
        }
        return try JSONText.encode(detail)
    }
}

extension PersonTraces {
    /// Without the texts that name the person.
    fileprivate func scrubbed(_ json: RecordedJSON) -> RecordedJSON {
        switch json {
        case .text(let text): areIn(text) || areWritten(in: [text]) ? .text("") : json
        case .list(let values): .list(values.map(scrubbed))
        case .object(let members): .object(members.mapValues(scrubbed))
        case .null, .bool, .integer, .number: json
        }
    }
}

extension RecordedJSON {
    fileprivate subscript(name: String) -> RecordedJSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }
}

extension LocalizedText {
    fileprivate static let ofAnErasedPerson = LocalizedText(
        en: "A change of somebody who was erased", es: "Un cambio de alguien que se borró")
}

/// Suggestions that merges moved from one contact to another say in what the two are alike, and belong to no contact's
/// history: a person's are found by what the rows say.
struct ErasedSuggestions {
    struct Place: Sendable {
        let change: ChangeID
        let position: Int
    }

    struct Slice: Sendable {
        let found: [Place]
        /// Nil at the end.
        let last: Place?
    }

    static let slice = 2000

    let connection: any SQLConnection
    let erasure: OpenErasure

    func next(after place: Place) throws -> Slice {
        let rows = try connection.rows(
            """
            SELECT change_id, position, before, after FROM change_row
            WHERE workspace_id = :workspace_id AND relation = 'duplicate'
                AND (change_id, position) > (:change_id, :position)
            ORDER BY change_id, position LIMIT \(Self.slice)
            """, ["workspace_id": erasure.workspace, "change_id": place.change, "position": place.position])
        let places = try rows.map { Place(change: try $0.get("change_id"), position: try $0.get("position")) }
        let found = try zip(rows, places).filter { row, _ in
            try ["before", "after"].contains { try isOfPerson(try row.jsonIfPresent($0)) }
        }.map(\.1)
        return Slice(found: found, last: rows.count < Self.slice ? nil : places.last)
    }

    private func isOfPerson(_ image: RowImage?) throws -> Bool {
        guard let image else { return false }
        return ["contact_a", "contact_b"].contains { column in
            guard case .integer(let id)? = image.columns[column] else { return false }
            return erasure.traces.contacts.contains(ContactID(rawValue: id))
        }
    }

    /// - Returns: how many.
    func empty(_ places: [Place]) throws -> Int {
        try places.count { place in
            let arguments: SQLArguments = [
                "workspace_id": erasure.workspace, "change_id": place.change, "position": place.position,
            ]
            let kept = try connection.execute(
                """
                UPDATE change_row SET outcome = 'kept'
                WHERE workspace_id = :workspace_id AND change_id = :change_id AND position = :position
                    AND outcome IS NULL
                """, arguments)
            if kept == 1 {
                try connection.execute(
                    "UPDATE change SET kept_rows = kept_rows + 1 WHERE workspace_id = :workspace_id AND id = :change_id",
                    ["workspace_id": erasure.workspace, "change_id": place.change])
            }
            return try connection.execute(
                """
                UPDATE change_row SET before = NULL, after = NULL
                WHERE workspace_id = :workspace_id AND change_id = :change_id AND position = :position
                """, arguments) == 1
        }
    }
}

extension Store {
    /// See ``ErasedSuggestions``.
    /// - Parameter goesOn: asked between slices; false ends it early.
    /// - Returns: whether all was looked through.
    @discardableResult
    package func eraseSuggestions(
        of erasure: OpenErasure, while goesOn: @Sendable () async -> Bool = { true }
    ) async throws -> Bool {
        var place: ErasedSuggestions.Place? = .init(change: ChangeID(rawValue: 0), position: 0)
        while let after = place {
            guard await goesOn() else { return false }
            let slice = try await database.read(on: .work) { connection in
                try ErasedSuggestions(connection: connection, erasure: erasure).next(after: after)
            }
            place = slice.last
            guard !slice.found.isEmpty else { continue }
            try await database.write(on: .work) { connection in
                try connection.overwritingDeleted {
                    var counts = ErasureCounts()
                    let suggestions = ErasedSuggestions(connection: connection, erasure: erasure)
                    counts.add(.changes, try suggestions.empty(slice.found))
                    try connection.add(counts, to: erasure.id, in: erasure.workspace)
                }
            }
        }
        return true
    }
}
