import Domain

/// Where people come from who are written down by ``ImportWriter``.
struct ImportSource {
    let workspace: WorkspaceID
    /// The file's name, or the CRM's.
    let name: String
    let options: ImportOptions
    let actor: String
    /// Whose word it is that a number is somebody's: see ``HandleEvidence``.
    let evidence: String
}

extension ImportSource {
    init(_ record: ImportRecord) {
        self.init(
            workspace: record.workspace, name: record.fileName, options: record.options, actor: record.actor,
            evidence: HandleEvidence.imported)
    }
}
