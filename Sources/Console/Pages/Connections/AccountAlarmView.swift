package import Domain

/// What Meta did to an account, until Meta or a person says that it is over.
package struct AccountAlarmFacts: Sendable {
    /// The path's last part but one: the alarm's id.
    package var id: String
    package var sentence: LocalizedText
    package var since: Timestamp

    package init(id: String, sentence: LocalizedText, since: Timestamp) {
        self.id = id
        self.sentence = sentence
        self.since = since
    }
}

/// Its notice above the news.
package struct AccountAlarmView: Sendable {
    package let sentence: String
    package let since: MomentText
    package let dismissalsURL: String

    init(_ facts: AccountAlarmFacts, in context: PageContext) {
        self.sentence = facts.sentence[context.language]
        self.since = MomentText.sentence(facts.since, in: context)
        self.dismissalsURL = "/connections/alarms/\(facts.id)/dismissals"
    }
}
