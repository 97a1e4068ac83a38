package import Domain

/// The words that a company puts on contacts.
package struct LabelsPage: Page {
    package static let template = "labels/page"

    package enum Command: String, CaseIterable, Sendable { case created, changed, deleted, restored }

    /// A form as it was sent, and what is wrong with it.
    package struct Draft: Sendable {
        /// Nil: of a new label.
        package var id: LabelID?
        package var name: String
        package var color: LabelColor
        package var error: LocalizedText?
        /// Of the label as the form showed it; nil: as it is now.
        package var version: String?
        /// Somebody changed the label meanwhile: what it says now is shown, with who did.
        package var isClash = false
        package var author: StandingNow.Author?

        package init(id: LabelID? = nil, name: String = "", color: LabelColor = .teal, error: LocalizedText? = nil) {
            self.id = id
            self.name = name
            self.color = color
            self.error = error
        }
    }

    package struct Item: Sendable {
        package let chip: LabelChip
        package let id: String
        package let count: String
        package let contactsURL: String
        package let bulkURL: String?
        package let deleteAsk: String
        /// What asks for it; empty: it may go.
        package let askers: [LabelFacts.Use.Asker]
        package let isAskedFor: Bool
        /// "The label rule “Wrote lately” goes with it."
        package let rulesGo: String?
        package let form: Form
    }

    package struct Form: Sendable {
        /// Of the elements: `new` or the label's id.
        package let key: String
        package let action: String
        package let name: String
        package let version: String
        package let swatches: [LabelSwatch]
        /// What its button says.
        package let submit: String
        package let error: String?
        package let now: StandingNow?
        package let isOpen: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    package let items: [Item]
    package let isEmpty: Bool
    package let new: Form
    package let notice: UndoableNotice?

    package init(
        _ labels: [LabelFacts], draft: Draft = Draft(), notice: UndoableNotice? = nil, in context: PageContext
    ) {
        self.title = context.words("people.labels.title")
        self.tabs = ContactsTabs(.labels, in: context)
        self.items = labels.map { Self.item($0, draft: draft.id == $0.id ? draft : nil, in: context) }
        self.isEmpty = labels.isEmpty
        self.new = Self.form("new", "/labels", version: "", draft.id == nil ? draft : Draft(), in: context)
        self.notice = notice
    }

    private static func item(_ label: LabelFacts, draft: Draft?, in context: PageContext) -> Item {
        let contacts = label.contacts ?? CountFacts(0)
        return Item(
            chip: LabelChip(label), id: label.id.description,
            count: context.words(
                "people.labels.contacts.\(contacts.value == 1 ? "one" : "other")",
                ["count": contacts.text(in: context)]),
            contactsURL: "/contacts?label=\(label.id)",
            bulkURL: contacts.value == 0 ? nil : "/bulk?label=\(label.id)",
            deleteAsk: context.words(
                "people.labels.deleteAsk", ["name": label.name, "count": contacts.text(in: context)]),
            askers: label.use?.askers ?? [], isAskedFor: label.use?.askers.isEmpty == false,
            rulesGo: rulesGo(label.use?.ownRules ?? [], in: context),
            form: form(
                label.id.description, "/labels/\(label.id)", version: draft?.version ?? label.version,
                draft ?? Draft(id: label.id, name: label.name, color: label.color),
                now: draft?.isClash == true ? .label(label, by: draft?.author, in: context) : nil, in: context))
    }

    private static func rulesGo(_ rules: [String], in context: PageContext) -> String? {
        guard !rules.isEmpty else { return nil }
        let names = rules.map { context.words("people.segments.quoted", ["text": $0]) }.joined(separator: ", ")
        return context.words("people.labels.rulesGo", ["rules": names])
    }

    private static func form(
        _ key: String, _ action: String, version: String, _ draft: Draft, now: StandingNow? = nil,
        in context: PageContext
    ) -> Form {
        Form(
            key: key, action: action, name: draft.name, version: version,
            swatches: LabelSwatch.all(chosen: draft.color, in: context),
            submit: context.words(key == "new" ? "people.labels.new" : "people.save"),
            error: draft.error?[context.language], now: now, isOpen: draft.error != nil)
    }

    /// After a command.
    package static func outcome(
        of command: Command, undo: ChangeID? = nil, in context: PageContext
    ) -> UndoableNotice {
        UndoableNotice(context.words("people.labels.done.\(command.rawValue)"), undo: undo)
    }
}

/// What was done, and the way back.
package struct UndoableNotice: Sendable {
    package let sentence: String
    /// Where the undo is asked for; nil where there is nothing to put back.
    package let undoURL: String?

    package init(_ sentence: String, undo: ChangeID?) {
        self.sentence = sentence
        self.undoURL = undo.map { "/bulk/\($0)/undo" }
    }
}
