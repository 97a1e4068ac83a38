package import Domain

/// Everybody whom the company knows.
package struct ContactsPage: Page {
    package static let template = "contacts/page"

    /// What a filter offers.
    package struct Choice: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package struct ColumnChoice: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    package let notice: OutcomeNotice?
    package let query: String
    package let labels: [Choice]
    package let hasLabels: Bool
    package let segments: [Choice]
    package let hasSegments: Bool
    package let states: [Choice]
    package let consents: [Choice]
    package let reaches: [Choice]
    package let orders: [Choice]
    package let columnChoices: [ColumnChoice]
    package let isFiltered: Bool
    package let list: ContactsList

    package init(
        _ list: ContactsList, filter: ContactsFilter, labels: [LabelFacts], segments: [SegmentFacts] = [],
        fields: [FieldFacts], columns: [ContactColumn], notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        self.title = context.words("contacts.title")
        self.tabs = ContactsTabs(.contacts, in: context)
        self.notice = notice
        self.query = filter.query
        self.labels = labels.map { Choice(value: "\($0.id)", label: $0.name, isChosen: $0.id == filter.label) }
        self.hasLabels = !labels.isEmpty
        self.segments = segments.map { Choice(value: "\($0.id)", label: $0.name, isChosen: $0.id == filter.segment) }
        self.hasSegments = !segments.isEmpty
        self.states = ContactState.allCases.map {
            Choice(value: $0.rawValue, label: context.words("people.states.\($0)"), isChosen: $0 == filter.state)
        }
        self.consents = MarketingConsent.allCases.map {
            Choice(
                value: $0.rawValue, label: context.words("contacts.consent.\($0.rawValue)"),
                isChosen: $0 == filter.consent)
        }
        self.reaches = ContactsFilter.Reach.allCases.map {
            Choice(
                value: $0.rawValue, label: context.words("contacts.reach.\($0.rawValue)"), isChosen: $0 == filter.reach)
        }
        self.orders = ContactsFilter.Order.allCases.map {
            Choice(
                value: $0.rawValue, label: context.words("contacts.order.\($0.rawValue)"), isChosen: $0 == filter.order)
        }
        self.columnChoices = (ContactColumn.common + fields.map { .field($0.id) }).map {
            ColumnChoice(value: "\($0)", label: $0.label(fields, in: context), isChosen: columns.contains($0))
        }
        self.isFiltered = !filter.isEverybody
        self.list = list
    }
}
