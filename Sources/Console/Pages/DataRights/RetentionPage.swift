package import Domain

/// How long one kind of data is kept.
package struct RetentionFacts: Sendable {
    /// `raw_bodies`, `messages`, …
    package var kind: String
    /// What the field says: a number of days, as typed; empty for ever.
    package var typed: String
    /// Nil for ever.
    package var days: Int?
    package var range: ClosedRange<Int>
    package var mayStay: Bool
    /// puente.yaml says it, or it belongs to the installation: nobody changes it here.
    package var isFixed: Bool
    package var error: LocalizedText?
    /// How many a rule would remove now; nil where nobody asked, or where that cannot be counted.
    package var preview: (count: Int, isMore: Bool)?

    package init(
        kind: String, typed: String, days: Int?, range: ClosedRange<Int>, mayStay: Bool, isFixed: Bool,
        error: LocalizedText? = nil, preview: (count: Int, isMore: Bool)? = nil
    ) {
        self.kind = kind
        self.typed = typed
        self.days = days
        self.range = range
        self.mayStay = mayStay
        self.isFixed = isFixed
        self.error = error
        self.preview = preview
    }
}

/// How long data is kept, kind by kind: for administrators.
package struct RetentionPage: Page {
    package static let template = "data-rights/retention"

    package enum Command: String, CaseIterable, Sendable { case rules }

    package struct Rule: Sendable {
        package let kind: String
        package let label: String
        package let explanation: String
        package let value: String
        package let hint: String
        package let isFixed: Bool
        /// "365 days"
        package let length: String
        package let lowest: String
        package let highest: String
        package let isRequired: Bool
        package let error: String?
        package let preview: String?
        package let isRemoving: Bool
    }

    package let title: String
    package let rules: [Rule]
    package let notice: OutcomeNotice?

    package init(_ facts: [RetentionFacts], notice: OutcomeNotice? = nil, in context: PageContext) {
        self.title = context.words("dataRights.retention.title")
        self.rules = facts.map { Self.rule($0, in: context) }
        self.notice = notice
    }

    private static func rule(_ facts: RetentionFacts, in context: PageContext) -> Rule {
        let words = context.words
        let key = words.key(of: facts.kind)
        let (low, high) = (String(facts.range.lowerBound), String(facts.range.upperBound))
        return Rule(
            kind: facts.kind, label: words("dataRights.retention.kind.\(key)"),
            explanation: words("dataRights.retention.about.\(key)"),
            value: facts.typed,
            hint: words(
                facts.mayStay ? "dataRights.retention.hint.stays" : "dataRights.retention.hint.goes",
                [
                    "low": context.formats.number(facts.range.lowerBound),
                    "high": context.formats.number(facts.range.upperBound),
                ]),
            isFixed: facts.isFixed, length: PersonDataPage.length(facts.days, in: context), lowest: low,
            highest: high, isRequired: !facts.mayStay, error: facts.error?[context.language],
            preview: facts.preview.map { preview in
                let shown = context.formats.number(preview.count) + (preview.isMore ? "+" : "")
                return words("dataRights.retention.preview.\(key)", ["count": shown])
            },
            isRemoving: (facts.preview?.count ?? 0) > 0)
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("dataRights.retention.done.\(command.rawValue)"))
    }
}

extension Words {
    /// `raw_bodies` is `rawBodies` among the words.
    func key(of kind: String) -> String { kind == "raw_bodies" ? "rawBodies" : kind }
}
