import Domain

/// One connection: how it does, and the ways to what sync did.
package struct ConnectionPage: Page {
    package static let template = "sync/connection"

    package enum Command: String, CaseIterable, Sendable { case comparisons }

    package let title: String
    package let head: ConnectionHead
    package let notice: OutcomeNotice?
    package let health: ConnectionHealthView

    package init(
        _ facts: ConnectionHeadFacts, _ health: ConnectionHealthFacts, standing: ConnectionFacts? = nil,
        done: Command? = nil, in context: PageContext
    ) {
        self.title = facts.name
        self.head = ConnectionHead(facts, at: .overview, in: context)
        self.notice = done.map { OutcomeNotice(.done, context.words("sync.done.\($0.rawValue)")) }
        self.health = ConnectionHealthView(facts, health, standing: standing, in: context)
    }
}

/// The figures. Fetched again on the events `sync` and `connections`, and each second while everything is compared.
package struct ConnectionHealthView: PageFragment {
    package static let template = "sync/health"

    package struct Figure: Sendable {
        package let label: String
        package let value: String
        package let hint: String?
        package let isBad: Bool
        package let url: String?

        init(_ label: String, _ value: String, hint: String? = nil, isBad: Bool = false, url: String? = nil) {
            self.label = label
            self.value = value
            self.hint = hint
            self.isBad = isBad
            self.url = url
        }
    }

    package struct Progress: Sendable {
        package let value: Int
        package let most: Int
        package let text: String
    }

    /// As on the page of all connections: whether it works, and what stops it.
    package let standing: ConnectionCard?
    package let figures: [Figure]
    package let changes: [Figure]
    package let hasChanges: Bool
    package let comparison: String
    package let progress: Progress?
    package let mayCompare: Bool
    package let comparisonsURL: String
    package let mappingURL: String
    package let refreshURL: String
    package let isComparing: Bool

    package init(
        _ head: ConnectionHeadFacts, _ facts: ConnectionHealthFacts, standing: ConnectionFacts? = nil,
        in context: PageContext
    ) {
        let text = HealthText(head: head, context: context)
        self.standing = standing.map { ConnectionCard($0, in: context) }
        self.figures = [
            text.queue(facts), text.delay(facts.delay, "delay"), text.delay(facts.takenDelay, "takenDelay"),
            text.delay(facts.givenDelay, "givenDelay"), text.errors(facts), text.rate(facts), text.sweep(facts),
            text.due(facts), text.conflicts(facts),
        ]
        self.changes = SyncChangeFacts.Kind.allCases.compactMap { text.changes($0, facts) }
        self.hasChanges = !changes.isEmpty
        self.comparison = text.comparison(facts)
        self.comparisonsURL = head.url("/comparisons")
        self.mappingURL = head.url("/mapping")
        self.refreshURL = head.fragmentURL()
        switch facts.comparison {
        case .none: (progress, mayCompare, isComparing) = (nil, false, false)
        case .due: (progress, mayCompare, isComparing) = (nil, false, true)
        case .running(let done, let all):
            (progress, mayCompare, isComparing) = (text.progress(done, all), false, true)
        case .ended: (progress, mayCompare, isComparing) = (nil, true, false)
        }
    }
}

/// The figures in words.
private struct HealthText {
    typealias Figure = ConnectionHealthView.Figure

    let head: ConnectionHeadFacts
    let context: PageContext

    private var words: Words { context.words }
    private var formats: Formats { context.formats }

    func queue(_ facts: ConnectionHealthFacts) -> Figure {
        let late = facts.oldestDue.flatMap { $0 < context.now - .minutes(1) ? $0 : nil }
        return Figure(
            words("sync.health.queue"), words.count("sync.health.jobs", facts.waiting),
            hint: late.map {
                words("sync.health.oldest", ["time": MomentText.sentence($0, in: context).short])
            })
    }

    /// - Parameter name: of what, among the words.
    func delay(_ delay: ConnectionHealthFacts.Delay?, _ name: String) -> Figure {
        let label = words("sync.health.\(name)", ["connection": head.name])
        guard let delay else { return Figure(label, words("sync.health.noDelay")) }
        return Figure(
            label,
            words(
                "sync.health.delays",
                [
                    "half": formats.delay(milliseconds: delay.p50.wholeMilliseconds),
                    "most": formats.delay(milliseconds: delay.p95.wholeMilliseconds),
                ]), hint: words("sync.health.lastHour"))
    }

