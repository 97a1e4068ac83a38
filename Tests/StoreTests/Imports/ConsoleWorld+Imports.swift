import Domain

@testable import Store

/// Lists, checked and written as the pipeline does it, without their files.
extension ConsoleWorld {
    static let worker = "worker"

    /// - Parameter slice: as many rows are planned at a time.
    /// - Returns: the import, checked.
    func check(
        _ rows: [JudgedRow], _ options: ImportOptions = ImportOptions(), name: String = "clientes.csv",
        slice: Int = 100
    ) async throws -> ImportRecord {
        let planned = try await plan(rows, options, slice: slice)
        let id = try await store.makeImport(
            ImportDraft(fileName: name, size: 1, sha256: "", plan: "{}", options: options, actor: "Ana"), in: workspace)
        try await store.checkImport(id, plan: "{}", options: options, in: workspace, by: Self.worker)
        let claim = try await claim(id)
        var report = ImportReport()
        for row in planned {
            report.add(row.verdict)
            report.withdrawals += row.withdrawals
            if row.grants, row.verdict.isAccepted { report.consents += 1 }
        }
        _ = try await store.keepImportRows(
            planned, from: 1, pace: ImportPace(share: 1, rate: 1, left: nil), claim)
        try await store.endImportCheck(report, claim)
        return try await found(id)
    }

    func plan(
        _ rows: [JudgedRow], _ options: ImportOptions = ImportOptions(), slice: Int = 100
    ) async throws -> [PlannedRow] {
        var memory = ImportMemory()
        var planned: [PlannedRow] = []
        for rows in rows.slices(of: slice) {
            planned += try await store.planImport(rows, with: options, after: &memory, in: workspace)
        }
        return planned
    }

    /// Writes it to its end.
    @discardableResult
    func write(_ record: ImportRecord, slice: Int = 100) async throws -> ImportRecord {
        try await store.confirmImport(record.id, in: workspace, by: "Ana", worker: Self.worker)
        return try await goOn(record.id, slice: slice)
    }

    @discardableResult
    func goOn(_ id: ImportID, slice: Int = 100, atMost slices: Int = .max) async throws -> ImportRecord {
        let claim = try await claim(id)
        for _ in 0..<slices {
            let step = try await store.writeImportSlice(
                claim, rows: slice, pace: ImportPace(share: 0, rate: 0, left: nil))
            if case .wrote = step { continue }
            break
        }
        return try await found(id)
    }

    /// Checks and writes in one go.
    @discardableResult
    func bring(_ rows: [JudgedRow], _ options: ImportOptions = ImportOptions()) async throws -> ImportRecord {
        try await write(try await check(rows, options))
    }

    func claim(_ id: ImportID, by worker: String = Self.worker) async throws -> ImportClaim {
        ImportClaim(try required(try await store.claimImport(id, in: workspace, by: worker)), by: worker)
    }

    func found(_ id: ImportID) async throws -> ImportRecord {
        try required(try await store.importRecord(id, in: workspace))
    }

    /// What the rows of an import were judged to be, in their order.
    func verdicts(_ record: ImportRecord) async throws -> [ImportVerdict] {
        try await store.importRows(record.id, in: workspace).items.map(\.verdict)
    }

    /// Everything but the imports themselves.
    func image() async throws -> DatabaseImage {
        try await DatabaseImage.of(store, leaving: ["import", "import_row"])
    }
}

extension JudgedRow {
    /// A row that was accepted.
    static func person(
        _ number: Int, _ phones: String..., name: String? = nil, email: String? = nil,
        _ change: (inout ImportedPerson) -> Void = { _ in }
    ) -> JudgedRow {
        var person = ImportedPerson(phones: phones, email: email, name: name)
        change(&person)
        return JudgedRow(number: number, judgement: .accepted(person), notes: [], cells: phones + [name ?? ""])
    }

    /// A row that is not taken, and says that its person opted out.
    static func optingOut(
        _ number: Int, _ phones: String..., email: String? = nil, as judgement: JudgedRow.Judgement = .rejected
    ) -> JudgedRow {
        var person = ImportedPerson(phones: phones, email: email)
        person.optedOut = true
        return JudgedRow(number: number, judgement: judgement, notes: [], cells: phones, withdrawal: person)
    }

    static func rejected(_ number: Int) -> JudgedRow {
        JudgedRow(
            number: number, judgement: .rejected,
            notes: [ImportNote(code: "no_handle", sentence: .same("Nobody can be reached by it."))], cells: ["x", "=1"])
    }
}

extension ImportOptions {
    static func having(_ change: (inout ImportOptions) -> Void) -> ImportOptions {
        var options = ImportOptions()
        change(&options)
        return options
    }

    static let everybodyAgreed = having {
        $0.consent = ConsentClaim(of: .everybody, words: "Acepto ofertas.", source: "Feria de Puebla")
    }
}
