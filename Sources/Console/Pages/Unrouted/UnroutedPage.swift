package import Domain

/// Something that Meta sent and we could not place.
package struct UnroutedFacts: Sendable {
    package var id: UnroutedID
    package var reason: UnroutedReason
    /// `changes[].field`, where it could be read.
    package var field: String?
    /// The number or account that it speaks of, as Meta names it.
    package var subject: String?
    /// The app that signed it.
    package var app: String?
    package var excerpt: String
    package var receivedAt: Timestamp

    package init(
        id: UnroutedID, reason: UnroutedReason, field: String?, subject: String?, app: String?, excerpt: String,
        receivedAt: Timestamp
    ) {
        self.id = id
        self.reason = reason
        self.field = field
        self.subject = subject
        self.app = app
        self.excerpt = excerpt
        self.receivedAt = receivedAt
    }
}

/// What Meta sent that found no place: kept, told, and routed again once the cause is mended.
package struct UnroutedPage: Page {
    package static let template = "unrouted/page"

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
        package let count: String?
    }

    package enum Command: String, CaseIterable, Sendable { case routings, dismissals }

    package let title: String
    package let tabs: [Tab]
    package let notice: OutcomeNotice?
    package let list: UnroutedList

    /// - Parameter counts: by reason; reasons without any have no tab.
    package init(
        _ items: [UnroutedFacts], reason: UnroutedReason?, counts: [UnroutedReason: Int], before: String? = nil,
        older: String? = nil, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let total = counts.values.reduce(0, +)
        let all = Tab(
            label: context.words("unrouted.all"), url: "/unrouted", isCurrent: reason == nil,
            count: total == 0 ? nil : context.formats.number(total))
        let others = UnroutedReason.allCases.compactMap { candidate -> Tab? in
            guard let count = counts[candidate], count > 0 || candidate == reason else { return nil }
            return Tab(
                label: context.words("unrouted.reason.\(candidate.rawValue).short"),
                url: QueryText.url("/unrouted", [("reason", candidate.rawValue)]), isCurrent: candidate == reason,
                count: context.formats.number(count))
        }
        self.title = context.words("unrouted.title")
        self.tabs = [all] + others
        self.notice = notice
        self.list = UnroutedList(items, reason: reason, before: before, older: older, in: context)
    }

    /// After a command: how many of those asked for were really changed.
    package static func outcome(of command: Command, count: Int, in context: PageContext) -> OutcomeNotice {
        let tone: OutcomeNotice.Tone = count == 0 ? .warning : .done
        return OutcomeNotice(tone, context.words.count("unrouted.done.\(command.rawValue)", count))
    }
}
