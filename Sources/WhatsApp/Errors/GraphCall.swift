/// What kind of call an answer belongs to: whether it may be repeated decides what "we do not know" means.
enum GraphCall: Sendable {
    /// A message to a customer. Meta has no idempotency key: two requests are two messages.
    case send
    /// A read, or a write that does the same when done twice (mark as read, delete, subscribe).
    case repeatable
    /// An upload. Twice leaves an unused copy for 30 days and harms nobody.
    case upload
    /// Fetching a file from an address that lives 5 minutes.
    case download

    var isRepeatable: Bool {
        switch self {
        case .send: false
        case .repeatable, .upload, .download: true
        }
    }

    /// Whether a failure of the number stops all of it: only for calls that work in the number's name, not for looking
    /// at something that may not exist.
    var isOfNumber: Bool {
        switch self {
        case .send, .upload: true
        case .repeatable, .download: false
        }
    }
}
