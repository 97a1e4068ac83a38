/// What people and programs do that somebody may ask about later. The raw value is what the trail keeps.
///
/// An entry names who, what, when and about whom by our own ids. It never holds what a page showed or a change wrote: an
/// erasure would have to find it there. What somebody typed to find people stands beside it: see ``SearchNote``.
package enum AuditEvent: String, CaseIterable, Sendable {
    /// Somebody opened a contact's page, or a conversation with them. Once an hour for each person and contact.
    case contactSeen = "contact.seen"
    /// Somebody listed or searched contacts. Once an hour for each person and search; the detail says by which filters.
    case contactsListed = "contacts.listed"
    /// Everything held about a contact was asked for, as a file.
    case contactExported = "contact.exported"
    /// That file was taken.
    case exportTaken = "contact.export_taken"
    case contactErased = "contact.erased"
    /// A CRM says that the company erased them there.
    case erasedInCRM = "contact.erased_in_crm"
    /// A list of contacts left as a file.
    case contactsExported = "contacts.exported"
    case auditExported = "audit.exported"
    case signedIn = "staff.signed_in"
    case staffAdded = "staff.added"
    case passwordReset = "staff.password_reset"
    case staffDisabled = "staff.disabled"
    case staffEnabled = "staff.enabled"
    case roleChanged = "staff.role_changed"
    /// A key of the API. The key itself is in no entry.
    case apiKeyMade = "api_key.made"
    case apiKeyDisabled = "api_key.disabled"
    case retentionChanged = "retention.changed"
    /// Somebody wrote down what a person said of consent, or asked them for it.
    case consentRecorded = "consent.recorded"
    case consentAsked = "consent.asked"
    /// Words, texts or rules of consent, or how strict the send gate is.
    case consentSettingsChanged = "consent.settings_changed"
    /// A CRM connection was made, got other credentials, was switched, was removed. What it is reached by is in no entry.
    case connectionMade = "connection.made"
    case connectionChanged = "connection.changed"
    case connectionOn = "connection.on"
    case connectionOff = "connection.off"
    case connectionRemoved = "connection.removed"
}

/// Events by what people ask: who saw, changed, took along, erased, came in.
package enum AuditKind: String, CaseIterable, Sendable {
    case seen, changed, exported, erased, access, settings
    /// What is done to conversations, dead letters and unrouted events, and whatever else has no kind of its own.
    case work

    /// Those of the trail; to `changed` the changes themselves belong as well. Empty for `work`.
    var events: [AuditEvent] {
        switch self {
        case .seen: [.contactSeen, .contactsListed]
        case .changed: [.consentRecorded, .consentAsked]
        case .work: []
        case .exported: [.contactExported, .exportTaken, .contactsExported, .auditExported]
        case .erased: [.contactErased, .erasedInCRM]
        case .access:
            [
                .signedIn, .staffAdded, .passwordReset, .staffDisabled, .staffEnabled, .roleChanged, .apiKeyMade,
                .apiKeyDisabled,
            ]
        case .settings:
            [
                .retentionChanged, .consentSettingsChanged, .connectionMade, .connectionChanged, .connectionOn,
                .connectionOff, .connectionRemoved,
            ]
        }
    }
}
