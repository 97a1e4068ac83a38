package import Domain

/// Whom a bulk action is for, as a form carries it.
package struct BulkAudience: Sendable {
    package enum Kind: Sendable {
        case chosen([ContactID])
        /// Everybody whom a list shows.
        /// - name: of the segment or label; nil where the filter has none.
        case filter(ContactsFilter, name: String?)
    }

    package var kind: Kind
    package var count: CountFacts

    package init(_ kind: Kind, count: CountFacts) {
        self.kind = kind
        self.count = count
    }
}

/// What is to be done to many contacts.
package struct BulkFormPage: Page {
    package static let template = "bulk/form"

    package enum Action: String, CaseIterable, Sendable {
        case addLabel, removeLabel, setField, clearField, setState, clearState, withdrawMarketing
    }

    /// The form as it was sent, and what is wrong with it.
    package struct Draft: Sendable {
        package var action: Action
        package var label: String
        /// A label that is made first; empty: one that there is.
        package var newLabel = ""
        package var field: String
        package var value: String
        package var state: String
        package var reason: String
        package var error: LocalizedText?

        package init(
            action: Action = .addLabel, label: String = "", field: String = "", value: String = "",
            state: String = "", reason: String = "", error: LocalizedText? = nil
        ) {
            self.action = action
            self.label = label
            self.field = field
            self.value = value
            self.state = state
            self.reason = reason
            self.error = error
        }
    }

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package struct Hidden: Sendable {
        package let name: String
        package let value: String
    }

    package let title: String
    package let tabs: ContactsTabs
    /// "1,203 contacts of the segment “Clientes de Puebla”"
    package let audience: String
    package let isNobody: Bool
    package let hidden: [Hidden]
    package let actions: [Option]
    package let labels: [Option]
    package let fields: [Option]
    package let states: [Option]
    package let newLabel: String
    package let value: String
    package let reason: String
    package let error: String?
    package let undoHint: String

    package init(
        _ audience: BulkAudience, draft: Draft = Draft(), labels: [LabelFacts], fields: [FieldFacts],
        in context: PageContext
    ) {
        self.title = context.words("people.bulk.title")
        self.tabs = ContactsTabs(audience.tab, in: context)
        self.audience = audience.sentence(in: context)
        self.isNobody = audience.count.value == 0
        self.hidden = audience.hidden
        self.actions = Action.allCases.compactMap { action in
            guard action.isOffered(labels: labels, fields: fields) else { return nil }
            return Option(
                value: action.rawValue, label: context.words("people.bulk.action.\(action.rawValue)"),
                isChosen: action == draft.action)
        }
        self.labels = labels.map {
            Option(value: "\($0.id)", label: $0.name, isChosen: "\($0.id)" == draft.label)
        }
        self.fields = fields.filter { !$0.isArchived }.map {
            Option(
                value: "\($0.id)", label: "\($0.name) (\(context.words("people.fields.kind.\($0.kind)")))",
                isChosen: "\($0.id)" == draft.field)
        }
        self.states = ContactState.allCases.map {
            Option(
                value: $0.rawValue, label: context.words("people.states.\($0)"), isChosen: $0.rawValue == draft.state)
        }
        self.newLabel = draft.newLabel
        self.value = draft.value
        self.reason = draft.reason
        self.error = draft.error?[context.language]
        self.undoHint = context.words("people.bulk.undoHint")
    }
}

extension BulkFormPage.Action {
    fileprivate func isOffered(labels: [LabelFacts], fields: [FieldFacts]) -> Bool {
        switch self {
        case .removeLabel: !labels.isEmpty
        case .setField, .clearField: fields.contains { !$0.isArchived }
        case .addLabel, .setState, .clearState, .withdrawMarketing: true
        }
    }
}

extension BulkAudience {
    var tab: ContactsTabs.Tab {
        switch kind {
        case .filter(let filter, _) where filter.isEverybody: .contacts
        case .filter(let filter, _) where filter == ContactsFilter(segment: filter.segment): .segments
        case .filter(let filter, _) where filter == ContactsFilter(label: filter.label): .labels
        case .chosen, .filter: .contacts
        }
    }

    func sentence(in context: PageContext) -> String {
        let form = count.value == 1 && !count.isMore ? "one" : "other"
        var values = ["count": count.text(in: context)]
        guard case .filter(let filter, let name) = kind else {
            return context.words("people.bulk.audience.chosen.\(form)", values)
        }
        if filter.isEverybody { return context.words("people.bulk.audience.everybody.\(form)", values) }
        values["name"] = name ?? filter.query
        switch filter {
        case ContactsFilter(segment: filter.segment):
            return context.words("people.bulk.audience.segment.\(form)", values)
        case ContactsFilter(label: filter.label):
            return context.words("people.bulk.audience.label.\(form)", values)
        case ContactsFilter(query: filter.query):
            return context.words("people.bulk.audience.search.\(form)", values)
        default: return context.words("people.bulk.audience.list.\(form)", ["count": values["count"] ?? ""])
        }
    }

    /// Of the list that shows them, as its address says it; none of contacts that were chosen one by one.
    var parameters: [BulkFormPage.Hidden] {
        guard case .filter(let filter, _) = kind else { return [] }
        return filter.parameters.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : BulkFormPage.Hidden(name: name, value: $0) }
        }
    }

    fileprivate var hidden: [BulkFormPage.Hidden] {
        switch kind {
        case .chosen(let contacts): contacts.map { BulkFormPage.Hidden(name: "id", value: "\($0)") }
        case .filter: [BulkFormPage.Hidden(name: "everybody", value: "yes")] + parameters
        }
    }
}
