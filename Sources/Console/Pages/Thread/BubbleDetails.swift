import Domain

/// The quoted message above an answer.
package struct QuoteView: Sendable {
    package let author: String
    package let excerpt: MessageExcerpt?
    /// Leads to the quoted bubble on this page.
    package let anchor: String?
    package let messageID: String?

    init(_ facts: QuoteFacts, person: String, in context: PageContext) {
        self.author = facts.author ?? person
        self.excerpt = facts.content.map { MessageExcerpt($0, in: context) }
        self.anchor = facts.id.map { "#message-\($0)" }
        self.messageID = facts.id?.description
    }
}

/// Under a message that did not arrive: why, and what can be done.
package struct FailureView: Sendable {
    package let sentence: String
    /// The vendor's code, for those who look it up.
    package let code: String?
    /// Sends it once more, as a new attempt under this one; nil where that cannot help.
    package let retryURL: String?
    /// It may have arrived after all.
    package let isUncertain: Bool

    init?(_ facts: MessageFacts, conversation: ConversationID, in context: PageContext) {
        let attempts = "/inbox/\(conversation)/messages/\(facts.id)/attempts"
        switch facts.status {
        case .failed, .refused:
            let failure = facts.failure
            sentence = failure?.advice[context.language] ?? context.words("bubble.failedWithoutReason")
            code = failure?.code
            retryURL = failure?.mayRetry == false ? nil : attempts
            isUncertain = false
        case .uncertain:
            sentence = context.words("bubble.uncertain")
            (code, retryURL, isUncertain) = (nil, nil, true)
        case .received, .queued, .sending, .accepted, .sent, .delivered, .read, .played: return nil
        }
    }
}

/// The mark at a bubble's lower corner: what became of it in the CRM.
package struct RecordView: Sendable {
    package enum State: Sendable { case waiting, recorded, failed }

    package let state: State
    package let icon: String
    /// "Recorded in HubSpot"
    package let label: String
    /// The record, or the dead letter.
    package let url: String?
    /// The address is another system's: opened beside the console.
    package let isElsewhere: Bool

    init?(_ facts: RecordFacts, in context: PageContext) {
        switch facts {
        case .notApplicable: return nil
        case .waiting(let name):
            (state, icon, url, isElsewhere) = (.waiting, "circle-dashed", nil, false)
            label = context.words("record.waiting", ["connection": name])
        case .recorded(let name, let link):
            let address = link.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
            (state, icon, url, isElsewhere) = (.recorded, "cloud-check", address, true)
            label = context.words("record.recorded", ["connection": name])
        case .failed(let name, let job):
            (state, icon, url, isElsewhere) = (.failed, "cloud-alert", "/dead-letters/\(job)", false)
            label = context.words("record.failed", ["connection": name])
        }
    }
}
