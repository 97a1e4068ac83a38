package import Domain

/// A word about consent that is about to be written into the ledger.
package struct ConsentEntryDraft: Sendable {
    package var contact: ContactID
    package var purpose: ConsentPurpose
    package var change: ConsentEntry.Change
    package var isDouble: Bool
    package var source: ConsentSource
    /// What the person was shown or said, verbatim. At most 2,000 characters are kept.
    package var words: String
    /// When it was said, which may be long ago. What lies ahead counts as said now.
    package var at: Timestamp
    package var actor: String
    package var evidence: ConsentEvidence
    /// The message that said it. A message says something about a purpose once, and each edit of it once more.
    package var message: MessageID?
    /// The wamid of the edit that said it; empty for the message as it was first written.
    package var edit: String

    package init(
        contact: ContactID, purpose: ConsentPurpose, change: ConsentEntry.Change, isDouble: Bool = false,
        source: ConsentSource, words: String = "", at: Timestamp, actor: String,
        evidence: ConsentEvidence = ConsentEvidence(), message: MessageID? = nil, edit: String = ""
    ) {
        self.contact = contact
        self.purpose = purpose
        self.change = change
        self.isDouble = isDouble
        self.source = source
        self.words = words
        self.at = at
        self.actor = actor
        self.evidence = evidence
        self.message = message
        self.edit = edit
    }
}

extension ConsentEntryDraft {
    static let mostWords = 2000

    /// The columns of the entry beside `workspace_id`.
    func columns(id: ConsentEntryID, at now: Timestamp) throws -> SQLArguments {
        [
            "id": id, "contact_id": contact, "purpose": purpose, "change": change, "is_double": isDouble,
            "source": source, "words": String(words.prefix(Self.mostWords)), "at": min(at, now), "recorded_at": now,
            "actor": actor, "evidence": try JSONText.encode(evidence), "message_id": message,
            "edit_wamid": edit, "change_id": evidence.change,
        ]
    }
}

/// What an entry has brought about.
package struct ConsentOutcome: Equatable, Sendable {
    package let entry: ConsentEntryID
    package let before: ConsentStanding?
    package let after: ConsentStanding?
}

extension ConsentPurpose: SQLConvertible {}
extension ConsentSource: SQLConvertible {}
extension ConsentEntry.Change: SQLConvertible {}
extension ConsentStanding.Word: SQLConvertible {}
extension OptInState: SQLConvertible {}
