package import Domain

/// What became of one slice of an import.
package enum ImportStep: Sendable {
    /// So many rows; there are more.
    case wrote(Int)
    /// The import is complete.
    case done
    /// It is not in these hands any more: somebody cancelled it, or another node has it.
    case stopped
}

extension Store {
    /// Writes the next rows of an import in one transaction: contacts, what was there before, and how far it has come stand
    /// or fall together. So a restart goes on exactly there, and nothing is written twice.
    package func writeImportSlice(_ claim: ImportClaim, rows limit: Int, pace: ImportPace) async throws -> ImportStep {
        let now = now()
        return try await database.write(on: .work, .inOrder) { connection in
            guard let record = try connection.held(by: claim) else { return .stopped }
            let slice = try connection.importSlice(of: record, limit: limit)
            guard let last = slice.last else {
                try connection.endImport(record, at: now)
                return .done
            }
            var writer = try ImportWriter(
                ImportSource(record), journal: try connection.importJournal(of: record, store: self, at: now),
                store: self, at: now)
            let outcome = try write(slice, of: record, with: &writer)
            try writer.journal.save(closing: false)
            try connection.keepRefused(outcome.refused, of: record)
            try connection.keepMade(outcome.made, of: record)
            try connection.keepPosition(last.position, outcome.result, journal: writer.journal, of: record)
            try connection.renew(claim, pace, at: now)
            return .wrote(slice.count)
        }
    }

    private struct SliceOutcome {
        var result: ImportResult
        /// Rows that cannot be taken any more, and why.
        var refused: [(position: Int, note: ImportNote)] = []
        /// Who came of which row.
        var made: [(position: Int, contact: ContactID)] = []
    }

    private func write(
        _ slice: [ImportSliceRow], of record: ImportRecord, with writer: inout ImportWriter
    ) throws -> SliceOutcome {
        let keys = Set(slice.flatMap { $0.person.allKeys(canonicalPhone) })
        let snapshot = try writer.journal.connection.importSnapshot(keys, in: record.workspace, store: self)
        try writer.journal.hold(Set(snapshot.owners.values))
        var planner = ImportPlanner(record.options, snapshot: snapshot, ids: ids, canonical: canonicalPhone)
        var outcome = SliceOutcome(result: record.result ?? ImportResult())
        var rows: [ImportWriter.Row] = []
        for row in slice {
            var plans: [PersonPlan] = []
            if row.isTaken {
                switch planner.plan(row.person) {
                case .plan(let plan):
                    plans = [plan]
                    outcome.result.add(plan.verdict)
                case .refused(let why):
                    outcome.refused.append((row.position, why))
                    outcome.result.add(.rejected)
                }
            }
            // Also of a row that was refused: the no is of others, too.
            plans += planner.planWithdrawals(row.person, besides: plans.first?.contact)
            for plan in plans {
                if plan.isNew { outcome.made.append((row.position, plan.contact)) }
                if plan.grants { outcome.result.consents += 1 }
                if plan.withdraws { outcome.result.withdrawals += 1 }
                rows.append(ImportWriter.Row(number: row.number, plan: plan))
            }
        }
        try writer.write(rows)
        return outcome
    }
}

/// A row that was accepted when it was checked, or another that says that the person opted out.
struct ImportSliceRow {
    let position: Int
    let number: Int
    let isTaken: Bool
    let person: ImportedPerson
}

extension SQLConnection {
    fileprivate func importSlice(of record: ImportRecord, limit: Int) throws -> [ImportSliceRow] {
        try rows(
            """
            SELECT position, number, verdict, person FROM import_row
            WHERE workspace_id = :workspace_id AND import_id = :import_id AND position > :position
                AND person IS NOT NULL
            ORDER BY position LIMIT :limit
            """,
            [
                "workspace_id": record.workspace, "import_id": record.id, "position": record.position, "limit": limit,
            ]
        ).map {
            ImportSliceRow(
                position: try $0.get("position"), number: try $0.get("number"),
                isTaken: try $0.get("verdict", as: ImportVerdict.self).isAccepted,
                person: try $0.json("person"))
        }
    }

    /// All slices are one change, so that it is put back as one.
    fileprivate func importJournal(of record: ImportRecord, store: Store, at now: Timestamp) throws -> ChangeJournal {
        if let change = record.changeID {
            return try .resume(change, on: self, in: record.workspace)
        }
        let draft = ChangeDraft(
            .import,
            title: LocalizedText(en: "Import of \(record.title.en)", es: "Importación de \(record.title.es)"),
            actor: record.actor, detail: try JSONText.encode(["import": record.id]))
        return try .begin(draft, on: self, id: store.ids.next(), in: record.workspace, at: now)
    }

    fileprivate func keepPosition(
        _ position: Int, _ result: ImportResult, journal: ChangeJournal, of record: ImportRecord
    ) throws {
        try execute(
            """
            UPDATE import SET position = :position, result = :result, change_id = :change_id
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "position": position, "result": try JSONText.encode(result), "change_id": journal.change,
                "workspace_id": record.workspace, "id": record.id,
            ])
    }

    /// They stand among the rejected rows from now on.
    fileprivate func keepRefused(
        _ rows: [(position: Int, note: ImportNote)], of record: ImportRecord
    ) throws {
        try executeMany(
            """
            UPDATE import_row SET verdict = 'rejected', notes = :notes, person = NULL, changes = NULL, cells = '[]'
            WHERE workspace_id = :workspace_id AND import_id = :import_id AND position = :position
            """,
            try rows.map {
                [
                    "notes": try JSONText.encode([$0.note]), "workspace_id": record.workspace, "import_id": record.id,
                    "position": $0.position,
                ]
            })
    }

    /// So that an erasure finds what the list said of somebody.
    fileprivate func keepMade(_ made: [(position: Int, contact: ContactID)], of record: ImportRecord) throws {
        try executeMany(
            """
            UPDATE import_row SET contact_id = :contact_id
            WHERE workspace_id = :workspace_id AND import_id = :import_id AND position = :position
            """,
            made.map {
                [
                    "contact_id": $0.contact, "workspace_id": record.workspace, "import_id": record.id,
                    "position": $0.position,
                ]
            })
    }

    fileprivate func endImport(_ record: ImportRecord, at now: Timestamp) throws {
        try closeChange(of: record)
        try move(
            record, to: .done, at: now,
            setting: ["ended_at": now, "result": try JSONText.encode(record.result ?? ImportResult())])
    }
}
