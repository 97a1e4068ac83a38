package import Domain

/// Where a composer stands, and so which addresses its links and forms have.
package enum ComposerPlace: Equatable, Sendable {
    case conversation(ConversationID, InboxFilter)
    /// With whom there is no open conversation on this number yet.
    case contact(ContactID, from: NumberID)

    /// The page that shows it.
    /// - Parameter query: what is asked of it beside what the place keeps.
    func url(_ query: [(String, String?)] = []) -> String {
        switch self {
        case .conversation(_, let filter): filter.url(path, query)
        case .contact(_, let number): QueryText.url(path, [("number", number.description)] + query)
        }
    }

    /// Where something is sent to.
    func url(to command: String) -> String {
        switch self {
        case .conversation: "\(path)/\(command)"
        case .contact(_, let number): QueryText.url("\(path)/\(command)", [("number", number.description)])
        }
    }

    var path: String {
        switch self {
        case .conversation(let id, _): "/inbox/\(id)"
        case .contact(let id, _): "/contacts/\(id)/writing"
        }
    }

    /// Where writing is given up.
    var plainURL: String {
        switch self {
        case .conversation: url()
        case .contact(let id, _): "/contacts/\(id)"
        }
    }

    /// The part of the page that another set of templates changes.
    var whole: String {
        switch self {
        case .conversation: "#conversation"
        case .contact: "#composer"
        }
    }

    /// Travels in forms that look for templates; nil where the address says it.
    var number: String? {
        if case .contact(_, let number) = self { number.description } else { nil }
    }

    /// Where an open page fetches the composer again.
    var refreshURL: String {
        switch self {
        case .conversation(let id, let filter): filter.url("/fragments/conversations/\(id)/composer")
        case .contact: url()
        }
    }

    /// What tells that it should.
    var event: String {
        switch self {
        case .conversation(let id, _): "conversation-\(id)"
        case .contact(let id, _): "contact-\(id)"
        }
    }
}
