/// One thing that goes wrong on purpose.
struct Fault: Sendable, Equatable {
    enum Target: String, Sendable, CaseIterable {
        case whatsapp, hubspot, own, salesforce, webhooks
        case zoho

        /// Those whose vendor limits can be switched on and off.
        static let limited: [Self] = [.whatsapp, .hubspot, .salesforce, .zoho]
        case odoo
    }

    enum Kind: String, Sendable, CaseIterable {
        /// Waits before acting, or after acting and before the answer (`when: "after"`); webhooks go out late.
        case delay
        /// A webhook body is posted twice.
        case duplicate
        /// An update is held back for a random time up to `milliseconds`, so that later ones overtake it.
        case reorder
        /// Acts and then cuts the connection; for webhooks: delivers, takes the answer for lost, delivers again.
        case dropAnswer = "drop_answer"
        /// Cuts the connection without acting; for webhooks: the update is lost for good.
        case dropRequest = "drop_request"
        /// Answers `status` (with `body` and `retry_after` when given) without acting.
        case status
        /// Answers Meta's error envelope with `code` without acting.
        case graphCode = "graph_code"
        /// Answers as if the access token had expired.
        case tokenDeath = "token_death"
        /// Acts and sends only the first half of the answer's bytes.
        case truncate
        /// Single items of a batch fail while the others go through; `share` counts items.
        case itemError = "item_error"
    }

    /// How a simulator refuses a call for a fault, in its vendor's own form.
    enum Refusal: Sendable, Equatable {
        case status(Int, body: String?, retryAfter: Int?)
        case graphCode(Int)
        case tokenDeath
    }

    let target: Target
    let kind: Kind
    /// From 0 to 1: how many of the matching calls are struck.
    let share: Double
    /// How many more are struck; nil: no end.
    var remaining: Int?
    /// How many were struck.
    var hits = 0

    let method: String?
    /// Text the path must contain.
    let path: String?
    let milliseconds: Int64
    let isAfter: Bool
    let status: Int
    let code: Int
    let body: String?
    let retryAfter: Int?

    var refusal: Refusal? {
        switch kind {
        case .status: .status(status, body: body, retryAfter: retryAfter)
        case .graphCode: .graphCode(code)
        case .tokenDeath: .tokenDeath
        case .delay, .duplicate, .reorder, .dropAnswer, .dropRequest, .truncate, .itemError: nil
        }
    }
}
