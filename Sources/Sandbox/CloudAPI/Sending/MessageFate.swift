/// What will become of an accepted message.
enum MessageFate: Sendable {
    /// Arrives; `reads` with read receipts, `plays` when it is a voice message that will be heard.
    case arrives(reads: Bool, plays: Bool)
    /// Stays at `sent`: a phone that is switched off, and every reaction.
    case staysSent
    case fails(GraphError)
}
