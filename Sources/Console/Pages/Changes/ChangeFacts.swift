package import Domain

/// A change as people see it.
package struct ChangeFacts: Sendable {
    package enum Kind: String, CaseIterable, Sendable { case edit, `import`, merge, bulk }
    package enum State: String, Sendable { case open, done, undoing, undone }

    package var id: ChangeID
    package var kind: Kind
    package var state: State
    package var title: LocalizedText
    package var actor: String
    package var at: Timestamp
    package var rows: Int
    package var undoUntil: Timestamp
    package var isUndoable: Bool
    package var undoneAt: Timestamp?
    package var undoneBy: String?
    package var undoneRows: Int
    package var keptRows: Int

    package init(
        id: ChangeID, kind: Kind, state: State, title: LocalizedText, actor: String, at: Timestamp, rows: Int,
        undoUntil: Timestamp, isUndoable: Bool, undoneAt: Timestamp? = nil, undoneBy: String? = nil,
        undoneRows: Int = 0, keptRows: Int = 0
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.title = title
        self.actor = actor
        self.at = at
        self.rows = rows
        self.undoUntil = undoUntil
        self.isUndoable = isUndoable
        self.undoneAt = undoneAt
        self.undoneBy = undoneBy
        self.undoneRows = undoneRows
        self.keptRows = keptRows
    }
}

/// One row of a change, in words.
package struct ChangeRowFacts: Sendable {
    package enum Fact: Sendable {
        package enum HandleStep: String, Sendable { case added, ended, valid, removed, moved, tried, marked }

        case made, gone, merged, erased
        /// - Parameter column: `name`, `language`, `note`.
        case column(String, before: String, after: String)
        case handle(kind: ContactPageFacts.HandleKind, text: String, HandleStep)
        case label(name: String?, isAdded: Bool)
        case state(String, isSet: Bool)
        case field(name: String?, kind: FieldKind?, before: String?, after: String?)
        case consent(purpose: String, before: String?, after: String?)
        case consentEntry(purpose: String, change: String)
        /// What belongs to the contact beside: the table's name.
        case other(String)
    }

    package var change: ChangeFacts
    package var position: Int
    package var contact: ContactID?
    package var facts: [Fact]
    package var canBePutBack: Bool
    /// What became of the row when its change was undone.
    package var wasKept: Bool?

    package init(
        change: ChangeFacts, position: Int, contact: ContactID? = nil, facts: [Fact], canBePutBack: Bool,
        wasKept: Bool? = nil
    ) {
        self.change = change
        self.position = position
        self.contact = contact
        self.facts = facts
        self.canBePutBack = canBePutBack
        self.wasKept = wasKept
    }
}
