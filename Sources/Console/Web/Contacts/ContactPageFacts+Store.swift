import Domain
import PhoneNumbers
import Store

extension ContactPageFacts {
    /// - Parameter namesNumber: with one number its name says nothing.
    init(
        _ detail: ContactDetail, _ summary: ContactSummary, conversations: [ConversationSummary], namesNumber: Bool,
        sync: [ConnectionID: SyncOfContact] = [:]
    ) {
        self.init(
            heading: ContactHeadingFacts(summary), name: detail.person.name, language: detail.language,
            note: detail.note, handles: detail.handles.map(Handle.init),
            links: detail.remoteRefs.map { ref in
                ContactFacts.Link(
                    connection: CRMName.shown(ref.name, kind: ref.kind), lastSync: ref.syncedAt,
                    isSwitchedOff: ref.isSwitchedOff, url: ref.pageURL,
                    unreadable: ref.unreadableNumbers.map(ContactFacts.Link.Unreadable.init),
                    sync: ContactFacts.Link.Sync(
                        slug: ref.name, comparedAt: sync[ref.connection]?.comparedAt,
                        conflicts: sync[ref.connection]?.conflicts ?? 0))
            },
            conversations: conversations.map { Conversation($0, namesNumber: namesNumber) },
            createdAt: detail.createdAt, updatedAt: detail.updatedAt)
    }
}

extension ContactFacts.Link.Unreadable {
    init(_ number: UnreadableNumber) {
        // A reason that a later release knew is told as the plainest one.
        self.init(number.text, (PhoneNumberProblem(rawValue: number.problem) ?? .notANumber).reason)
    }
}

extension ContactHeadingFacts {
    init(_ summary: ContactSummary) {
        self.init(
            person: PersonFacts(summary.person), profileName: summary.person.profileName,
            states: summary.states, labels: summary.labels.map(LabelFacts.init))
    }
}

extension ContactPageFacts.Handle {
    fileprivate init(_ handle: ContactDetail.Handle) {
        let kind = ContactPageFacts.HandleKind(stored: handle.kind)
        let phone = kind == .phone ? PhoneFacts(digits: handle.address) : nil
        self.init(
            id: handle.id, kind: kind, text: phone?.international ?? handle.address,
            copied: phone == nil ? handle.address : "+" + handle.address, country: phone?.country,
            phone: phone, isDoubtful: phone?.isDoubtful == true && !handle.isOfWhatsApp,
            unreachable: handle.unreachable.map(ContactPageFacts.Unreachable.init),
            validFrom: handle.validFrom, validTo: handle.validTo, evidence: handle.evidence)
    }
}

extension ContactPageFacts.Unreachable {
    init(_ number: UnreachableNumber) {
        self.init(since: number.since, lastAt: number.lastAt, messages: number.count)
    }
}

extension ContactPageFacts.HandleKind {
    init(stored: String) {
        switch stored {
        case "phone": self = .phone
        case "email": self = .email
        case "bsuid": self = .bsuid
        case "parent_bsuid": self = .parentBSUID
        default: self = .other
        }
    }
}

extension ContactPageFacts.Conversation {
    fileprivate init(_ conversation: ConversationSummary, namesNumber: Bool) {
        self.init(
            id: conversation.id, preview: conversation.preview, isClosed: conversation.isClosed,
            unread: conversation.unread, lastMessageAt: conversation.lastMessageAt,
            number: namesNumber ? conversation.numberName : nil)
    }
}
