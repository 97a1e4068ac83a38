/// What of a customer's identity WhatsApp shows to the business.
package enum IdentityMode: String, CaseIterable, Sendable {
    /// As before April 2026: the phone number alone.
    case phone
    /// The phone number and the business-scoped user id; the usual case.
    case phoneAndBSUID = "phone_and_bsuid"
    /// A username beside both.
    case usernameAndPhone = "username_and_phone"
    /// A username and the business-scoped user id, without the phone number.
    case username
    /// Both, but `from` and `wa_id` carry the business-scoped user id, as some relays send it.
    case bsuidInFrom = "bsuid_in_from"

    var showsPhone: Bool { self != .username }
    var showsBSUID: Bool { self != .phone }
    var showsUsername: Bool { self == .username || self == .usernameAndPhone }
}
