package import Domain

/// Puts one row of a change back by a new edit, whatever was done since: somebody looks at what it said and wants it
/// again.
struct SingleRowUndo {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let actor: String
    let now: Timestamp

    func putBack(_ position: Int, of change: ChangeID, for contact: ContactID) throws -> ContactEditOutcome {
        let living = try connection.holdLiving(contact, in: workspace)
        let step = try step(position, of: change)
        guard let owner = step.contact, try connection.living(owner, in: workspace) == living else {
            throw PuenteError.noChange
        }
        // What was merged away has nothing of its own any more.
        guard step.canBePutBack, owner == living else { throw PuenteError.rowNotUndoable }
        guard let person = try connection.person(living, in: workspace) else { throw PuenteError.noContact }
        if let outcome = try holder(of: step, contact: living) { return outcome }
        var journal = try ChangeJournal.begin(
            ChangeDraft(.edit, title: .putBack(person.shownName), actor: actor), on: connection,
            id: store.ids.next(), in: workspace, at: now)
        try write(step, of: living, &journal)
        guard !journal.isEmpty else {
            try journal.discard()
            return .unchanged(contact: living)
        }
        try journal.update(.contact, key: ["id": living], set: ["updated_at": now], of: nil)
        try journal.save()
        try connection.writeSearchText(of: living, in: workspace)
        let lanes = try connection.tellCRMs(of: living, in: workspace, store: store, at: now)
        return .saved(journal.change, contact: living, lanes: lanes)
    }

    private func step(_ position: Int, of change: ChangeID) throws -> ChangeUndo.Step {
        let row = try connection.row(
            """
            SELECT position, contact_id, relation, key, before, after FROM change_row
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND position = :position
            """, ["workspace_id": workspace, "change_id": change, "position": position])
        guard let row else { throw PuenteError.noChange }
        return try ChangeUndo.Step(row)
    }

    private func write(_ step: ChangeUndo.Step, of contact: ContactID, _ journal: inout ChangeJournal) throws {
        switch (step.before, step.after) {
        case (nil, .some) where step.relation == .handle:
            // It held until now, and stays in the history.
            try journal.update(.handle, key: step.key.arguments, set: ["valid_to": now], of: contact)
        case (nil, .some):
            try journal.delete(step.relation, key: step.key.arguments, of: contact)
            // By hand: its rules leave it off.
            if step.relation == .contactLabel, let label = step.value("label_id").flatMap(LabelID.from) {
                try journal.exempt([contact], fromRulesOf: label)
            }
        case (let before?, .some):
            try journal.update(step.relation, key: step.key.arguments, set: before.essential.arguments, of: contact)
        case (let before?, nil):
            // What a rule put on and is put back is of whoever does it.
            let isOfRule = before.columns["rule_id"].map { $0 != .null } ?? false
            try insert(isOfRule ? before.byHand(of: actor) : before, step, of: contact, &journal)
        case (nil, nil): break
        }
    }

    private func insert(
        _ row: RowImage, _ step: ChangeUndo.Step, of contact: ContactID, _ journal: inout ChangeJournal
    ) throws {
        guard try isOffered(step) else { throw PuenteError.rowNotUndoable }
        if try connection.row(
            "SELECT 1 AS one FROM \(step.relation.rawValue) WHERE \(step.relation.condition)", scoped(step.key)) == nil
        {
            return try journal.insert(step.relation, row.arguments, of: contact)
        }
        // There is another value by now.
        let columns = row.without(step.relation.key)
        try journal.update(step.relation, key: step.key.arguments, set: columns.arguments, of: contact)
    }

    /// Whether the label or the field is still there.
    private func isOffered(_ step: ChangeUndo.Step) throws -> Bool {
        let (table, column) =
            switch step.relation {
            case .contactLabel: ("label", "label_id")
            case .contactField: ("field", "field_id")
            default: ("", "")
            }
        guard !table.isEmpty, let id = step.value(column) else { return true }
        return try connection.row(
            "SELECT id FROM \(table) WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id]) != nil
    }

    /// An address that shall hold again may be somebody else's by now.
    private func holder(of step: ChangeUndo.Step, contact: ContactID) throws -> ContactEditOutcome? {
        guard step.relation == .handle, step.before?.columns["valid_to"] == .null else { return nil }
        let handle = try connection.row(
            """
            SELECT h.kind, h.address, o.contact_id, o.id FROM handle h
            JOIN handle o ON o.workspace_id = h.workspace_id AND o.kind = h.kind AND o.scope = h.scope
                AND o.value = h.value AND o.valid_to IS NULL
            WHERE h.workspace_id = :workspace_id AND h.id = :id
            """, scoped(step.key))
        guard let handle, let owner = try connection.person(try handle.get("contact_id"), in: workspace) else {
            return nil
        }
        // The contact has it again already.
        if owner.id == contact { return .unchanged(contact: contact) }
        let kind = ContactEdit.Address.Kind(rawValue: try handle.get("kind")) ?? .phone
        return .taken(ContactEdit.Address(kind, try handle.get("address")), by: owner)
    }

    private func scoped(_ key: RowImage) -> SQLArguments {
        key.arguments.adding("workspace_id", workspace)
    }
}

extension Store {
    /// Puts one row of a contact's history back, by an edit of its own that can be put back in turn.
    /// - Throws: ``PuenteError``: `notFound`; `conflict` with the detail `row_not_undoable` for what goes back only
    ///   together with its change.
    package func putBack(
        _ position: Int, of change: ChangeID, for contact: ContactID, by actor: String, in workspace: WorkspaceID
    ) async throws -> ContactEditOutcome {
        let now = now()
        return try await database.write(on: .work) { connection in
            try SingleRowUndo(store: self, connection: connection, workspace: workspace, actor: actor, now: now)
                .putBack(position, of: change, for: contact)
        }
    }
}

extension LocalizedText {
    fileprivate static func putBack(_ name: String) -> LocalizedText {
        LocalizedText(en: "Put something back for \(name)", es: "Se restauró un dato de \(name)")
    }
}

extension PuenteError {
    static let rowNotUndoable = PuenteError(
        .conflict, detail: "row_not_undoable",
        en: "This goes back only together with its whole change, or what it belongs to is gone.",
        es: "Esto solo se deshace junto con todo su cambio, o aquello a lo que pertenece ya no existe.")
}
