package import Domain

/// Something that is wrong now and concerns everybody: a pause, a dead token, a full disk.
package struct AlarmFacts: Sendable {
    package enum Severity: Sendable { case warning, failure }

    package let severity: Severity
    /// What happened and what to do, for a person.
    package let sentence: LocalizedText
    /// Where it can be mended: a path of ours.
    package let url: String

    package init(severity: Severity, sentence: LocalizedText, url: String) {
        self.severity = severity
        self.sentence = sentence
        self.url = url
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
            Item(isFailure: $0.severity == .failure, sentence: $0.sentence[context.language], url: $0.url)
        }
        self.first = items.first
        self.others = Array(items.dropFirst())
        self.more = items.count > 1 ? context.words.count("alarms.more", items.count - 1) : nil
    }
}
