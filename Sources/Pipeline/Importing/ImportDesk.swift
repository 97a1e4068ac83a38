package import ContactFiles
package import Domain
package import Store

/// What pages and programs do with imports. The work itself is ``ImportService``'s.
package struct ImportDesk: Sendable {
    package let store: Store
    package let folder: ImportFolder
    private let wakeBoard: WakeBoard
    private let thread = WorkThread("puente.import-desk")

    package init(store: Store, folder: ImportFolder, wakeBoard: WakeBoard) {
        self.store = store
        self.folder = folder
        self.wakeBoard = wakeBoard
    }

    /// An uploaded file becomes an import, with what was recognised of it.
    /// - Parameter region: as somebody wrote it; blank: none.
    /// - Throws: one sentence when it is no list of contacts; the file is gone then.
    package func begin(
        _ sha256: String, named name: String, size: Int, region: String?, in workspace: WorkspaceID, by actor: String
    ) async throws -> ImportRecord {
        do {
            let code = try region.flatMap { $0.isBlankText ? nil : $0 }.map(ImportRegion.code)
            let inspection = try await inspect(folder.file(sha256, in: workspace), ReadingChoices())
            let draft = ImportDraft(
                fileName: name, size: size, sha256: sha256,
                plan: try ImportPlan(
                    inspection, region: code, fields: try await store.importWords(in: workspace).fields
                ).json, actor: actor)
            return try await found(try await store.makeImport(draft, in: workspace), in: workspace)
        } catch let error as PuenteError {
            try await discard(sha256, in: workspace)
            throw error
        }
    }

    /// Removes a file that became no import, unless another one of the same content did.
    private func discard(_ sha256: String, in workspace: WorkspaceID) async throws {
        guard try await store.importFilesWithoutRow([sha256], in: workspace).contains(sha256) else { return }
        await thread.run { [folder] in folder.remove(sha256, in: workspace) }
    }

    /// What the file is, read as somebody chose.
    package func inspect(_ record: ImportRecord, _ choices: ReadingChoices) async throws -> FileInspection {
        guard record.isFileKept else { throw PuenteError.importFileGone }
        return try await inspect(folder.file(record.sha256, in: record.workspace), choices)
    }

    package func inspect(_ file: ImportFile, _ choices: ReadingChoices) async throws -> FileInspection {
        let result: Result<FileInspection, PuenteError> = await thread.run {
            Result { () throws(PuenteError) in try file.open().inspect(choices) }
        }
        return try result.get()
    }

    /// Has the list checked as a person confirmed it.
    /// - Parameter fields: new ones that columns are to become.
    /// - Throws: one sentence when plan or options cannot be followed.
    package func check(
        _ record: ImportRecord, _ plan: ImportPlan, _ options: ImportOptions, fields: [ImportField] = []
    ) async throws {
        try plan.check()
        try options.check(at: store.now())
        var options = options
        let words = try await store.importWords(in: record.workspace)
        options.newFields = try plan.newFields(beside: words.all, wanted: fields, language: words.language)
        try await store.checkImport(record.id, plan: try plan.json, options: options, in: record.workspace)
        wakeBoard.ring(.imports)
    }

    package func reopen(_ id: ImportID, in workspace: WorkspaceID) async throws {
        try await store.reopenImport(id, in: workspace)
    }

    package func confirm(_ id: ImportID, in workspace: WorkspaceID, by actor: String) async throws {
        try await store.confirmImport(id, in: workspace, by: actor)
        wakeBoard.ring(.imports)
    }

    package func cancel(_ id: ImportID, in workspace: WorkspaceID) async throws {
        try await store.cancelImport(id, in: workspace)
    }

    /// Puts back all that an import wrote: a short one at once, a long one in the background.
    package func undo(_ id: ImportID, in workspace: WorkspaceID, by actor: String) async throws {
        guard let change = try await found(id, in: workspace).changeID else { throw PuenteError.notUndoable }
        try await store.startUndo(change, in: workspace, by: actor)
    }

    package func found(_ id: ImportID, in workspace: WorkspaceID) async throws -> ImportRecord {
        guard let record = try await store.importRecord(id, in: workspace) else { throw PuenteError.noImport }
        return record
    }
}

extension ImportOptions {
    private static let maxLabels = 20
    private static let maxLabel = 60
    private static let maxWords = 2000
    /// Where the day begins first it is not yet that day in UTC.
    private static let earliestZone: Duration = .hours(14)

    /// - Throws: one sentence when they cannot be followed.
    package func check(at now: Timestamp) throws(PuenteError) {
        guard labels.count <= Self.maxLabels,
            labels.allSatisfy({ (1...Self.maxLabel).contains($0.count) && !$0.isBlankText })
        else { throw .wrongLabels(Self.maxLabels, Self.maxLabel) }
        guard let consent else { return }
        guard !consent.words.isBlankText, !consent.source.isBlankText else { throw .consentWithoutWords }
        guard consent.words.count <= Self.maxWords, consent.source.count <= Self.maxWords else {
            throw .consentTooLong(Self.maxWords)
        }
        if let day = consent.at, day > now + Self.earliestZone { throw .consentInFuture }
    }
}

extension PuenteError {
    static let consentWithoutWords = PuenteError(
        .invalid, detail: "consent_words",
        en: "Consent needs its proof: write the words that people agreed to, and where and how they did.",
        es: "El consentimiento necesita su prueba: escriba las palabras que aceptaron, y dónde y cómo lo hicieron.")

    static let consentInFuture = PuenteError(
        .invalid, detail: "consent_date",
        en: "The day on which people agreed has not come yet. Correct it, or leave it out.",
        es: "El día en que aceptaron aún no ha llegado. Corríjalo o déjelo fuera.")

    static func consentTooLong(_ max: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "consent_words", en: "Words and source of consent have at most \(max) characters each.",
            es: "Las palabras y el origen del consentimiento tienen como máximo \(max) caracteres cada uno.")
    }

    static func wrongLabels(_ count: Int, _ length: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "labels",
            en: "At most \(count) labels for the whole list, each of 1 to \(length) characters.",
            es:
                "Como máximo \(count) etiquetas para toda la lista, cada una de 1 a \(length) caracteres."
        )
    }
}
