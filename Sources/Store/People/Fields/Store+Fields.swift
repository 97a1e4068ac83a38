package import Domain

extension Store {
    /// The fields of a workspace in the order in which they are shown.
    /// - Parameters:
    ///   - archived: also those that were put away, behind the others.
    ///   - counting: also of how many contacts each says something.
    package func fields(
        archived: Bool = false, counting: Bool = false, in workspace: WorkspaceID
    ) async throws -> [FieldSummary] {
        try await database.read(on: .console) { connection in
            try connection.fields(archived: archived, counting: counting, in: workspace)
        }
    }

    package func field(_ id: FieldID, in workspace: WorkspaceID) async throws -> FieldSummary? {
        try await database.read(on: .console) { try $0.field(id, counting: true, in: workspace) }
    }

    /// Puts the new field behind the others.
    /// - Throws: `conflict` with the detail `too_many_fields`.
    package func createField(
        _ draft: FieldDraft, in workspace: WorkspaceID, by actor: String
    ) async throws -> FieldID {
        let id = ids.next(FieldRow.self)
        let choices = try JSONText.encode(draft.choices)
        try await journaled(.fieldCreated(draft.name), by: actor, in: workspace) { journal, now in
            try journal.lockFields()
            let fields = try journal.connection.fields(archived: true, in: workspace)
            guard fields.count < FieldDraft.maxFields else { throw PuenteError.tooManyFields }
            try journal.insert(
                .field,
                [
                    "id": id, "key": draft.key(besides: fields.map(\.key)), "name": draft.name,
                    "kind": draft.kind, "choices": choices, "position": try journal.lastFieldPosition() + 1,
                    "created_at": now,
                ], of: nil)
        }
        return id
    }

    /// Gives a field another name and other choices; a choice that contacts have, or that a segment asks for, stays.
    /// - Parameter expected: what the field must say, one of these; nil: whatever it says.
    /// - Throws: `notFound`; `invalid` with the detail `choices` when such a one is missing; `changedMeanwhile`.
    package func changeField(
        _ id: FieldID, name: String, choices: [String], expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let name = try PeopleName.read(name, maxLength: 60)
        try await journaled(.fieldChanged(name), by: actor, in: workspace) { journal, _ in
            try journal.lockFields()
            let lock = journal.connection.dialect.forUpdate
            guard let field = try journal.connection.field(id, lock: lock, in: workspace) else {
                throw PuenteError.noField
            }
            try expected?.require(field.version)
            let draft = try FieldDraft(name: name, kind: field.kind, choices: choices)
            for choice in field.choices where !draft.choices.contains(choice) {
                guard try !journal.connection.isUsed(choice, of: id, in: workspace) else {
                    throw PuenteError.choiceStays(choice)
                }
            }
            try journal.update(
                .field, key: ["id": id], set: ["name": name, "choices": try JSONText.encode(draft.choices)], of: nil)
        }
    }

    /// Puts a field away, or brings it back. Its values are kept.
    package func setArchived(
        _ isArchived: Bool, field id: FieldID, in workspace: WorkspaceID, by actor: String
    ) async throws {
        guard let field = try await field(id, in: workspace) else { throw PuenteError.noField }
        guard isArchived != (field.archivedAt != nil) else { return }
        let title: LocalizedText = isArchived ? .fieldArchived(field.name) : .fieldRestored(field.name)
        try await journaled(title, by: actor, in: workspace) { journal, now in
            try journal.update(
                .field, key: ["id": id], set: ["archived_at": isArchived ? now : Timestamp?.none], of: nil)
        }
    }

    package enum FieldMove: String, CaseIterable, Sendable { case up, down }

    /// Changes places with the next field above or below; nothing happens at the ends.
    package func moveField(
        _ id: FieldID, _ move: FieldMove, in workspace: WorkspaceID, by actor: String
    ) async throws {
        guard let field = try await field(id, in: workspace) else { throw PuenteError.noField }
        try await journaled(.fieldMoved(field.name), by: actor, in: workspace) { journal, _ in
            try journal.lockFields()
            var order = try journal.connection.fields(in: workspace).map(\.id)
            guard let index = order.firstIndex(of: id) else { return }
            let other = move == .up ? index - 1 : index + 1
            guard order.indices.contains(other) else { return }
            order.swapAt(index, other)
            for (position, field) in order.enumerated() {
                try journal.update(.field, key: ["id": field], set: ["position": position + 1], of: nil)
            }
        }
    }
}

extension SQLConnection {
    func fields(
        archived: Bool = false, counting: Bool = false, in workspace: WorkspaceID
    ) throws -> [FieldSummary] {
        try rows(
            """
            SELECT \(FieldSummary.columns)\(counting ? ", " + FieldSummary.counted : "") FROM field f
            WHERE f.workspace_id = :workspace_id \(archived ? "" : "AND f.archived_at IS NULL")
            ORDER BY CASE WHEN f.archived_at IS NULL THEN 0 ELSE 1 END, f.position, f.id
            """, ["workspace_id": workspace]
        ).map(FieldSummary.init)
    }

    /// - Parameter lock: of the dialect: until the transaction ends the field stays as it is.
    func field(
        _ id: FieldID, counting: Bool = false, lock: String = "", in workspace: WorkspaceID
    ) throws -> FieldSummary? {
        try row(
            """
            SELECT \(FieldSummary.columns)\(counting ? ", " + FieldSummary.counted : "") FROM field f
            WHERE f.workspace_id = :workspace_id AND f.id = :id \(lock)
            """, ["workspace_id": workspace, "id": id]
        ).map(FieldSummary.init)
    }
}

extension FieldDraft {
    /// `fecha`, and where that is taken `fecha_2`.
    fileprivate func key(besides taken: [String]) -> String {
        let taken = Set(taken)
        guard taken.contains(key) else { return key }
        var number = 2
        while taken.contains("\(key)_\(number)") { number += 1 }
        return "\(key)_\(number)"
    }
}

extension LocalizedText {
    fileprivate static func fieldCreated(_ name: String) -> LocalizedText {
        LocalizedText(en: "Field “\(name)” made", es: "Campo «\(name)» creado")
    }

    fileprivate static func fieldChanged(_ name: String) -> LocalizedText {
        LocalizedText(en: "Field “\(name)” changed", es: "Campo «\(name)» modificado")
    }

    fileprivate static func fieldArchived(_ name: String) -> LocalizedText {
        LocalizedText(en: "Field “\(name)” put away", es: "Campo «\(name)» archivado")
    }

    fileprivate static func fieldRestored(_ name: String) -> LocalizedText {
        LocalizedText(en: "Field “\(name)” brought back", es: "Campo «\(name)» recuperado")
    }

    fileprivate static func fieldMoved(_ name: String) -> LocalizedText {
        LocalizedText(en: "Field “\(name)” moved", es: "Campo «\(name)» cambiado de lugar")
    }
}

extension PuenteError {
    package static let noField = PuenteError(
        .notFound, detail: "no_field", en: "There is no such field.", es: "No existe ese campo.")
    static let tooManyFields = PuenteError(
        .conflict, detail: "too_many_fields", en: "There are 100 fields already, with those that were put away.",
        es: "Ya hay 100 campos, incluidos los archivados.")

    fileprivate static func choiceStays(_ choice: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "choices",
            en:
                "“\(choice)” stays: contacts have it, or a segment or label rule asks for it. Rename it, or take it off them first.",
            es:
                "«\(choice)» se queda: la tiene algún contacto, o la usa algún segmento o regla de etiqueta. Renómbrela o quítela antes."
        )
    }
}
