/// An interactive message of ours. Limits are Meta's (Cloud API, "Interactive messages"); the WhatsApp target checks them.
package struct InteractiveContent: Equatable, Codable, Sendable {
    package enum Action: Equatable, Codable, Sendable {
        /// One to three reply buttons.
        case buttons([Button])
        /// Up to ten rows in all, behind one button.
        case list(button: String, sections: [Section])
        /// One button that opens an address.
        case link(text: String, url: String)
        case locationRequest
        /// Asks the customer for the phone number; the answer is a contact card with origin `contact_request`.
        case contactRequest
    }

    package struct Button: Equatable, Codable, Sendable {
        package var id: String
        package var title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    package struct Section: Equatable, Codable, Sendable {
        package var title: String?
        package var rows: [ListRow]

        package init(title: String?, rows: [ListRow]) {
            self.title = title
            self.rows = rows
        }
    }

    package struct ListRow: Equatable, Codable, Sendable {
        package var id: String
        package var title: String
        package var description: String?

        package init(id: String, title: String, description: String? = nil) {
            self.id = id
            self.title = title
            self.description = description
        }
    }

    package enum Header: Equatable, Codable, Sendable {
        case text(String)
        case media(MediaContent)
    }

    package var header: Header?
    package var body: String
    package var footer: String?
    package var action: Action

    package init(header: Header? = nil, body: String, footer: String? = nil, action: Action) {
        self.header = header
        self.body = body
        self.footer = footer
        self.action = action
    }
}
