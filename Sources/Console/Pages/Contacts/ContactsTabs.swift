/// The pages about people, on top of each of them.
package struct ContactsTabs: Sendable {
    package enum Tab: String, CaseIterable, Sendable {
        case contacts, segments, duplicates, imports, labels, fields, consent, changes

        var path: String {
            switch self {
            case .contacts: "/contacts"
            case .segments: "/segments"
            case .duplicates: "/duplicates"
            case .imports: "/imports"
            case .labels: "/labels"
            case .fields: "/fields"
            case .consent: "/consent"
            case .changes: "/changes"
            }
        }
    }

    package struct Item: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
    }

    package let label: String
    package let items: [Item]

    package init(_ current: Tab, in context: PageContext) {
        self.label = context.words("contacts.tabs.label")
        self.items = Tab.allCases.map { tab in
            Item(label: context.words("contacts.tabs.\(tab.rawValue)"), url: tab.path, isCurrent: tab == current)
        }
    }
}
