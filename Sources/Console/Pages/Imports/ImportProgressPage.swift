package import Domain
internal import Store

/// An import at work: checking, writing, or putting back.
package struct ImportProgressPage: Page {
    package static let template = "imports/progress-page"

    package let title: String
    package let tabs: ContactsTabs
    package let steps: ImportStepsView
    package let progress: ImportProgress

    package init(_ facts: ImportFacts, in context: PageContext) {
        title = facts.fileName
        tabs = ContactsTabs(.imports, in: context)
        steps = ImportStepsView(facts.state == .checking ? .report : .result, in: context)
        progress = ImportProgress(facts, in: context)
    }
}

/// How far it is. Asks again every second; when the work is done the whole page is loaded anew.
package struct ImportProgress: PageFragment {
    package static let template = "imports/progress"

    package let id: String
    package let sentence: String
    /// Of `max` 1000.
    package let thousandths: String
    package let percent: String
    package let rows: String
    package let rate: String?
    package let left: String?
    package let refreshURL: String
    package let pageURL: String
    /// Nil while an undo runs: it goes to its end.
    package let cancelURL: String?
    package let cancelAsk: String

    package init(_ facts: ImportFacts, in context: PageContext) {
        let share: Double
        id = facts.id.description
        if case .running(let done, let all) = facts.undo {
            share = all > 0 ? Double(done) / Double(all) : 1
            sentence = context.words("imports.progress.undoing")
            rows = context.words("imports.progress.undone", Self.figures(done, all, in: context))
            let pace = Self.pace(done, all, since: facts.undoBegan, now: context.now)
            rate = pace.map {
                context.words("imports.progress.undoRate", ["rate": context.formats.number(max(1, Int($0.rate)))])
            }
            left = pace.map { Self.left($0.left, in: context) }
            cancelURL = nil
        } else {
            let isChecking = facts.state == .checking
            share = facts.share
            sentence = context.words(isChecking ? "imports.progress.checking" : "imports.progress.importing")
            rows =
                isChecking
                ? context.words.count("imports.rows", facts.rows)
                : context.words(
                    "imports.progress.written",
                    Self.figures(facts.result?.total ?? 0, facts.report?.accepted ?? 0, in: context))
            rate =
                facts.rate > 0
                ? context.words("imports.progress.rate", ["rate": context.formats.number(Int(facts.rate))]) : nil
            left = facts.left.map { Self.left($0, in: context) }
            cancelURL = facts.path + "/cancellations"
        }
        thousandths = String(Int(share * 1000))
        percent = context.formats.percent(hundredths: Int(share * 100) * 100)
        refreshURL = QueryText.url("/fragments/imports/\(facts.id)", [("state", Self.state(facts))])
        pageURL = facts.path
        cancelAsk = context.words(facts.state == .importing ? "imports.cancelAsk" : "imports.cancelCheckAsk")
    }

    private static func left(_ span: Duration, in context: PageContext) -> String {
        context.words(
            "imports.progress.left",
            ["span": context.formats.span(milliseconds: max(1000, span.wholeMilliseconds))])
    }

    /// How fast an undo goes on the whole, and how long it will take; nil while nobody can tell.
    private static func pace(
        _ done: Int, _ all: Int, since began: Timestamp?, now: Timestamp
    ) -> (rate: Double, left: Duration)? {
        guard let began, done > 0, now - began >= .seconds(1) else { return nil }
        let rate = Double(done) * 1000 / Double((now - began).wholeMilliseconds)
        return (rate, .seconds(Double(max(0, all - done)) / rate))
    }

    private static func figures(_ done: Int, _ all: Int, in context: PageContext) -> [String: String] {
        ["done": context.formats.number(done), "all": context.formats.number(all)]
    }

    /// What the fragment is drawn for: when it is another, the page is.
    package static func state(_ facts: ImportFacts) -> String {
        facts.isUndoing ? "undoing" : facts.state.rawValue
    }
}
