package import Domain

extension Store {
    /// Every label of a workspace, by name.
    /// - Parameter counting: also how many contacts have each.
    package func labels(counting: Bool = false, in workspace: WorkspaceID) async throws -> [LabelSummary] {
        try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(LabelSummary.columns)\(counting ? ", " + LabelSummary.counted : "") FROM label l
                WHERE l.workspace_id = :workspace_id
                ORDER BY l.folded, l.id
                """, ["workspace_id": workspace]
            ).map(LabelSummary.init)
        }
    }

    package func label(_ id: LabelID, in workspace: WorkspaceID) async throws -> LabelSummary? {
        try await database.read(on: .console) { connection in
            try connection.row(
                """
                SELECT \(LabelSummary.columns), \(LabelSummary.counted) FROM label l
                WHERE l.workspace_id = :workspace_id AND l.id = :id
                """, ["workspace_id": workspace, "id": id]
            ).map(LabelSummary.init)
        }
    }

    /// - Throws: `conflict` with the detail `label_taken` when another has the name, whatever its capitals and accents;
    ///   `invalid` for what is no name.
    package func createLabel(
        _ name: String, color: LabelColor, in workspace: WorkspaceID, by actor: String
    ) async throws -> LabelID {
        let name = try PeopleName.read(name, maxLength: LabelSummary.maxName)
        let id = ids.next(LabelRow.self)
        try await journaled(.labelCreated(name), by: actor, in: workspace) { journal, now in
            try journal.createLabel(id, name, color: color, at: now)
        }
        return id
    }

    /// - Parameter expected: what the label must say, one of these; nil: whatever it says.
    /// - Throws: as ``createLabel(_:color:in:by:)``, `notFound`, and `changedMeanwhile`.
    package func changeLabel(
        _ id: LabelID, name: String, color: LabelColor, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let name = try PeopleName.read(name, maxLength: LabelSummary.maxName)
        try await journaled(.labelChanged(name), by: actor, in: workspace) { journal, _ in
            try journal.lockLabels()
            guard let label = try journal.connection.label(id, in: workspace) else { throw PuenteError.noLabel }
            try expected?.require(label.version)
            let folded = PeopleName.folded(name)
            guard try journal.labelID(folded: folded).map({ $0 == id }) ?? true else { throw PuenteError.labelTaken }
            try journal.update(
                .label, key: ["id": id], set: ["name": name, "folded": folded, "color": color.rawValue], of: nil)
        }
    }
}

extension SQLConnection {
    func label(_ id: LabelID, in workspace: WorkspaceID) throws -> LabelSummary? {
        try row(
            "SELECT \(LabelSummary.columns) FROM label l WHERE l.workspace_id = :workspace_id AND l.id = :id",
            ["workspace_id": workspace, "id": id]
        ).map(LabelSummary.init)
    }
}

extension LocalizedText {
    fileprivate static func labelCreated(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label “\(name)” made", es: "Etiqueta «\(name)» creada")
    }

    fileprivate static func labelChanged(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label “\(name)” changed", es: "Etiqueta «\(name)» modificada")
    }
}

extension PuenteError {
    package static let noLabel = PuenteError(
        .notFound, detail: "no_label", en: "There is no such label. It may have been deleted.",
        es: "No existe esa etiqueta. Puede que se haya eliminado.")
    package static let labelTaken = PuenteError(
        .conflict, detail: "label_taken", en: "There is a label with this name already.",
        es: "Ya existe una etiqueta con este nombre.")
    static let tooManyLabels = PuenteError(
        .conflict, detail: "too_many_labels", en: "There are 500 labels already. Delete some that nobody uses.",
        es: "Ya hay 500 etiquetas. Elimine algunas que nadie use.")
}
