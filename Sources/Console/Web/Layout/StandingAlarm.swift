package import Domain

/// Something that is wrong with this process now and concerns everybody. It lasts as long as its cause and is read from the
/// process, not from the database: a disk may be too full to write it down.
package struct StandingAlarm: Hashable, Sendable {
    /// For programs: the label `kind` of the metric `puente_alarms_open`.
    package let kind: String
    /// What happened and what to do, for a person.
    package let text: LocalizedText
    /// Where a person sees more of it: a path of ours.
    package let url: String

    package init(kind: String, text: LocalizedText, url: String) {
        self.kind = kind
        self.text = text
        self.url = url
    }
}

extension AlarmFacts {
    init(_ alarm: StandingAlarm) {
        self.init(severity: .failure, sentence: alarm.text, url: alarm.url)
    }
}
