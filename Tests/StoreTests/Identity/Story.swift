import Domain
import Testing

/// What happens to a few people, and which persons there are afterwards.
///
/// Handles are words: `p1` a phone, `u1` a user id in the first portfolio, `v1` one in the second, `t1` a parent id, `e1`
/// an address, `@ana` a username, `~Ana` a name; digits stand for themselves. Messages are letters. A person is written
/// as `p1 u1: a b`, their valid handles and their messages; `-` for somebody without a handle.
struct Story: Sendable, CustomTestStringConvertible {
    let title: String
    let events: [Event]
    let persons: [String]

    init(_ title: String, _ events: [Event], _ persons: String...) {
        self.title = title
        self.events = events
        self.persons = persons
    }

    var testDescription: String { title }

    enum Event: Sendable {
        /// A customer writes.
        case wrote(String, String)
        /// To the company's second number, which is of another portfolio.
        case wroteSecond(String, String)
        /// What was written five minutes before, and comes only now.
        case late(String, String)
        /// The shop writes on its phone.
        case echo(String, to: String)
        /// From before connecting.
        case history(String, String)
        /// News of what the shop wrote.
        case read(String, by: String)
        case changed(String, to: String)
        /// A change that happened five minutes before, and comes only now.
        case lateChange(String, to: String)
        /// A number that we asked for.
        case gave(String, String, by: String)
        /// A card that was shared by hand.
        case shared(String, String, by: String)
        case crm(String, String)
        case imported(String)
        case merged(String, into: String)
        /// The latest merge that stands.
        case undone
        /// The one before the latest: it is refused.
        case undoRefused
        case days(Int)
    }
}

/// The handles of a story, and what stands for them in webhooks.
enum StoryHandle {
    static let portfolios = ["7", "8"]

    static func participant(_ words: String) -> Participant {
        var participant = Participant()
        for word in words.split(separator: " ").map(String.init) {
            switch word.first {
            case "u", "v": participant.userID = value(word)
            case "t": participant.parentUserID = value(word)
            case "@": participant.username = String(word.dropFirst())
            case "~": participant.profileName = String(word.dropFirst())
            default: participant.waID = value(word)
            }
        }
        return participant
    }

    static func value(_ word: String) -> String {
        let number = word.dropFirst()
        return switch word.first {
        case "p": "3460000000\(number)"
        case "u", "v": "ES.\(word)"
        case "t": "ES.ENT.\(word)"
        case "e": "\(word)@ejemplo.es"
        default: word
        }
    }

    /// The word for what the database holds.
    static func word(_ value: String) -> String {
        if value.hasPrefix("3460000000") { return "p\(value.dropFirst(10))" }
        if value.hasPrefix("ES.ENT.") { return String(value.dropFirst(7)) }
        if value.hasPrefix("ES.") { return String(value.dropFirst(3)) }
        return value.split(separator: "@").first.map(String.init) ?? value
    }

    static func kind(_ word: String) -> HandleKind {
        switch word.first {
        case "u", "v": .bsuid
        case "t": .parentBSUID
        case "e": .email
        default: .phone
        }
    }
}
