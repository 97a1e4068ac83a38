package import Domain

/// A webhook's body as it came, with the app whose secret signed it.
package struct IntakeBody: Sendable {
    package let id: IntakeID
    package let app: AppID
    package let receivedAt: Timestamp
    /// History, or a large body: at most a third of each round, so that it never delays live traffic.
    package let isBulk: Bool
    package let body: [UInt8]

    package init(id: IntakeID, app: AppID, receivedAt: Timestamp, isBulk: Bool, body: [UInt8]) {
        self.id = id
        self.app = app
        self.receivedAt = receivedAt
        self.isBulk = isBulk
        self.body = body
    }
}

/// A body in an interpreter's hands, with how often it was tried.
package struct ClaimedBody: Sendable {
    package let intake: IntakeBody
    /// Counted from 1; this one included.
    package let attempt: Int
    /// Where interpretation goes on: the updates before it are recorded.
    package let nextPosition: Int
}
