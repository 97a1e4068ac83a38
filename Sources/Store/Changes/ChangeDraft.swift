package import Domain

/// A change that is about to be made.
package struct ChangeDraft: Sendable {
    package enum Kind: String, SQLConvertible, CaseIterable, Sendable { case edit, `import`, merge, bulk }

    package let kind: Kind
    /// What people read in lists: "Import of clientes.xlsx".
    package let title: LocalizedText
    /// A person's name, or a key's or program's.
    package let actor: String
    package let undoableFor: Duration
    /// JSON of whoever makes it.
    package let detail: String

    package init(_ kind: Kind, title: LocalizedText, actor: String, detail: String = "{}") {
        self.kind = kind
        self.title = title
        self.actor = actor
        self.undoableFor = kind.undoableFor
        self.detail = detail
    }
}

extension ChangeDraft.Kind {
    /// Imports 30 days (R8), everything else 90 (R10).
    package var undoableFor: Duration {
        switch self {
        case .import: .days(30)
        case .edit, .merge, .bulk: .days(90)
        }
    }
}