    func errors(_ facts: ConnectionHealthFacts) -> Figure {
        let errors = facts.errors
        let label = words("sync.health.errors")
        guard errors.all > 0 else { return Figure(label, words("sync.health.noErrors")) }
        let share = formats.percent(hundredths: errors.failed * 10_000 / errors.all)
        return Figure(
            label, "\(share) · \(formats.number(errors.failed))/\(formats.number(errors.all))",
            hint: words(
                errors.isTooHigh ? "sync.health.aboveLimit" : "sync.health.belowLimit",
                ["limit": formats.percent(hundredths: facts.errors.limit)]),
            isBad: errors.isTooHigh, url: DeadLetterFilter(connection: head.id).url())
    }

    func rate(_ facts: ConnectionHealthFacts) -> Figure {
        let label = words("sync.health.rate")
        guard let rate = facts.rate else { return Figure(label, words("sync.health.noRate")) }
        let daily: String? =
            if let left = rate.dailyRemaining, let limit = rate.dailyLimit {
                words("sync.health.daily", ["left": formats.number(left), "limit": formats.number(limit)])
            } else {
                nil
            }
        // Salesforce counts nothing but the day.
        if let daily, rate.dailyRemaining == rate.remaining, rate.dailyLimit == rate.limit {
            return Figure(label, daily)
        }
        return Figure(label, rateLeft(rate), hint: daily)
    }

    /// Below a second there is no window: the vendor bounds what may be under way at a time, as Zoho does.
    private func rateLeft(_ rate: ConnectionHealthFacts.Rate) -> String {
        let figures = ["left": formats.number(rate.remaining), "limit": formats.number(rate.limit)]
        guard rate.interval >= .seconds(1) else { return words("sync.health.atOnce", figures) }
        let span = formats.span(milliseconds: rate.interval.wholeMilliseconds)
        return words("sync.health.rateLeft", figures.merging(["span": span]) { $1 })
    }

    func sweep(_ facts: ConnectionHealthFacts) -> Figure {
        let value = facts.lastSweep.map { MomentText.sentence($0, in: context).short } ?? words("sync.health.never")
        let every = facts.sweepEvery.map {
            words("sync.health.every", ["span": formats.span(milliseconds: $0.wholeMilliseconds)])
        }
        let next = facts.nextSweep.map {
            words("sync.health.next", ["time": MomentText.sentence($0, in: context).short])
        }
        let hints = [every, next].compactMap(\.self)
        return Figure(words("sync.health.sweep"), value, hint: hints.isEmpty ? nil : hints.joined(separator: " · "))
    }

    func due(_ facts: ConnectionHealthFacts) -> Figure {
        Figure(
            words("sync.health.due"), words.count("sync.health.contacts", facts.due),
            hint: facts.decisions == 0 ? nil : words.count("sync.health.decisions", facts.decisions))
    }

    func conflicts(_ facts: ConnectionHealthFacts) -> Figure {
        Figure(
            words("sync.page.conflicts"), formats.number(head.conflicts), isBad: head.conflicts > 0,
            url: head.url("/conflicts"))
    }

    func changes(_ kind: SyncChangeFacts.Kind, _ facts: ConnectionHealthFacts) -> Figure? {
        guard let count = facts.changes[kind], count > 0 else { return nil }
        return Figure(
            words("sync.kind.\(kind.rawValue)", ["connection": head.name]), formats.number(count),
            url: head.url("/changes", SyncChangesFilter(kind: kind, showsTimes: true).parameters))
    }

    func comparison(_ facts: ConnectionHealthFacts) -> String {
        switch facts.comparison {
        case .none: words("sync.comparison.none")
        case .due: words("sync.comparison.due")
        case .running: words("sync.comparison.running")
        case .ended(let at, nil):
            words("sync.comparison.ended", ["time": MomentText.sentence(at, in: context).short])
        case .ended(let at, let next?):
            words("sync.comparison.ended", ["time": MomentText.sentence(at, in: context).short]) + " "
                + words("sync.comparison.next", ["time": MomentText.sentence(next, in: context).short])
        }
    }

    func progress(_ done: Int, _ all: Int) -> ConnectionHealthView.Progress {
        ConnectionHealthView.Progress(
            value: min(done, all), most: max(1, all),
            text: words("sync.comparison.progress", ["done": formats.number(done), "all": formats.number(all)]))
    }
}
