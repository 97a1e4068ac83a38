/// What the page after a command says about it: the page, the command, and how many things it changed. Travels in a
/// cookie of a minute, so that a reload does not say it again.
struct FlashNotice: Equatable, Sendable, LosslessStringConvertible {
    enum Page: String, Sendable {
        case deadLetters, unrouted, connections, inbox, account, staff, contacts, changes, imports, people, segments,
            labels
        case labelRules, fields, duplicates, consent, consentSettings, webhooks, mapping
        case connection, syncChanges, syncConflicts, apiKeys
    }

    let page: Page
    /// The raw value of the page's own `Command`.
    let command: String
    let count: Int
    /// How many it left as they were.
    let left: Int

    init(_ page: Page, _ command: String, count: Int = 1, left: Int = 0) {
        self.page = page
        self.command = command
        self.count = count
        self.left = left
    }

    init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, let page = Page(rawValue: String(parts[0])), let count = Int(parts[2]),
            let left = Int(parts[3]), (0...100_000).contains(count), (0...100_000).contains(left)
        else { return nil }
        self.init(page, String(parts[1]), count: count, left: left)
    }

    var description: String { "\(page.rawValue).\(command).\(count).\(left)" }
}
