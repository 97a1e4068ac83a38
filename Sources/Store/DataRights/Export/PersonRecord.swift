package import Domain

/// Everything held about a person but the messages, which come in pages. Its encoding, with names in snake case, is the
/// beginning of the file that a person is given.
package struct PersonRecord: Encodable, Sendable {
    package struct Contact: Encodable, Sendable {
        package let id: ContactID
        /// As the company knows the person.
        package let name: String
        /// As the person calls themself on WhatsApp.
        package let profileName: String
        package let username: String?
        package let language: String?
        package let note: String
        package let createdAt: RecordedTime
        package let updatedAt: RecordedTime
        /// The contact that this one was merged into; nil for the one that is listed.
        package let mergedInto: ContactID?
    }

    package struct Handle: Encodable, Sendable {
        package let kind: String
        package let address: String
        package let validFrom: RecordedTime
        /// Nil while it holds.
        package let validTo: RecordedTime?
        /// How it became known.
        package let evidence: String
        /// Of a phone: `mobile`, `fixed_line`, …
        package let numberKind: String?
        /// Since when messages to it could not be delivered, as far as is known.
        package let unreachableSince: RecordedTime?
        package let unreachableMessages: Int?
    }

    package struct Label: Encodable, Sendable {
        package let name: String
        package let addedBy: String
        package let addedAt: RecordedTime
        /// As ``LabelSource`` says it.
        package let source: String
    }

    /// A rule that puts a label on no more: somebody took it off by hand.
    package struct RuleExemption: Encodable, Sendable {
        package let rule: String
        package let label: String
    }

    package struct Field: Encodable, Sendable {
        package let key: String
        package let name: String
        package let value: String
        package let changedAt: RecordedTime
    }

    package struct SpecialState: Encodable, Sendable {
        package let state: String
        package let since: RecordedTime
        package let setBy: String
        package let reason: String
    }

    package struct Standing: Encodable, Sendable {
        package let purpose: String
        package let standing: String
        package let isDouble: Bool
        package let since: RecordedTime
    }

    package struct ConsentEntry: Encodable, Sendable {
        package let purpose: String
        package let change: String
        package let isDouble: Bool
        package let source: String
        /// What the person was shown or said.
        package let words: String
        package let at: RecordedTime
        package let recordedAt: RecordedTime
        package let recordedBy: String
        package let evidence: RecordedJSON
    }

    package struct OptIn: Encodable, Sendable {
        package let state: String
        package let words: String
        package let askedBy: String
        package let askedAt: RecordedTime
        package let answeredAt: RecordedTime?
    }

    package struct CRMRecord: Encodable, Sendable {
        package let connection: String
        package let kind: String
        package let remoteID: String
        package let linkedAt: RecordedTime
        package let seenAt: RecordedTime
        package let unreadableNumbers: [UnreadableNumber]
    }

    /// What went to a CRM or came from it.
    package struct CRMChange: Encodable, Sendable {
        package let connection: String
        package let at: RecordedTime
        package let by: String
        /// The CRM's own name of its field.
        package let field: String
        package let kind: String
        package let before: String
        package let after: String
    }

    package struct Conversation: Encodable, Sendable {
        package let id: ConversationID
        /// The company's number.
        package let number: String
        package let state: String
        package let createdAt: RecordedTime
        package let lastMessageAt: RecordedTime
    }

    /// What a change wrote of this person.
    package struct Change: Encodable, Sendable {
        package let at: RecordedTime
        package let by: String
        package let kind: String
        package let title: LocalizedText
        package let relation: String
        package let before: RecordedJSON?
        package let after: RecordedJSON?
    }

    /// What a list that was imported said of them; kept for some days.
    package struct ListRow: Encodable, Sendable {
        package let list: String
        package let at: RecordedTime
        package let row: Int
        package let verdict: String
        package let person: RecordedJSON
    }

    /// What WhatsApp told of them beside messages: that they stopped marketing, for example.
    package struct Notice: Encodable, Sendable {
        package let field: String
        package let event: String
        package let at: RecordedTime?
        package let detail: RecordedJSON
    }

    /// Who saw, exported or handled them.
    package struct Access: Encodable, Sendable {
        package let at: RecordedTime
        package let by: String
        package let event: String
    }

    package let workspace: String
    package let contacts: [Contact]
    package let handles: [Handle]
    package let labels: [Label]
    package let ruleExemptions: [RuleExemption]
    package let fields: [Field]
    package let states: [SpecialState]
    package let consent: [Standing]
    package let consentEntries: [ConsentEntry]
    package let optIns: [OptIn]
    package let crmRecords: [CRMRecord]
    package let crmChanges: [CRMChange]
    package let listRows: [ListRow]
    package let notices: [Notice]
    package let changes: [Change]
    package let access: [Access]
    package let conversations: [Conversation]
}

extension PersonRecord {
    /// The name to address the person by; empty when there is none.
    package var name: String {
        contacts.lazy.flatMap { [$0.name, $0.profileName] }.first { !$0.isEmpty } ?? ""
    }
}
