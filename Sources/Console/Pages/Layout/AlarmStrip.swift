package import Domain

/// Something that is wrong now and concerns everybody: a pause, a dead token, a full disk.
package struct AlarmFacts: Sendable {
    package enum Severity: Sendable { case warning, failure }

    package let severity: Severity
    /// What happened and what to do, for a person.
    package let sentence: LocalizedText
    /// Where it can be mended: a path of ours.
    package let url: String
    /// When it began, where people ask for that.
    package let since: Timestamp?

    package init(severity: Severity, sentence: LocalizedText, url: String, since: Timestamp? = nil) {
        self.severity = severity
        self.sentence = sentence
        self.url = url
        self.since = since
    }
}

/// The strip above every page. Fetched again on the event `alarms`.
package struct AlarmStrip: PageFragment {
    package static let template = "layout/alarms"

    package struct Item: Sendable {
        package let isFailure: Bool
        package let sentence: String
        package let url: String
    }

    /// The worst alarm; nil when all is well.
    package let first: Item?
    package let others: [Item]
    /// "and 2 more"; nil when there is only one.
    package let more: String?

    package init(_ alarms: [AlarmFacts], in context: PageContext) {
        let items = alarms.map {
            Item(isFailure: $0.severity == .failure, sentence: Self.sentence(of: $0, in: context), url: $0.url)
        }
        self.first = items.first
        self.others = Array(items.dropFirst())
        self.more = items.count > 1 ? context.words.count("alarms.more", items.count - 1) : nil
    }
    private static func sentence(of alarm: AlarmFacts, in context: PageContext) -> String {
        let sentence = alarm.sentence[context.language]
        guard let since = alarm.since else { return sentence }
        let moment = MomentText.sentence(since, in: context).short
        return sentence + " " + context.words("alarms.since", ["time": moment])
    }
}
