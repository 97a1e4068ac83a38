/// What one POST carries, kept until the other side has taken it.
struct WebhookShipment: Sendable {
    let updates: [WebhookUpdate]
    /// Counted from 0.
    var attempt = 0

    /// The updates that may travel together with the first one: of the same kind, unless it goes alone.
    static func canJoin(_ first: WebhookUpdate, _ next: WebhookUpdate) -> Bool {
        switch (first.kind, next.kind) {
        case (.change, .change), (.event, .event): true
        default: false
        }
    }
}
