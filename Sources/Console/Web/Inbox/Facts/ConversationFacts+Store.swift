import Domain
import Store

extension ConversationFacts {
    /// - Parameters:
    ///   - reader: whose "you" it is.
    ///   - namesNumber: there are several business numbers, so that each row says which.
    init(_ summary: ConversationSummary, reader: StaffID, namesNumber: Bool) {
        self.init(
            id: summary.id, person: PersonFacts(summary.person), last: LastMessageFacts(summary),
            unread: summary.unread,
            owner: OwnerFacts(summary.owner, name: summary.ownerName, reader: reader),
            windowEnds: summary.windowEnds, waitingSince: summary.isClosed ? nil : summary.waitingSince,
            hasDeadLetter: summary.hasDeadLetter, number: namesNumber ? summary.numberName : nil,
            isClosed: summary.isClosed)
    }
}

extension OwnerFacts {
    /// - Parameter name: of the person who owns it.
    init(_ owner: ConversationOwner, name: String?, reader: StaffID) {
        switch owner {
        case .automation: self = .automation
        case .queue: self = .queue
        case .person(let id): self = .person(id: id, name: name ?? id.description, isReader: id == reader)
        }
    }
}

extension LastMessageFacts {
    /// Nil before the first message. A message that was pruned left its line of preview behind.
    fileprivate init?(_ summary: ConversationSummary) {
        if let last = summary.last {
            self.init(
                content: last.content, isInbound: last.isInbound, status: last.status, at: summary.lastMessageAt,
                isDeleted: last.isRevoked)
        } else if !summary.preview.isEmpty {
            self.init(
                content: .text(TextContent(body: summary.preview)), isInbound: true, status: .received,
                at: summary.lastMessageAt)
        } else {
            return nil
        }
    }
}
