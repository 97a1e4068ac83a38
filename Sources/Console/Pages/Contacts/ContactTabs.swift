package import Domain

/// The pages about one person, below their name.
package struct ContactTabs: Sendable {
    package enum Tab: String, CaseIterable, Sendable {
        case overview, consent, history, data

        var path: String {
            switch self {
            case .overview: ""
            case .consent: "/consent"
            case .history: "/history"
            case .data: "/data"
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

    package init(_ current: Tab, of contact: ContactID, in context: PageContext) {
        self.label = context.words("contacts.page.tabs.label")
        self.items = Tab.allCases.map { tab in
            Item(
                label: context.words("contacts.page.tabs.\(tab.rawValue)"), url: "/contacts/\(contact)" + tab.path,
                isCurrent: tab == current)
        }
    }
}

/// Who a page about one person is about: the top of each of them.
package struct ContactHeading: Sendable {
    package struct State: Sendable {
        package let text: String
        package let icon: String
    }

    package let name: String
    /// How the person calls themself on WhatsApp, where the company calls them otherwise.
    package let alias: String?
    package let avatar: AvatarView
    package let url: String
    package let states: [State]
    package let labels: [LabelFacts]
    package let tabs: ContactTabs

    package init(_ facts: ContactHeadingFacts, tab: ContactTabs.Tab, in context: PageContext) {
        self.name = facts.person.displayName(in: context)
        self.alias = facts.profileName.isEmpty || facts.profileName == name ? nil : facts.profileName
        self.avatar = AvatarView(name: facts.person.name ?? "", seed: facts.person.id.rawValue)
        self.url = "/contacts/\(facts.person.id)"
        self.states = facts.states.map {
            State(text: context.words("people.states.\($0)"), icon: $0.icon)
        }
        self.labels = facts.labels
        self.tabs = ContactTabs(tab, of: facts.person.id, in: context)
    }
}

/// What every page about one person shows of them.
package struct ContactHeadingFacts: Sendable {
    package var person: PersonFacts
    /// As the person calls themself on WhatsApp; may be empty.
    package var profileName: String
    package var states: [ContactState]
    package var labels: [LabelFacts]

    package init(
        person: PersonFacts, profileName: String = "", states: [ContactState] = [], labels: [LabelFacts] = []
    ) {
        self.person = person
        self.profileName = profileName
        self.states = states
        self.labels = labels
    }
}
