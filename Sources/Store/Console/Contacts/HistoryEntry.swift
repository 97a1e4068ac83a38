package import Domain

/// One row of what people changed about a contact.
package struct HistoryEntry: Sendable {
    package let change: ChangeSummary
    /// Of the row in its change: together they name it.
    package let position: Int
    /// Whose history shows it; nil for what concerns nobody alone.
    package let contact: ContactID?
    /// What it says, in the order in which people read it; empty for what only the system needs.
    package let facts: [HistoryFact]
    /// The row can be put back by itself, whatever became of its change.
    package let canBePutBack: Bool
    /// What became of it when its change was undone; nil while it was not.
    package let outcome: Outcome?

    package enum Outcome: String, SQLConvertible, Sendable { case restored, kept }
}

/// What a row of a change means.
package enum HistoryFact: Equatable, Sendable {
    package enum Column: String, CaseIterable, Sendable { case name, language, note }
    package enum HandleStep: String, Sendable { case added, ended, valid, removed, moved, tried, marked }

    case made
    case gone
    case merged
    /// What it said was of somebody who was erased, and is gone.
    case erased
    /// Of the contact itself; an empty text is none.
    case column(Column, before: String, after: String)
    /// - Parameter kind: `phone`, `email`, `bsuid`, …
    case handle(kind: String, address: String, HandleStep)
    /// - Parameter name: nil when the label is gone.
    case label(name: String?, isAdded: Bool)
    case state(String, isSet: Bool)
    /// A field of the company's own, with its values as they are kept.
    case field(key: String?, name: String?, kind: FieldKind?, before: String?, after: String?)
    /// The standing of a purpose: `granted`, `withdrawn`, nil for none.
    case consent(purpose: String, before: String?, after: String?)
    /// An entry of the ledger.
    case consentEntry(purpose: String, change: String)
    /// Something else that belongs to the contact: the table's name.
    case other(String)
}
