import Domain

/// Numbers and CRM accounts: what works, what does not, and what to do.
package struct ConnectionsPage: Page {
    package static let template = "connections/page"

    package let title: String
    package let notice: OutcomeNotice?
    package let hold: HoldView?
    package let list: ConnectionList

    package init(
        numbers: [ConnectionFacts], crms: [ConnectionFacts], news: [NewsFacts] = [],
        accountAlarms: [AccountAlarmFacts] = [], hold: HoldFacts? = nil, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("connections.title")
        self.notice = notice
        self.hold = hold.map { HoldView($0, in: context) }
        self.list = ConnectionList(
            numbers: numbers, crms: crms, news: news, accountAlarms: accountAlarms, in: context)
    }

    package enum Command: String, CaseIterable, Sendable {
        case checks, pauses, resumptions, releases, dismissals
        case credentials, switchedOn, switchedOff, removed
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("connections.done.\(command.rawValue)"))
    }
}

/// The cards and what Meta said. Fetched again on the event `connections`, so that a check is seen while it runs.
package struct ConnectionList: PageFragment {
    package static let template = "connections/list"

    package let numbers: [ConnectionCard]
    package let crms: [ConnectionCard]
    package let hasNumbers: Bool
    package let hasCRMs: Bool
    package let news: [NewsItem]
    package let hasNews: Bool
    package let accountAlarms: [AccountAlarmView]

    package init(
        numbers: [ConnectionFacts], crms: [ConnectionFacts], news: [NewsFacts], accountAlarms: [AccountAlarmFacts],
        in context: PageContext
    ) {
        self.numbers = numbers.map { ConnectionCard($0, in: context) }
        self.crms = crms.map { ConnectionCard($0, in: context) }
        self.hasNumbers = !numbers.isEmpty
        self.hasCRMs = !crms.isEmpty
        self.news = news.map { NewsItem($0, in: context) }
        self.hasNews = !news.isEmpty
        self.accountAlarms = accountAlarms.map { AccountAlarmView($0, in: context) }
    }
}

/// The banner of a restored installation.
package struct HoldView: Sendable {
    /// "Restored today at 09:12 from a backup of yesterday at 23:00. 14 messages to customers are held."
    package let sentence: String
    /// What is not in the database, and what releasing does.
    package let gap: String

    init(_ facts: HoldFacts, in context: PageContext) {
        let backup = MomentText.sentence(facts.backupAt, in: context).short
        self.sentence = context.words.count(
            "connections.hold.sentence", facts.heldMessages,
            ["restored": MomentText.sentence(facts.restoredAt, in: context).short, "backup": backup])
        self.gap = context.words("connections.hold.gap", ["backup": backup])
    }
}
