package import Domain

/// What a person changes of one contact. Each is a change of its own that can be put back; what changed nothing leaves
/// none.
extension Store {
    /// - Throws: `notFound` for the contact or the label.
    @discardableResult
    package func addLabel(
        _ label: LabelID, to contact: ContactID, in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID? {
        let name = try await labelName(label, in: workspace)
        return try await journaled(.labelAdded(name), by: actor, in: workspace) { journal, now in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            try journal.addLabel(label, to: contact, by: actor, at: now)
        }.change
    }

    /// Puts the label of this name on a contact. It is made when there is none.
    package func addLabel(
        named name: String, color: LabelColor, to contact: ContactID, in workspace: WorkspaceID, by actor: String
    ) async throws {
        let name = try PeopleName.read(name, maxLength: LabelSummary.maxName)
        let id = ids.next(LabelRow.self)
        try await journaled(.labelAdded(name), by: actor, in: workspace) { journal, now in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            if let known = try journal.labelID(folded: PeopleName.folded(name)) {
                try journal.addLabel(known, to: contact, by: actor, at: now)
            } else {
                try journal.lock(contact)
                try journal.createLabel(id, name, color: color, at: now)
                try journal.addLabel(id, to: contact, by: actor, at: now)
            }
        }
    }

    @discardableResult
    package func removeLabel(
        _ label: LabelID, from contact: ContactID, in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID? {
        let name = try await labelName(label, in: workspace)
        return try await journaled(.labelRemoved(name), by: actor, in: workspace) { journal, _ in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            try journal.lock(contact)
            try journal.removeLabel(label, from: [contact])
        }.change
    }

    private func labelName(_ id: LabelID, in workspace: WorkspaceID) async throws -> String {
        guard let label = try await label(id, in: workspace) else { throw PuenteError.noLabel }
        return label.name
    }

    /// Notes what was written for a field; blank takes it away.
    /// - Throws: `notFound` for the contact or the field, also for one that was put away; `invalid` with the detail
    ///   `field_value`.
    @discardableResult
    package func setField(
        _ id: FieldID, of contact: ContactID, to written: String, habits: WritingHabits, in workspace: WorkspaceID,
        by actor: String
    ) async throws -> ChangeID? {
        guard let field = try await field(id, in: workspace), field.archivedAt == nil else {
            throw PuenteError.noField
        }
        return try await journaled(.fieldSet(field.title), by: actor, in: workspace) { journal, now in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            try journal.lock(contact)
            let value = try journal.connection.fieldValue(
                parsing: written, for: id, in: workspace, habits: habits)
            try journal.setField(id, of: contact, to: value, at: now)
        }.change
    }

    /// - Parameter reason: at most ``ContactState/maxReason`` characters.
    @discardableResult
    package func setState(
        _ state: ContactState, of contact: ContactID, reason: String, in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID? {
        let reason = try StateReason.read(reason)
        return try await journaled(.stateSet(state), by: actor, in: workspace) { journal, now in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            try journal.lock(contact)
            try journal.setState(state, of: contact, reason: reason, by: actor, at: now)
        }.change
    }

    @discardableResult
    package func clearState(
        _ state: ContactState, of contact: ContactID, in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID? {
        try await journaled(.stateCleared(state), by: actor, in: workspace) { journal, _ in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            try journal.lock(contact)
            try journal.clearState(state, of: contact)
        }.change
    }
}

/// Why somebody is in a state.
enum StateReason {
    /// - Throws: `invalid` with the detail `reason`.
    static func read(_ written: String) throws(PuenteError) -> String {
        let reason = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard reason.unicodeScalars.count <= ContactState.maxReason else {
            throw PuenteError(
                .invalid, detail: "reason", en: "A reason has at most 500 characters.",
                es: "Un motivo tiene 500 caracteres como máximo.")
        }
        return reason
    }
}

extension ContactState {
    /// What people call it, as the end of a sentence.
    package var name: LocalizedText {
        switch self {
        case .blocked: LocalizedText(en: "blocked", es: "bloqueado")
        case .complaint: LocalizedText(en: "complaint open", es: "reclamación abierta")
        case .doNotCall: LocalizedText(en: "do not call", es: "no llamar")
        }
    }
}

extension LocalizedText {
    static func labelAdded(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label “\(name)” added", es: "Etiqueta «\(name)» agregada")
    }

    static func labelRemoved(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label “\(name)” removed", es: "Etiqueta «\(name)» quitada")
    }

    static func fieldSet(_ field: LocalizedText) -> LocalizedText {
        LocalizedText(en: "“\(field.en)” changed", es: "«\(field.es)» modificado")
    }

    static func fieldCleared(_ field: LocalizedText) -> LocalizedText {
        LocalizedText(en: "“\(field.en)” cleared", es: "«\(field.es)» vaciado")
    }

    static func stateSet(_ state: ContactState) -> LocalizedText {
        LocalizedText(en: "Marked: \(state.name.en)", es: "Marcado: \(state.name.es)")
    }

    static func stateCleared(_ state: ContactState) -> LocalizedText {
        LocalizedText(en: "No longer marked: \(state.name.en)", es: "Ya no marcado: \(state.name.es)")
    }
}
