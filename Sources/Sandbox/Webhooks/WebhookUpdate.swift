/// One thing a webhook tells, already written as JSON.
struct WebhookUpdate: Sendable {
    enum Kind: Sendable, Equatable {
        /// One element of `entry[].changes[]`; several travel in one POST when many wait.
        case change
        /// A change whose entry carries a time (Unix seconds): all fields but `messages`.
        case timedChange(seconds: Int64)
        /// One event of HubSpot's array, without its closing brace: the attempt's number is added when it is posted.
        case event
        /// A body that is posted as it is; `id` is constant over retries.
        case whole(id: String)
    }

    let kind: Kind
    let bytes: [UInt8]
}
