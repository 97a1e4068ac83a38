/// What the page after a command says about it: the page, the command, and how many things it changed. Travels in a
/// cookie of a minute, so that a reload does not say it again.
struct FlashNotice: Equatable, Sendable, LosslessStringConvertible {
    enum Page: String, Sendable { case deadLetters, unrouted, connections, inbox }

    let page: Page
    /// The raw value of the page's own `Command`.
    let command: String
    let count: Int

    init(_ page: Page, _ command: String, count: Int = 1) {
        self.page = page
        self.command = command
        self.count = count
    }

    init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let page = Page(rawValue: String(parts[0])), let count = Int(parts[2]),
            (0...100_000).contains(count)
        else { return nil }
        self.init(page, String(parts[1]), count: count)
    }

    var description: String { "\(page.rawValue).\(command).\(count)" }
}
