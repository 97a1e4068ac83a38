import Domain
import Pipeline
import Store

/// Turns the messages of a thread into what its page is made from: the same for the page and for its fragment.
struct ThreadReading {
    /// Whose "you" it is.
    let reader: StaffID
    /// Free messages are allowed: only then does sending a text once more help.
    let isWindowOpen: Bool

    /// - Parameter messages: oldest first.
    func facts(_ messages: [StoredMessage]) -> [MessageFacts] {
        var leavesGap = false
        return messages.map { message in
            var facts = facts(message)
            guard !facts.isInbound, !message.isReaction else { return facts }
            if message.isMissing {
                leavesGap = true
            } else if message.hasLeft {
                facts.followsGap = leavesGap
                leavesGap = false
            }
            return facts
        }
    }

    private func facts(_ message: StoredMessage) -> MessageFacts {
        MessageFacts(
            id: message.id, messageID: message.wamid, author: author(of: message), at: message.at,
            content: message.content, status: message.status, failure: failure(of: message), hold: message.hold,
            media: message.media.map { media($0) }, quote: message.quoted.map(QuoteFacts.init),
            isForwarded: message.context?.context?.isForwarded ?? false, isEdited: message.editedAt != nil,
            isDeleted: message.revokedAt != nil, isHistory: message.origin == .history,
            advertisement: message.context?.referral.map {
                AdvertisementFacts(headline: $0.headline, url: $0.sourceURL)
            },
            record: RecordFacts(message.records), attemptOf: message.retryOf,
            reactions: message.reactions.map { ReactionFacts(isInbound: $0.isInbound, emoji: $0.emoji) })
    }

    private func author(of message: StoredMessage) -> MessageFacts.Author {
        let name = message.author ?? ""
        switch message.origin {
        case .customer: return .customer
        case .history: return message.isInbound ? .customer : .phone
        case .echo: return .phone
        case .staff: return .staff(name: name, isReader: message.staff == reader)
        case .automation: return .automation(rule: name)
        case .api: return .api
        case .crm: return .crm(connection: name)
        }
    }

    /// What is told under a message of ours that did not arrive.
    private func failure(of message: StoredMessage) -> SendFailureFacts? {
        guard !message.isInbound, message.status == .failed || message.status == .refused else { return nil }
        return SendFailureFacts(
            code: message.failure?.code,
            advice: message.failure.map { FailureAdvice($0).advice }
                ?? LocalizedText(
                    en: "WhatsApp did not deliver it and gave no reason.",
                    es: "WhatsApp no lo entregó y no indicó el motivo."),
            mayRetry: message.retriedBy == nil && (isWindowOpen || message.isTemplate))
    }

    private func media(_ file: MessageFile) -> MediaFacts {
        let state: MediaFacts.State =
            switch file.state {
            case .stored: .stored(bytes: file.size ?? 0)
            case .fetching: .fetching
            case .failed:
                .failed(
                    file.failure.map { FailureAdvice($0).advice }
                        ?? LocalizedText(
                            en: "The reason is not known. Try again.", es: "No se conoce el motivo. Inténtelo de nuevo."
                        ))
            case .pruned: .pruned
            }
        return MediaFacts(id: file.id, state: state)
    }
}

extension StoredMessage {
    fileprivate var isReaction: Bool {
        if case .reaction = content { true } else { false }
    }

    fileprivate var isTemplate: Bool {
        if case .template = content { true } else { false }
    }

    /// It did not reach the customer, and nothing was sent in its place.
    fileprivate var isMissing: Bool {
        (status == .failed || status == .refused) && retriedBy == nil
    }

    fileprivate var hasLeft: Bool {
        switch status {
        case .accepted, .sent, .delivered, .read, .played: true
        case .received, .queued, .sending, .uncertain, .failed, .refused: false
        }
    }
}
