package import Domain

extension Store {
    /// Says what the next rows of a list would do, without writing anything.
    /// - Parameter memory: of the slices before; what these rows do is added to it.
    package func planImport(
        _ rows: [JudgedRow], with options: ImportOptions, after memory: inout ImportMemory, in workspace: WorkspaceID
    ) async throws -> [PlannedRow] {
        let people = rows.compactMap { $0.person ?? $0.withdrawal }
        let keys = Set(people.flatMap { $0.allKeys(canonicalPhone) })
        let named = Set(rows.compactMap(\.named).flatMap { $0.allKeys(canonicalPhone) }).subtracting(keys)
        var snapshot = try await database.read(on: .console) { connection in
            var snapshot = try connection.importSnapshot(keys, in: workspace, store: self)
            snapshot.erased.formUnion(try connection.erasedHandles(among: named, in: workspace, store: self))
            return snapshot
        }
        memory.apply(to: &snapshot, of: keys)
        var check = ImportCheck(
            ImportPlanner(options, snapshot: snapshot, ids: ids, canonical: canonicalPhone), after: memory)
        // One owner: else each slice would copy what was seen so far.
        memory = ImportMemory()
        let planned = rows.map { check.plan($0) }
        memory = check.memory
        return planned
    }

    /// What a company puts on its contacts.
    package func importWords(in workspace: WorkspaceID) async throws -> ImportWords {
        try await database.read(on: .console) { connection in
            let fields = try connection.fields(archived: true, in: workspace)
            let language = try connection.value(
                "SELECT language FROM workspace WHERE id = :workspace_id", ["workspace_id": workspace], as: String.self)
            return ImportWords(
                labels: Set(try connection.importVocabulary(in: workspace).labels.keys),
                fields: fields.filter { $0.archivedAt == nil }.map(ImportField.init),
                archived: fields.filter { $0.archivedAt != nil }.map(ImportField.init),
                language: language.flatMap { Language(rawValue: $0) } ?? .english)
        }
    }

    /// Forgets what an earlier check of the same import found, a slice at a time.
    /// - Returns: whether all of it is gone; nil when the import is not in these hands any more.
    package func clearImportRows(_ claim: ImportClaim) async throws -> Bool? {
        try await database.write(on: .work, .inOrder) { connection in
            guard try connection.held(by: claim) != nil else { return nil }
            try connection.renew(claim)
            return try connection.deleteImportRows(of: claim.id, in: claim.workspace)
        }
    }

    /// Keeps judged rows.
    /// - Parameters:
    ///   - first: the position of the first of them.
    ///   - pace: how far the check is with them.
    /// - Returns: false when the import is not in these hands any more.
    package func keepImportRows(
        _ rows: [PlannedRow], from first: Int, pace: ImportPace, _ claim: ImportClaim
    ) async throws -> Bool {
        try await database.write(on: .work, .inOrder) { [now] connection in
            guard try connection.held(by: claim) != nil else { return false }
            try connection.executeMany(
                """
                INSERT INTO import_row
                    (workspace_id, import_id, position, number, verdict, notes, contact_id, person, changes, cells)
                VALUES
                    (:workspace_id, :import_id, :position, :number, :verdict, :notes, :contact_id, :person, :changes,
                     :cells)
                """,
                try rows.enumerated().map { try $1.columns(at: first + $0, of: claim) })
            try connection.execute(
                "UPDATE import SET rows_read = :rows WHERE workspace_id = :workspace_id AND id = :id",
                ["rows": first - 1 + rows.count, "workspace_id": claim.workspace, "id": claim.id])
            try connection.renew(claim, pace, at: now())
            return true
        }
    }

    /// Nothing is written before a person has seen the report.
    /// - Returns: false when the import is not in these hands any more.
    @discardableResult
    package func endImportCheck(_ report: ImportReport, _ claim: ImportClaim) async throws -> Bool {
        let now = now()
        return try await database.write(on: .work) { connection in
            guard let record = try connection.held(by: claim) else { return false }
            try connection.move(record, to: .checked, at: now, setting: ["report": try JSONText.encode(report)])
            return true
        }
    }
}

/// How fast an import goes, as its page tells.
package struct ImportPace: Sendable {
    /// Of this state's work, 0 to 1.
    package var share: Double
    /// Rows a second.
    package var rate: Double
    package var left: Duration?

    package init(share: Double, rate: Double, left: Duration?) {
        self.share = share
        self.rate = rate
        self.left = left
    }
}

extension SQLConnection {
    func renew(_ claim: ImportClaim) throws {
        try execute(
            "UPDATE import SET claimed_until = :until WHERE workspace_id = :workspace_id AND id = :id",
            ["until": try databaseNow() + Store.importClaim, "workspace_id": claim.workspace, "id": claim.id])
    }

    func renew(_ claim: ImportClaim, _ pace: ImportPace, at now: Timestamp) throws {
        try execute(
            """
            UPDATE import
            SET share = :share, rate = :rate, left_ms = :left, updated_at = :now, claimed_until = :until
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "share": pace.share, "rate": pace.rate, "left": pace.left?.wholeMilliseconds, "now": now,
                "until": try databaseNow() + Store.importClaim, "workspace_id": claim.workspace, "id": claim.id,
            ])
    }

    /// - Returns: whether none is left.
    func deleteImportRows(of id: ImportID, in workspace: WorkspaceID, atMost limit: Int = 2000) throws -> Bool {
        let deleted = try execute(
            """
            DELETE FROM import_row
            WHERE workspace_id = :workspace_id AND import_id = :import_id AND position IN (
                SELECT position FROM import_row
                WHERE workspace_id = :workspace_id AND import_id = :import_id
                ORDER BY position LIMIT :limit
            )
            """, ["workspace_id": workspace, "import_id": id, "limit": limit])
        return deleted < limit
    }
}

extension JudgedRow {
    fileprivate var person: ImportedPerson? {
        if case .accepted(let person) = judgement { person } else { nil }
    }
}

extension PlannedRow {
    /// What is taken is kept as it was understood, what is not as it stood in the file.
    fileprivate func columns(at position: Int, of claim: ImportClaim) throws -> SQLArguments {
        let isTaken = verdict.isAccepted
        return [
            "workspace_id": claim.workspace, "import_id": claim.id, "position": position, "number": row.number,
            "verdict": verdict, "notes": notes.isEmpty ? "[]" : try JSONText.encode(notes), "contact_id": contact,
            "person": try (isTaken ? row.person : withdrawal).map(JSONText.encode),
            "changes": isTaken && contact != nil && !changes.isEmpty ? try JSONText.encode(changes) : nil,
            // Of somebody who had their data erased nothing is kept.
            "cells": isTaken ? nil : try JSONText.encode(notes.contains(.erased) ? [] : row.cells),
        ]
    }
}

extension ImportField {
    fileprivate init(_ field: FieldSummary) {
        self.init(key: field.key, name: field.name, kind: field.kind, choices: field.choices)
    }
}
