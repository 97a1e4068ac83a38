package import Domain

/// One line of the audit trail.
package struct AuditEntry: Sendable {
    /// Of the row in the trail, or of the change: sorts by time.
    package let id: Int64
    package let at: Timestamp
    /// A person's name, a key's, `puente`.
    package let actor: String
    /// An ``AuditEvent``, `change.edit` (`change.import`, …) for a change, or a word of the part that wrote it.
    package let event: String
    /// The row that it is about: a contact, a conversation, a person of the staff, a job, …
    package let subject: Int64
    /// Of a change: the sentence that its lists show.
    package let title: LocalizedText?
    /// The contact that it is about, where there is one and it is still here.
    package let person: PersonSummary?
    package let conversation: ConversationID?
    /// Whose report says more.
    package let erasure: ErasureID?
    /// What somebody typed to find contacts; nil where they listed them all, or where it was for somebody erased since.
    package let query: String?
    /// It was a search for somebody who was erased.
    package let isOfErased: Bool
    /// JSON: figures and ids of ours.
    package let detail: String
}

extension AuditEntry {
    /// The columns that `init(_:)` reads, of an entry `e`.
    static let columns = """
        e.id, e.subject_id, e.event, e.actor, e.at, e.detail, e.title, n.words AS typed, c.id AS conversation_id,
        \(PersonSummary.columns)
        """

    /// Ids are unique over all tables: what a subject is shows by where it is found.
    static let joins = """
        LEFT JOIN conversation c ON c.workspace_id = :workspace_id AND c.id = e.subject_id
        LEFT JOIN message m ON m.workspace_id = :workspace_id AND m.id = e.subject_id
        LEFT JOIN contact p ON p.workspace_id = :workspace_id
            AND p.id = COALESCE(c.contact_id, m.contact_id, e.subject_id)
        LEFT JOIN search_note n ON n.workspace_id = :workspace_id AND n.id = e.id
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        at = try row.get("at")
        actor = try row.get("actor")
        event = try row.get("event")
        subject = try row.get("subject_id")
        title = try row.decoration("title")
        person = try PersonSummary.ifPresent(row)
        conversation = try row.get("conversation_id")
        let said: [String: String]? = try row.decoration("detail")
        erasure = event == AuditEvent.contactErased.rawValue ? said?["erasure"].flatMap(ErasureID.init) : nil
        let isSearch = event == AuditEvent.contactsListed.rawValue
        query = try row.get("typed")
        isOfErased = isSearch && said?[SearchNote.mark] != nil && query == nil
        detail = try row.get("detail")
    }
}

/// Which entries a list shows.
package struct AuditQuery: Sendable {
    package var contact: ContactID?
    /// The whole name.
    package var actor: String?
    package var kind: AuditKind?
    /// From here on.
    package var from: Timestamp?
    /// Up to here, and not at it.
    package var until: Timestamp?
    package var before: ListPosition?
    package var limit: Int

    package init(
        contact: ContactID? = nil, actor: String? = nil, kind: AuditKind? = nil, from: Timestamp? = nil,
        until: Timestamp? = nil, before: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.contact = contact
        self.actor = actor
        self.kind = kind
        self.from = from
        self.until = until
        self.before = before
        self.limit = limit
    }
}
