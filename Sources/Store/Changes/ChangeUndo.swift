import Domain

/// Puts a change back, a slice of its rows in each transaction, the last row first.
///
/// A row that still says what the change wrote gets what it said before. One that was changed again since stays as it is
/// and is counted: what came later is somebody's intent, too. Columns that only follow from others, or say when a row was
/// last changed, stand in nothing's way; they go back only where nothing else was changed since.
///
/// What follows from the rows follows again: contacts are searched by what they are called by now, and consent is what
/// the entries come to that are left.
struct ChangeUndo {
    /// Rows in one transaction: few enough that nobody waits long for SQLite's one writer.
    static let slice = 500
    /// Up to so many rows whoever asks waits for.
    static let atOnce = 1000

    let connection: any SQLConnection
    let workspace: WorkspaceID
    let change: ChangeID
    /// Whether consent is brought in line with its entries after each slice. Whoever puts back the entries of two people who
    /// were one does it at the end: in between each may have words of the other's.
    var recomputesConsent = true
    /// Called for each contact whose names or addresses were put back.
    var tell: (ContactID) throws -> Void = { _ in }

    /// - Returns: whether all of it has been gone through.
    func putBackSlice() throws -> Bool {
        let steps = try nextSteps()
        let ruling = try Ruling(of: change, on: connection, in: workspace)
        try lockLabelRules(of: steps)
        try lockHandles(of: steps)
        var kept: [Int] = []
        var named: Set<ContactID> = []
        for run in Self.runs(of: steps) {
            let outcome = try putBack(ruling.map { ruling in run.map(ruling.overruled) } ?? run)
            try ruling?.exempt(run, except: outcome.kept, on: connection, in: workspace)
            kept += outcome.kept
            named.formUnion(outcome.named)
        }
        try note(steps, kept: kept)
        if recomputesConsent {
            try connection.recomputeConsent(of: Set(steps.flatMap(\.whoseConsent)), in: workspace)
        }
        for contact in try present("contact", Set(named.map(\.sqlValue))).compactMap(ContactID.from).sorted() {
            try connection.writeSearchText(of: contact, in: workspace)
            try tell(contact)
        }
        return steps.count < Self.slice
    }

    /// From where the last slice ended: what was gone through is not looked at again.
    private func nextSteps() throws -> [Step] {
        let position = try connection.value(
            "SELECT undo_position FROM change WHERE workspace_id = :workspace_id AND id = :change_id",
            ["workspace_id": workspace, "change_id": change], as: Int64?.self)
        return try connection.rows(
            """
            SELECT position, contact_id, relation, key, before, after FROM change_row
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND position < :position
                AND outcome IS NULL
            ORDER BY position DESC LIMIT \(Self.slice)
            """,
            ["workspace_id": workspace, "change_id": change, "position": position.flatMap(\.self) ?? .max]
        ).map(Step.init)
    }

    /// As whoever changes rules does: before any row.
    private func lockLabelRules(of steps: [Step]) throws {
        guard steps.contains(where: { $0.relation == .labelRule }) else { return }
        try connection.lock(["label rules"], in: workspace)
    }

    /// Whoever brings news of an address that goes, or asks whose it is, comes before this or after it.
    private func lockHandles(of steps: [Step]) throws {
        let keys = steps.filter { $0.relation == .handle }.compactMap { step -> String? in
            guard let row = step.after, let kind = row.columns["kind"].flatMap(String.from),
                let scope = row.columns["scope"].flatMap(String.from),
                let value = row.columns["value"].flatMap(String.from)
            else { return nil }
            return "\(kind)\(scope)\(value)"
        }
        try connection.lock(Array(Set(keys)), in: workspace)
    }

    private func note(_ steps: [Step], kept: [Int]) throws {
        guard let first = steps.last?.position, let last = steps.first?.position else { return }
        let ofChange: SQLArguments = ["workspace_id": workspace, "change_id": change]
        try connection.executeMany(
            """
            UPDATE change_row SET outcome = 'kept'
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND position = :position
            """, kept.map { ofChange.adding("position", $0) })
        try connection.execute(
            """
            UPDATE change_row SET outcome = 'restored'
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND position BETWEEN :first AND :last
                AND outcome IS NULL
            """, ofChange.adding("first", first).adding("last", last))
        try connection.execute(
            """
            UPDATE change
            SET undone_rows = undone_rows + :restored, kept_rows = kept_rows + :kept, undo_position = :first
            WHERE workspace_id = :workspace_id AND id = :change_id
            """,
            ofChange.adding("restored", steps.count - kept.count).adding("kept", kept.count).adding("first", first))
    }
}

extension ChangeUndo {
    /// One row of a change: of which table, which row, what it said before and after.
    struct Step {
        let position: Int
        let contact: ContactID?
        let relation: JournalRelation
        let key: RowImage
        let before: RowImage?
        let after: RowImage?

        init(_ row: SQLRow) throws {
            position = try row.get("position")
            let name: String = try row.get("relation")
            guard let relation = JournalRelation(rawValue: name) else {
                throw SQLError.decoding("a change of an unknown table, \(name)")
            }
            self.relation = relation
            contact = try row.get("contact_id")
            key = try row.json("key")
            before = try row.jsonIfPresent("before")
            after = try row.jsonIfPresent("after")
        }

        private init(_ step: Step, before: RowImage) {
            position = step.position
            contact = step.contact
            relation = step.relation
            key = step.key
            self.before = before
            after = step.after
        }

        /// The same, but another row is put back.
        func restoring(_ row: RowImage) -> Step { Step(self, before: row) }

        /// Whose ledger of consent has another entry now, or one less.
        var whoseConsent: [ContactID] {
            guard relation == .consentEntry else { return [] }
            return [before, after].compactMap { $0?.columns["contact_id"].flatMap(ContactID.from) }
        }

        /// Who may be found by something else now. A handle that moved from one contact to another concerns both.
        var whoseNames: [ContactID] {
            guard relation == .contact || relation == .handle else { return [] }
            let column = relation == .contact ? "id" : "contact_id"
            return [key, before, after].compactMap { $0?.columns[column].flatMap(ContactID.from) }
                + [contact].compactMap(\.self)
        }
    }
}
