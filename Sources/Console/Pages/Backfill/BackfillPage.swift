package import Domain
internal import Store

/// The back-fill of a CRM connection: begun with its choices, followed, paused, stopped and put back.
package struct BackfillPage: Page {
    package static let template = "backfill/page"

    /// What a person has chosen in the form.
    package struct Draft: Sendable {
        package var makesContacts = false
        package var label = ""
        package var tellsCRM = false
        /// A day.
        package var historySince = ""
        package var error: LocalizedText?
        /// `label` or `history_since`; nil: the whole.
        package var wrong: String?

        package init() {}
    }

    /// Named as the template asks, so that each part has its own branch.
    package struct Form: Sendable {
        package let action: String
        package let isReadable: Bool
        package let makesContacts: Bool
        package let label: String
        package let tellsCRM: Bool
        package let historySince: String
        package let labelError: String?
        package let historyError: String?
        package let error: String?
        package let button: String
    }

    package let title: String
    package let head: ConnectionHead
    package let lead: String
    /// Nil where there is nothing to follow.
    package let progress: BackfillProgress?
    /// Nil where there was none, or it is at work.
    package let result: BackfillResult?
    /// Nil while there is one at work.
    package let form: Form?

    package init(
        _ facts: BackfillFacts, of connection: ConnectionHeadFacts, draft: Draft = Draft(), in context: PageContext
    ) {
        head = ConnectionHead(connection, at: .backfill, in: context)
        title = context.words("backfill.title", ["name": facts.name])
        lead = context.words(facts.isReadable ? "backfill.lead" : "backfill.leadOwn")
        progress = facts.isMoving ? BackfillProgress(facts, in: context) : nil
        result = facts.isMoving ? nil : facts.run.map { BackfillResult($0, path: facts.path, in: context) }
        form = facts.isMoving ? nil : Self.form(facts, draft, in: context)
    }

    private static func form(_ facts: BackfillFacts, _ draft: Draft, in context: PageContext) -> Form {
        let sentence = draft.error?[context.language]
        return Form(
            action: facts.path, isReadable: facts.isReadable, makesContacts: draft.makesContacts, label: draft.label,
            tellsCRM: draft.tellsCRM, historySince: draft.historySince,
            labelError: draft.wrong == "label" ? sentence : nil,
            historyError: draft.wrong == "history_since" ? sentence : nil,
            error: draft.wrong == nil ? sentence : nil,
            button: context.words(facts.run == nil ? "backfill.begin" : "backfill.again"))
    }
}

/// How far it is. Asks again every second; when the work is done the whole page is loaded anew.
package struct BackfillProgress: PageFragment {
    package static let template = "backfill/progress"

    package let sentence: String
    /// Of `max` 1000; nil while nobody can tell.
    package let thousandths: String?
    package let percent: String?
    package let figures: String
    package let rate: String?
    package let left: String?
    package let trouble: String?
    package let refreshURL: String
    package let pageURL: String
    /// Nil while it is paused, or put back.
    package let pauseURL: String?
    package let resumeURL: String?
    package let stopURL: String?

    package init(_ facts: BackfillFacts, in context: PageContext) {
        let run = facts.run ?? BackfillFacts.Run(.done, .fromCRM)
        let share: Double?
        if case .running(let done, let all) = run.undo {
            share = all > 0 ? Double(done) / Double(all) : 1
            sentence = context.words("backfill.undoing")
            figures = context.words("backfill.of", Self.figures(done, all, in: context))
        } else {
            share = run.share
            sentence = Self.sentence(run, in: context)
            figures = Self.figures(run, in: context)
        }
        let isAtWork = run.state == .running && !facts.isUndoing
        thousandths = share.map { String(Int($0 * 1000)) }
        percent = share.map { context.formats.percent(hundredths: Int($0 * 100) * 100) }
        rate =
            isAtWork && run.rate >= 1
            ? context.words("backfill.rate", ["rate": context.formats.number(Int(run.rate))]) : nil
        left = run.left.map {
            context.words(
                "backfill.left", ["span": context.formats.span(milliseconds: max(1000, $0.wholeMilliseconds))])
        }
        trouble = isAtWork ? run.trouble?[context.language] : nil
        refreshURL = QueryText.url("/fragments\(facts.path)", [("state", Self.state(facts))])
        pageURL = facts.path
        pauseURL = isAtWork ? facts.path + "/pauses" : nil
        resumeURL = run.state == .paused ? facts.path + "/resumptions" : nil
        stopURL = run.state.isOver ? nil : facts.path + "/stops"
    }

    private static func sentence(_ run: BackfillFacts.Run, in context: PageContext) -> String {
        guard run.state == .running else { return context.words("backfill.paused") }
        return switch run.phase {
        case .fromCRM: context.words("backfill.phase.fromCRM")
        case .toCRM: context.words("backfill.phase.toCRM")
        case .history: context.words("backfill.phase.history")
        }
    }

    /// "24,310 of 100,000"; "12 so far" where nobody knows of how many, or there are more than the CRM said.
    private static func figures(_ run: BackfillFacts.Run, in context: PageContext) -> String {
        guard let expected = run.expected, run.done <= expected else {
            return context.words("backfill.soFar", ["done": context.formats.number(run.done)])
        }
        return context.words("backfill.of", figures(run.done, expected, in: context))
    }

    private static func figures(_ done: Int, _ all: Int, in context: PageContext) -> [String: String] {
        ["done": context.formats.number(done), "all": context.formats.number(all)]
    }

    /// What the fragment is drawn for: when it is another, the page is.
    package static func state(_ facts: BackfillFacts) -> String {
        facts.isUndoing ? "undoing" : facts.run?.state.rawValue ?? ""
    }
}

/// What one that has ended did.
package struct BackfillResult: Sendable {
    package struct Fact: Sendable {
        package let label: String
        package let count: String
    }

    package let sentence: String
    package let facts: [Fact]
    /// Nil where nothing can be put back.
    package let undoURL: String?
    package let undoNote: String?

    init(_ run: BackfillFacts.Run, path: String, in context: PageContext) {
        sentence = context.words(run.state == .done ? "backfill.done" : "backfill.stopped")
        let counts = run.counts
        facts = [
            ("backfill.count.read", counts.read), ("backfill.count.linked", counts.linked),
            ("backfill.count.made", counts.made), ("backfill.count.unknown", counts.unknown),
            ("backfill.count.others", counts.others), ("backfill.count.erased", counts.erased),
            ("backfill.count.withoutAddress", counts.withoutAddress), ("backfill.count.told", counts.told),
            ("backfill.count.failed", counts.failed), ("backfill.count.messages", counts.messages),
        ].filter { $0.1 > 0 }.map { key, count in
            Fact(label: Self.label(key, in: context), count: context.formats.number(count))
        }
        switch run.undo {
        case .possible(let until):
            undoURL = path + "/undos"
            undoNote = context.words(
                "backfill.undoUntil", ["moment": MomentText.sentence(until, in: context).short])
        case .done(let at, let person, let kept):
            undoURL = nil
            undoNote = context.words(
                "backfill.undone",
                [
                    "moment": MomentText.sentence(at, in: context).short, "name": person,
                    "kept": context.formats.number(kept),
                ])
        case .nothing, .running, .over:
            undoURL = nil
            undoNote = nil
        }
    }

    private static func label(_ key: String, in context: PageContext) -> String { context.words(key) }
}
