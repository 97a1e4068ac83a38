internal import ContactFiles
package import Domain
package import Logging
package import Store

/// Works on one import until its state is done, a person has cancelled it, or the program ends. What it has in hand when
/// the program ends goes on at the next start: a check from its beginning, the writing exactly where it was.
package struct ImportWorker: Sendable {
    /// Told after each slice.
    package typealias Progress = @Sendable (_ rows: Int, _ pace: ImportPace) -> Void

    let store: Store
    let folder: ImportFolder
    let logger: Logger
    /// Names this start of the program.
    let name: String
    private let thread = WorkThread("puente.import")

    package init(store: Store, folder: ImportFolder, name: String, logger: Logger) {
        self.store = store
        self.folder = folder
        self.name = name
        self.logger = logger
    }

    /// - Parameters:
    ///   - record: as it was claimed under ``name``.
    ///   - path: of a list that is read where it lies; nil: in the imports folder.
    /// - Throws: when the database is away: the same is to be tried again. What is wrong with the list is told to people.
    package func work(_ record: ImportRecord, at path: String? = nil, progress: Progress = { _, _ in }) async throws {
        let claim = ImportClaim(record, by: name)
        do {
            switch record.state {
            case .checking: try await check(record, claim, path, progress)
            case .importing: try await write(record, claim, progress)
            case .uploaded, .checked, .done, .cancelled, .failed: break
            }
        } catch let error as PuenteError {
            try await store.failImport(claim, saying: error.message)
        } catch let error as SQLError where error.isOfTheDatabase {
            throw error
        } catch {
            logger.error("an import failed", metadata: ["import": "\(record.id)", "error": "\(error)"])
            try await store.failImport(claim, saying: Self.ours)
        }
    }

    // MARK: Checking

    private func check(
        _ record: ImportRecord, _ claim: ImportClaim, _ path: String?, _ progress: Progress
    ) async throws {
        while true {
            guard let isCleared = try await store.clearImportRows(claim) else { return }
            if isCleared { break }
        }
        let plan = try ImportPlan(json: record.plan)
        let words = try await store.importWords(in: record.workspace)
        let reading = ImportReading(
            try file(of: record, at: path), plan: plan, fields: words.all + record.options.newFields, on: thread)
        var figures = ImportFigures(record.options, knownLabels: words.labels)
        var slice = ImportSlice(isAlone: store.database.dialect == .sqlite)
        var meter = ImportMeter()
        var memory = ImportMemory()
        var position = 1
        while !Task.isCancelled {
            let batch = try await next(slice.rows, of: reading, holding: claim)
            if batch.items.isEmpty {
                try await store.endImportCheck(figures.finished(), claim)
                return
            }
            let rows = try await store.planImport(
                batch.items.map(\.row), with: record.options, after: &memory, in: record.workspace)
            for (row, item) in zip(rows, batch.items) { figures.add(row, item, titles: batch.titles) }
            meter.add(rows.count)
            let pace = meter.pace(at: batch.share)
            let start = ContinuousClock.now
            guard try await store.keepImportRows(rows, from: position, pace: pace, claim) else { return }
            slice.took(start.duration(to: .now))
            position += rows.count
            progress(position - 1, pace)
        }
    }

    /// Keeps the import in these hands meanwhile: a large workbook takes long to open, and another node would begin it anew.
    private func next(
        _ count: Int, of reading: ImportReading, holding claim: ImportClaim
    ) async throws -> ImportReading.Batch {
        try await withThrowingTaskGroup(of: ImportReading.Batch?.self) { group in
            group.addTask { try await reading.next(count) }
            group.addTask { [store] in
                while !Task.isCancelled {
                    // Woken early when the batch is there.
                    try? await Task.sleep(for: Store.importClaim / 3)
                    guard !Task.isCancelled else { break }
                    // That the database is away, or the import in other hands, whoever keeps the batch is told.
                    _ = try? await store.renewImport(claim)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let batch = result { return batch }
            }
            throw CancellationError()
        }
    }

    /// - Throws: when the list lay where only a command that has ended could read it.
    private func file(of record: ImportRecord, at path: String?) throws(PuenteError) -> ImportFile {
        if let path { return ImportFile(path: path) }
        guard !record.isReadInPlace else { throw .importFileGone }
        return folder.file(record.sha256, in: record.workspace)
    }

    // MARK: Writing

    private func write(_ record: ImportRecord, _ claim: ImportClaim, _ progress: Progress) async throws {
        let total = max(1, record.report?.accepted ?? 0)
        var done = record.result?.total ?? 0
        var slice = ImportSlice(isAlone: store.database.dialect == .sqlite)
        var meter = ImportMeter(from: Double(done) / Double(total))
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let pace = meter.pace(at: min(1, Double(done) / Double(total)))
            switch try await writeSlice(claim, slice.rows, pace) {
            case .wrote(let count):
                done += count
                meter.add(count)
                slice.took(start.duration(to: .now))
                progress(done, meter.pace(at: min(1, Double(done) / Double(total))))
            case .done:
                logger.notice("a list was imported", metadata: ["import": "\(record.id)", "rows": "\(done)"])
                return
            case .stopped: return
            }
        }
    }

    /// Somebody whom the slice makes may write at the same moment: the slice then finds them here.
    private func writeSlice(_ claim: ImportClaim, _ rows: Int, _ pace: ImportPace) async throws -> ImportStep {
        var attempt = 1
        while true {
            do {
                return try await store.writeImportSlice(claim, rows: rows, pace: pace)
            } catch SQLError.uniqueViolation(let constraint) {
                attempt += 1
                guard attempt <= 5 else { throw SQLError.uniqueViolation(constraint: constraint) }
            }
        }
    }

    private static let ours = LocalizedText(
        en: "Something went wrong on our side; it is in the log. What was written until then can be undone.",
        es: "Algo falló de nuestro lado; está en el registro. Lo escrito hasta entonces se puede deshacer.")
}
