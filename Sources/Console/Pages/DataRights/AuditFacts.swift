package import Domain

/// One line of the audit trail.
package struct AuditFacts: Sendable {
    package var id: Int64
    package var at: Timestamp
    package var actor: String
    /// As the trail keeps it: `contact.seen`, `change.edit`, `dismissed`, …
    package var event: String
    /// Of a change.
    package var title: LocalizedText?
    package var person: PersonFacts?
    package var conversation: ConversationID?
    package var erasure: ErasureID?
    package var search: Search?

    /// What contacts somebody looked for.
    package enum Search: Sendable {
        case typed(String)
        /// For somebody who was erased since.
        case erased
    }

    package init(
        id: Int64, at: Timestamp, actor: String, event: String, title: LocalizedText? = nil,
        person: PersonFacts? = nil, conversation: ConversationID? = nil, erasure: ErasureID? = nil,
        search: Search? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.event = event
        self.title = title
        self.person = person
        self.conversation = conversation
        self.erasure = erasure
        self.search = search
    }
}

/// Who did what to whom, and when.
package struct AuditRow: Sendable {
    package let id: String
    package let time: MomentText
    package let actor: String
    package let what: String
    package let icon: String
    package let person: String?
    /// Where it can be looked at; nil where there is nothing (any more).
    package let url: String?
    /// What the address leads to, where no person's name does.
    package let link: String

    package init(_ facts: AuditFacts, in context: PageContext) {
        self.id = String(facts.id)
        self.time = MomentText.sentence(facts.at, in: context)
        self.actor = facts.actor
        self.what = Self.words(of: facts, in: context)
        self.icon = Self.icon(of: facts.event)
        self.person = facts.person.map { $0.displayName(in: context) }
        self.url =
            if let erasure = facts.erasure {
                "/erasures/\(erasure)"
            } else if let conversation = facts.conversation {
                "/inbox/\(conversation)"
            } else {
                facts.person.map { "/contacts/\($0.id)" }
            }
        self.link = context.words(
            facts.erasure == nil ? "dataRights.audit.toConversation" : "dataRights.audit.toErasure")
    }

    /// What happened, in the reader's language; what no page knows stands there as the trail has it.
    static func words(of facts: AuditFacts, in context: PageContext) -> String {
        switch facts.search {
        case .typed(let query): return context.words("dataRights.audit.searched", ["query": query])
        case .erased: return context.words("dataRights.audit.searchedErased")
        case nil: break
        }
        let name = known[facts.event].map { context.words("dataRights.audit.event.\($0)") } ?? facts.event
        guard let title = facts.title else { return name }
        return "\(name): \(title[context.language])"
    }

    private static func icon(of event: String) -> String {
        switch event {
        case "contact.seen": "eye"
        case "contacts.listed": "search"
        case "contact.exported", "contact.export_taken", "contacts.exported", "audit.exported": "file-down"
        case "contact.erased", "contact.erased_in_crm": "eraser"
        case "staff.signed_in", "api_key.made", "api_key.disabled": "key-round"
        case "retention.changed", "consent.settings_changed": "sliders-horizontal"
        case "consent.recorded", "consent.asked": "pencil"
        case _ where event.hasPrefix("change."): "pencil"
        case _ where event.hasPrefix("staff."): "users"
        default: "activity"
        }
    }

    private static let known = [
        "contact.seen": "seen", "contacts.listed": "listed", "contact.exported": "exported",
        "contact.export_taken": "taken",
        "contact.erased": "erased", "contact.erased_in_crm": "erasedInCRM", "contacts.exported": "listExported",
        "audit.exported": "auditExported", "staff.signed_in": "signedIn", "staff.added": "staffAdded",
        "staff.password_reset": "passwordReset", "staff.disabled": "staffDisabled", "staff.enabled": "staffEnabled",
        "staff.role_changed": "roleChanged", "api_key.made": "apiKeyMade", "api_key.disabled": "apiKeyDisabled",
        "retention.changed": "retentionChanged",
        "consent.recorded": "consentRecorded", "consent.asked": "consentAsked",
        "consent.settings_changed": "consentSettingsChanged",
        "connection.made": "connectionMade", "connection.changed": "connectionChanged",
        "connection.on": "connectionOn", "connection.off": "connectionOff", "connection.removed": "connectionRemoved",
        "change.edit": "edit",
        "change.import": "import", "change.merge": "merge", "change.bulk": "bulk", "owner": "owner",
        "closed": "closed", "reopened": "reopened", "retried": "retried", "mended": "mended",
        "dismissed": "dismissed", "routed": "routed", "merged": "merged", "merge_undone": "mergeUndone",
    ]
}
