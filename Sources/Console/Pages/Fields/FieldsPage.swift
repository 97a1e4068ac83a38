package import Domain

/// What a company wants to know of its customers.
package struct FieldsPage: Page {
    package static let template = "fields/page"

    package enum Command: String, CaseIterable, Sendable { case created, changed, moved, archived, restored, renamed }

    /// A form as it was sent, and what is wrong with it.
    package struct Draft: Sendable {
        /// Nil: of a new field.
        package var id: FieldID?
        package var name: String
        package var kind: FieldKind
        /// A line each.
        package var choices: String
        package var error: LocalizedText?
        /// Of the field as the form showed it; nil: as it is now.
        package var version: String?
        /// Somebody changed the field meanwhile: what it says now is shown, with who did.
        package var isClash = false
        package var author: StandingNow.Author?
        /// A choice that was to be renamed: the mistake is of that form.
        package var renaming: (from: String, to: String)?

        package init(
            id: FieldID? = nil, name: String = "", kind: FieldKind = .text, choices: String = "",
            error: LocalizedText? = nil
        ) {
            self.id = id
            self.name = name
            self.kind = kind
            self.choices = choices
            self.error = error
        }
    }

    package struct Item: Sendable {
        package let id: String
        package let key: String
        package let name: String
        package let kind: String
        package let icon: String
        package let count: String
        package let isFirst: Bool
        package let isLast: Bool
        package let isChoice: Bool
        package let choices: [Option]
        /// What stands in the form.
        package let draftName: String
        package let draftChoices: String
        package let version: String
        package let error: String?
        /// What stands in the form that renames a choice.
        package let renamedTo: String
        package let renamingError: String?
        package let now: StandingNow?
        package let isOpen: Bool
    }

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    package let items: [Item]
    package let archived: [Item]
    package let hasArchived: Bool
    package let isEmpty: Bool
    package let kinds: [Option]
    package let newName: String
    package let newChoices: String
    package let newError: String?
    package let notice: UndoableNotice?

    package init(
        _ fields: [FieldFacts], draft: Draft = Draft(), notice: UndoableNotice? = nil, in context: PageContext
    ) {
        let active = fields.filter { !$0.isArchived }
        self.title = context.words("people.fields.title")
        self.tabs = ContactsTabs(.fields, in: context)
        self.items = active.enumerated().map { index, field in
            Self.item(field, draft, isFirst: index == 0, isLast: index == active.count - 1, in: context)
        }
        self.archived = fields.filter(\.isArchived).map {
            Self.item($0, draft, isFirst: true, isLast: true, in: context)
        }
        self.hasArchived = active.count < fields.count
        self.isEmpty = fields.isEmpty
        let new = draft.id == nil ? draft : Draft()
        self.kinds = FieldKind.allCases.map { kind in
            Option(
                value: kind.rawValue, label: context.words("people.fields.kind.\(kind)"), isChosen: kind == new.kind)
        }
        self.newName = new.name
        self.newChoices = new.choices
        self.newError = new.error?[context.language]
        self.notice = notice
    }

    private static func item(
        _ field: FieldFacts, _ draft: Draft, isFirst: Bool, isLast: Bool, in context: PageContext
    ) -> Item {
        let own = draft.id == field.id ? draft : nil
        let contacts = field.contacts ?? CountFacts(0)
        let error = own?.error?[context.language]
        let renaming = own?.renaming
        return Item(
            id: field.id.description, key: field.key, name: field.name,
            kind: context.words("people.fields.kind.\(field.kind)"), icon: field.kind.icon,
            count: context.words(
                "people.fields.contacts.\(contacts.value == 1 ? "one" : "other")",
                ["count": contacts.text(in: context)]),
            isFirst: isFirst, isLast: isLast, isChoice: field.kind == .choice,
            choices: field.choices.map { Option(value: $0, label: $0, isChosen: $0 == renaming?.from) },
            draftName: own?.name ?? field.name,
            draftChoices: own?.choices ?? field.choices.joined(separator: "\n"),
            version: own?.version ?? field.version, error: renaming == nil ? error : nil,
            renamedTo: renaming?.to ?? "", renamingError: renaming == nil ? nil : error,
            now: own?.isClash == true ? .field(field, by: own?.author, in: context) : nil,
            isOpen: own?.error != nil)
    }

    /// After a command.
    package static func outcome(
        of command: Command, undo: ChangeID? = nil, in context: PageContext
    ) -> UndoableNotice {
        UndoableNotice(context.words("people.fields.done.\(command.rawValue)"), undo: undo)
    }
}

extension FieldKind {
    /// Of the sprite.
    var icon: String {
        switch self {
        case .text: "text-cursor-input"
        case .number: "hash"
        case .date: "calendar-days"
        case .choice: "list-checks"
        case .yesNo: "toggle-left"
        }
    }
}
