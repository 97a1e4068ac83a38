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

/// Under a message that did not arrive, or waits at WhatsApp: why, and what can be done.
package struct FailureView: Sendable {
    package let sentence: String
    /// The vendor's code, for those who look it up.
    package let code: String?
    /// Sends it once more, as a new attempt under this one; nil where that cannot help.
    package let retryURL: String?
    /// It may have arrived after all, or may yet.
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
        case .accepted:
            guard let hold = facts.hold else { return nil }
            sentence = Self.sentence(of: hold, in: context)
            (code, retryURL, isUncertain) = (nil, nil, true)
        case .received, .queued, .sending, .sent, .delivered, .read, .played: return nil
        }
    }
}

extension FailureView {
    private static func sentence(of hold: SendReceipt.Hold, in context: PageContext) -> String {
        switch hold {
        case .qualityAssessment: context.words("bubble.heldForQuality")
        case .paused: context.words("bubble.heldPaused")
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
    /// Its dead letter.
    package let url: String?

    init?(_ facts: RecordFacts, in context: PageContext) {
        switch facts {
        case .notApplicable: return nil
        case .waiting(let name):
            (state, icon, url) = (.waiting, "circle-dashed", nil)
            label = context.words("record.waiting", ["connection": name])
        case .recorded(let name):
            (state, icon, url) = (.recorded, "cloud-check", nil)
            label = context.words("record.recorded", ["connection": name])
        case .failed(let name, let job):
            (state, icon, url) = (.failed, "cloud-alert", Self.url(of: job))
            label = context.words("record.failed", ["connection": name])
        }
    }

    /// The list, with this one opened and in sight.
    private static func url(of job: JobID) -> String {
        QueryText.url("/dead-letters", [("open", job.description)]) + "#dead-letter-\(job)"
    }
}
