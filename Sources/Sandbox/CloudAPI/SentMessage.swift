import Domain

/// A message the business sent and Meta accepted.
struct SentMessage: Sendable {
    let id: String
    let numberID: String
    /// The key of the customer in the book.
    let customerKey: String
    /// As the business addressed it: `to` or `recipient`.
    let address: String
    let sentToPhone: Bool
    let type: String
    /// The request's body.
    let request: JSON
    let callbackData: String?
    let acceptedAt: Timestamp
    let pricing: Pricing
    /// For v23 webhooks.
    let conversationID: String
    var statuses: [(status: DeliveryStatus, at: Timestamp)] = []
    var failure: GraphError?

    /// The furthest the message has come; nil while only accepted.
    var furthest: DeliveryStatus? { statuses.map(\.status).max() }

    mutating func reach(_ status: DeliveryStatus, at now: Timestamp) {
        if !statuses.contains(where: { $0.status == status }) { statuses.append((status, now)) }
    }
}

/// How far a message has come on its way to the customer's phone.
enum DeliveryStatus: String, Comparable, Sendable, CaseIterable {
    case sent, delivered, read, played, failed

    static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .sent: 0
        case .failed: 1
        case .delivered: 2
        case .read: 3
        case .played: 4
        }
    }
}
