package import Domain

/// A subscriber as its courier needs it. The secrets are opened, and never logged.
package struct HookTarget: Sendable {
    package let endpoint: WebhookEndpoint
    package let workspace: WorkspaceID
    package let secret: String
    /// Signs as well, for a while.
    package let previousSecret: String?
}

/// One event on its way to one subscriber.
package struct HookDelivery: Sendable {
    package let id: WebhookDeliveryID
    package let event: WebhookEventID
    package let body: String
    /// Those that ended before.
    package let attempts: Int
}

/// What a courier has to do next; nothing where the subscriber is gone or off.
package struct HookTurn: Sendable {
    package let target: HookTarget?
    package let deliveries: [HookDelivery]
}

/// What came of one try.
package struct HookAttempt: Sendable {
    package let delivery: WebhookDeliveryID
    package let verdict: HookVerdict
    /// HTTP; nil: there was no answer.
    package let status: Int?
    /// Nil where it arrived.
    package let error: LocalizedText?
    package let took: Duration
    package let at: Timestamp

    package init(
        delivery: WebhookDeliveryID, verdict: HookVerdict, status: Int?, error: LocalizedText?, took: Duration,
        at: Timestamp
    ) {
        self.delivery = delivery
        self.verdict = verdict
        self.status = status
        self.error = error
        self.took = took
        self.at = at
    }
}

/// A line of a subscriber's log.
package struct WebhookDelivery: Sendable {
    package enum State: String, CaseIterable, SQLConvertible, Sendable { case waiting, delivered, failed }

    package let id: WebhookDeliveryID
    package let event: WebhookEventID
    package let type: WebhookEventType
    package let state: State
    package let attempts: Int
    /// When it is tried next, while it waits.
    package let dueAt: Timestamp
    package let status: Int?
    package let error: LocalizedText?
    package let took: Duration?
    package let triedAt: Timestamp?
    package let createdAt: Timestamp
    /// The body; nil in lists, and where it is not kept any more.
    package let payload: String?
}

extension WebhookDelivery {
    static let columns = """
        d.id, d.event_id, d.type, d.state, d.attempt, d.due_at, d.status, d.error, d.duration, d.tried_at, d.created_at
        """

    init(_ row: SQLRow, payload: String? = nil) throws {
        id = try row.get("id")
        event = try row.get("event_id")
        type = try row.get("type")
        state = try row.get("state")
        attempts = try row.get("attempt")
        dueAt = try row.get("due_at")
        status = try row.get("status")
        error = try row.decoration("error")
        took = try row.get("duration", as: Int64?.self).map { .milliseconds($0) }
        triedAt = try row.get("tried_at")
        createdAt = try row.get("created_at")
        self.payload = payload
    }
}
