package import Domain

/// A field as pages get it.
package struct FieldFacts: Hashable, Sendable {
    package var id: FieldID
    package var key: String
    package var name: String
    package var kind: FieldKind
    package var choices: [String]
    package var isArchived: Bool
    /// Of whom it says something, as far as they were counted.
    package var contacts: CountFacts?
    /// What a save is held against.
    package var version: String

    package init(
        id: FieldID, key: String, name: String, kind: FieldKind, choices: [String] = [], isArchived: Bool = false,
        contacts: CountFacts? = nil, version: String = ""
    ) {
        self.id = id
        self.key = key
        self.name = name
        self.kind = kind
        self.choices = choices
        self.isArchived = isArchived
        self.contacts = contacts
        self.version = version
    }
}
