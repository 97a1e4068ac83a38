/// One thing that Meta told us, out of one `changes[]` item of a webhook. A POST may carry a thousand of them.
///
/// Decoded by the WhatsApp target, recorded by the store. An update that cannot be understood is still an update:
/// `.unrouted` with the reason, so that nothing is dropped in silence.
package struct Update: Equatable, Sendable {
    package enum Fact: Equatable, Sendable {
        case message(ReceivedMessage)
        case status(ReceivedStatus)
        case edit(MessageEdit)
        case revocation(MessageRevocation)
        case identityChange(IdentityChange)
        case preference(ContactPreference)
        case template(TemplateNotice)
        /// Everything about accounts, numbers, quality, groups, flows, partners: kept, and shown where an operator should
        /// know of it.
        case notice(AccountNotice)
        case unrouted(UnroutedReason, excerpt: String)
    }

    /// `entry[].id`: the WABA, except for partner events and Meta's test payloads ("0").
    package let wabaID: String
    /// `value.metadata.phone_number_id`, where the field has one.
    package let phoneNumberID: String?
    /// `changes[].field`, for example `messages`.
    package let field: String
    package let fact: Fact

    package init(wabaID: String, phoneNumberID: String?, field: String, fact: Fact) {
        self.wabaID = wabaID
        self.phoneNumberID = phoneNumberID
        self.field = field
        self.fact = fact
    }
}

/// Why something is in the list "unrouted".
package enum UnroutedReason: String, Codable, CaseIterable, Sendable {
    /// The body is not JSON, or is nested too deeply.
    case invalidJSON
    /// JSON, but not a WhatsApp webhook.
    case notAWebhook
    /// A change without the parts that its field must have.
    case malformed
    /// A field that this version does not know.
    case unknownField
    /// No number with this `phone_number_id` is configured.
    case unknownNumber
    /// No account with this WABA id is configured.
    case unknownAccount
    /// Signed by an app that is not bound to the number or account it speaks of.
    case signedByAnotherApp
    /// Seen three times without an outcome.
    case stoppedInterpreter
}

/// The customer's side of a message or status, as far as the webhook names it. Empty strings count as absent.
package struct Participant: Equatable, Hashable, Codable, Sendable {
    /// `wa_id`: digits as Meta writes them, verbatim.
    package var waID: String?
    /// The business-scoped user id (BSUID), for example `US.13491208655302741918`.
    package var userID: String?
    package var parentUserID: String?
    /// Without a leading "@". Display only: never a key.
    package var username: String?
    package var profileName: String?

    package init(
        waID: String? = nil, userID: String? = nil, parentUserID: String? = nil, username: String? = nil,
        profileName: String? = nil
    ) {
        self.waID = waID
        self.userID = userID
        self.parentUserID = parentUserID
        self.username = username
        self.profileName = profileName
    }

    /// Whether anything here can find the person again.
    package var isIdentified: Bool { waID != nil || userID != nil || parentUserID != nil }
}
