package import Domain

/// An import as pages and programs show it.
package struct ImportRecord: Sendable {
    package let id: ImportID
    package let workspace: WorkspaceID
    package let state: ImportState
    /// As the person's machine called it.
    package let fileName: String
    package let size: Int
    /// Its name in the imports folder.
    package let sha256: String
    /// Whether the file is still there.
    package let isFileKept: Bool
    /// JSON: how the file is read and what its columns mean. The store does not look into it.
    package let plan: String
    package let options: ImportOptions
    package let actor: String
    package let rowsRead: Int
    /// Of the last row that was written.
    package let position: Int
    /// How much of this state's work is done, 0 to 1.
    package let share: Double
    /// Rows a second; 0 while nobody can tell.
    package let rate: Double
    /// Until this state's work is done; nil while nobody can tell.
    package let left: Duration?
    package let phaseAt: Timestamp
    /// Nil in lists.
    package let report: ImportReport?
    package let result: ImportResult?
    package let failure: LocalizedText?
    package let changeID: ChangeID?
    /// What it wrote, and whether that was put back.
    package var change: ChangeSummary?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let endedAt: Timestamp?

    /// The command line reads the file where it lies; nobody else can.
    package var isReadInPlace: Bool { sha256.isEmpty }

    /// What a list is called that somebody pasted: it has no name of its own.
    package static let pastedName = LocalizedText(en: "Pasted list", es: "Lista pegada")

    /// The file's name; of a pasted list in every language, whoever pasted it.
    package var title: LocalizedText {
        let pasted = Self.pastedName
        return [pasted.en, pasted.es].contains(fileName) ? pasted : .same(fileName)
    }

    /// Whether all that it wrote can be put back now.
    package func isUndoable(at now: Timestamp) -> Bool {
        state.isOver && (change?.isUndoable(at: now) ?? false)
    }
}

/// An import that is about to be.
package struct ImportDraft: Sendable {
    package var fileName: String
    package var size: Int
    /// Of the file in the imports folder; empty when it is read where it lies, in one go.
    package var sha256: String
    package var plan: String
    package var options: ImportOptions
    package var actor: String

    package init(
        fileName: String, size: Int, sha256: String, plan: String, options: ImportOptions = ImportOptions(),
        actor: String
    ) {
        self.fileName = fileName
        self.size = size
        self.sha256 = sha256
        self.plan = plan
        self.options = options
        self.actor = actor
    }
}

extension ImportRecord {
    /// - Parameter report: lists do without it: it is long.
    static func columns(withReport: Bool) -> String {
        """
        id, workspace_id, state, file_name, size, sha256, is_file_kept, plan, options, actor, rows_read, position, share,
            rate, left_ms, phase_at, \(withReport ? "report" : "NULL AS report"), result, failure, change_id, created_at,
            updated_at, ended_at
        """
    }

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        state = try row.get("state")
        fileName = try row.get("file_name")
        size = try row.get("size")
        sha256 = try row.get("sha256")
        isFileKept = try row.get("is_file_kept")
        plan = try row.get("plan")
        options = try row.json("options")
        actor = try row.get("actor")
        rowsRead = try row.get("rows_read")
        position = try row.get("position")
        share = try row.get("share")
        rate = try row.get("rate")
        left = try row.get("left_ms", as: Int64?.self).map(Duration.milliseconds)
        phaseAt = try row.get("phase_at")
        report = try row.jsonIfPresent("report")
        result = try row.jsonIfPresent("result")
        failure = try row.jsonIfPresent("failure")
        changeID = try row.get("change_id")
        createdAt = try row.get("created_at")
        updatedAt = try row.get("updated_at")
        endedAt = try row.get("ended_at")
    }
}
