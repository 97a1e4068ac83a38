package import Domain

/// Contacts that may be one person, how far merging has come, and what is at work.
package struct DuplicatesPage: Page {
    package static let template = "duplicates/page"

    package struct View: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
        package let count: String?
    }

    package enum Command: String, CaseIterable, Sendable {
        case dismissals, reopenings, passes, batches, undos
        /// Two contacts of a list, to be compared.
        case pairs
    }

    package let title: String
    package let tabs: ContactsTabs
    package let notice: OutcomeNotice?
    package let views: [View]
    package let figures: ShrinkageView
    package let underWay: DuplicateWork
    package let items: [DuplicateView]
    package let isEmpty: Bool
    package let isOpenView: Bool
    package let emptyText: String
    /// What to do about it.
    package let emptyHint: String
    package let olderURL: String?

    /// - Parameter older: the cursor of the next page, when there is one.
    package init(
        _ duplicates: [DuplicateFacts], state: DuplicateFacts.State, figures: DuplicateFigureFacts,
        batches: [MergeBatchFacts], scan: DuplicateScanFacts, older: String? = nil, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("duplicates.title")
        self.tabs = ContactsTabs(.duplicates, in: context)
        self.notice = notice
        self.views = [
            (DuplicateFacts.State.open, figures.open), (.dismissed, figures.dismissed),
            (.merged, CountFacts(figures.merged)),
        ].map { view, count in
            View(
                label: context.words("duplicates.view.\(view.rawValue)"), url: Self.url(view),
                isCurrent: view == state, count: count.value == 0 ? nil : count.text(in: context))
        }
        self.figures = ShrinkageView(figures, in: context)
        self.underWay = DuplicateWork(batches: batches, scan: scan, in: context)
        self.items = duplicates.map { DuplicateView($0, in: context) }
        self.isEmpty = duplicates.isEmpty
        self.isOpenView = state == .open
        self.emptyText = context.words("duplicates.empty.\(state.rawValue)")
        self.emptyHint = context.words("duplicates.emptyHint.\(state.rawValue)")
        self.olderURL = older.map { QueryText.url(Self.path, [("view", state.rawValue), ("before", $0)]) }
    }

    static let path = "/duplicates"

    static func url(_ state: DuplicateFacts.State) -> String {
        state == .open ? path : QueryText.url(path, [("view", state.rawValue)])
    }

    package static func outcome(of command: Command, count: Int, in context: PageContext) -> OutcomeNotice {
        let tone: OutcomeNotice.Tone = count == 0 ? .warning : .done
        return OutcomeNotice(tone, context.words.count("duplicates.done.\(command.rawValue)", count))
    }
}

/// How far the data shrank.
package struct ShrinkageView: Sendable {
    package struct Reason: Sendable {
        package let label: String
        package let count: String
    }

    package let before: String
    package let living: String
    package let merged: String
    package let share: String
    package let reasons: [Reason]
    package let hasMerged: Bool

    init(_ facts: DuplicateFigureFacts, in context: PageContext) {
        self.before = context.formats.number(facts.living + facts.merged)
        self.living = context.formats.number(facts.living)
        self.merged = context.formats.number(facts.merged)
        self.share = context.formats.percent(hundredths: facts.share)
        self.reasons = facts.byReason.map {
            Reason(
                label: context.words("duplicates.by.\($0.reason.rawValue.camel)"),
                count: context.formats.number($0.count))
        }
        self.hasMerged = facts.merged > 0
    }
}

extension String {
    /// `same_email` → `sameEmail`: keys of the catalogue hold letters and digits.
    fileprivate var camel: String {
        let words = split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
