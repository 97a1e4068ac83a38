/// Why a call to a vendor (Meta or a CRM) did not succeed, classified once, where the answer was read.
/// No layer above looks at an HTTP status or a vendor's code again.
package struct CallFailure: Error, Equatable, Codable, Sendable {
    package enum Kind: Equatable, Codable, Sendable {
        /// Certainly not done; the same call may succeed soon.
        case transient
        /// Certainly not done; not before this long. Uses up no attempt.
        case throttled(retryAfter: Duration)
        /// Certainly not done, and the same call never will be.
        case permanent
        /// Certainly not done: everything in the scope must stop until a person mends it.
        case accountWide
        /// It may have been done: the request had been written when the connection or our patience ended.
        case unknown
        /// The destination itself is away: no connection could be made. Uses up no attempt; opens the circuit.
        case unreachable
    }

    package let kind: Kind
    /// The vendor's code, or ours for what never reached one: `timeout`, `connect`, `http-502`, `131047`.
    package let code: String
    /// What the failure covers. A pause of this scope stops every lane in it.
    package let scope: PauseScope
    /// The vendor's own text, without secrets, for the operator.
    package let vendorText: String
    /// What a person is told: what happened and what to do.
    package let advice: LocalizedText
    /// Of a contact's record in a CRM: the field that is at fault; nil where it does not say.
    package var field: RefusedField?

    package init(kind: Kind, code: String, scope: PauseScope, vendorText: String, advice: LocalizedText) {
        self.kind = kind
        self.code = code
        self.scope = scope
        self.vendorText = vendorText
        self.advice = advice
    }
}

/// What a limit or a pause applies to. The key itself is known where the call is made.
package enum PauseScope: String, Codable, CaseIterable, Sendable {
    /// This message or record alone.
    case message
    /// One business number and one customer.
    case pair
    case number
    case waba
    case portfolio
    case app
    /// One access token.
    case credential
    /// One CRM account.
    case connection
    case workspace
}
