import Domain
import Foundation
import Logging
import Pipeline
import Store

/// One import from the command line: checked, told, written, by this program itself.
struct ImportRun: Sendable {
    private let store: Store
    private let workspace: WorkspaceID
    private let path: String
    private let size: Int
    private let terminal: Terminal
    private let worker: ImportWorker
    private let name = "command-\(UUID().uuidString)"

    init(store: Store, workspace: WorkspaceID, path: String, size: Int, media: String, terminal: Terminal) {
        self.store = store
        self.workspace = workspace
        self.path = path
        self.size = size
        self.terminal = terminal
        worker = ImportWorker(
            store: store, folder: ImportFolder(beside: MediaFolder(path: media)), name: name, logger: .silent)
    }

    static let question = LocalizedText(
        en: "Import this list? It can be undone for 30 days. [y/N]",
        es: "¿Importar esta lista? Se puede deshacer durante 30 días. [s/N]")

    static func actor(_ terminal: Terminal) -> String {
        terminal.environment["USER"].map { "\($0) (terminal)" } ?? "terminal"
    }

    private var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

    // MARK: Steps

    /// Checks the list and prints what it would do.
    /// - Returns: the import, which is written or given up next.
    func check(_ plan: ImportPlan, _ options: ImportOptions, fields: [ImportField]) async throws -> ImportID {
        try plan.check()
        try options.check(at: store.now())
        var options = options
        let words = try await store.importWords(in: workspace)
        options.newFields = try plan.newFields(beside: words.all, wanted: fields, language: words.language)
        let plan = try plan.json
        let id = try await store.makeImport(
            ImportDraft(
                fileName: fileName, size: size, sha256: "", plan: plan, options: options,
                actor: Self.actor(terminal)), in: workspace)
        try await store.checkImport(id, plan: plan, options: options, in: workspace, by: name)
        let record = try await work(id)
        guard let report = record.report, record.state == .checked else { throw PuenteError.importMovedOn }
        ImportSummary(report, terminal).say()
        return id
    }

    /// Nothing of it stays.
    func giveUp(_ id: ImportID) async throws {
        try await store.forgetImport(id, in: workspace)
    }

    func write(_ id: ImportID) async throws {
        do {
            try await store.confirmImport(id, in: workspace, by: Self.actor(terminal), worker: name)
        } catch {
            try await giveUp(id)
            throw error
        }
        ImportSummary.say(try await work(id), on: terminal)
    }

    /// Writes the rows that were not taken, as far as the import has come, when somebody asked for them.
    func writeRefused(_ id: ImportID, to file: RejectedRowsFile?) async throws {
        guard let file else { return }
        guard let record = try await store.importRecord(id, in: workspace) else { throw PuenteError.noImport }
        try await file.write(try RejectedRows(record, language: terminal.language, store: store))
        terminal.say(en: "Written: \(file.path)", es: "Escrito: \(file.path)")
    }

    // MARK: Working

    /// Works on the import until its state is done.
    private func work(_ id: ImportID) async throws -> ImportRecord {
        guard let claimed = try await store.claimImport(id, in: workspace, by: name) else {
            throw PuenteError.importMovedOn
        }
        let interruption = Interruption()
        defer { interruption.end() }
        let came = interruption.flag
        let (worker, path, terminal) = (worker, path, terminal)
        let line = ImportProgressLine(claimed.state)
        let work = Task {
            try await worker.work(claimed, at: path) { rows, pace in
                if terminal.isWatched { terminal.report(line.text(rows, pace)) }
            }
        }
        let watch = Task {
            while !came.hasCome, !Task.isCancelled { try await Task.sleep(for: .milliseconds(100)) }
            work.cancel()
        }
        let outcome = await work.result
        watch.cancel()
        terminal.report(.same(""))
        try outcome.get()
        guard let record = try await store.importRecord(id, in: workspace) else { throw PuenteError.noImport }
        if let failure = record.failure {
            if record.changeID == nil { try await giveUp(id) }
            throw CommandFailure(en: "\(fileName): \(failure.en)", es: "\(fileName): \(failure.es)")
        }
        guard record.state == claimed.state else { return record }
        return try await interrupted(record)
    }

    private func interrupted(_ record: ImportRecord) async throws -> ImportRecord {
        try await store.cancelImport(record.id, in: workspace)
        if record.changeID == nil { try await giveUp(record.id) }
        guard record.changeID != nil, let result = record.result, result.written > 0 else { throw Self.nothingWritten }
        let rows = Figures(terminal.language).number(result.written)
        throw CommandFailure(
            en: "Interrupted: \(rows) contacts were written. Put them back with: puente contacts undo \(record.id)",
            es: "Interrumpido: se escribieron \(rows) contactos. Deshágalo con: puente contacts undo \(record.id)")
    }

    private static let nothingWritten = CommandFailure(
        en: "Interrupted: nothing was written.", es: "Interrumpido: no se escribió nada.")
}
