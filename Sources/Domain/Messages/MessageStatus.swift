/// How far an outbound message has come. Never moves back.
///
/// `queued → sending → accepted → sent → delivered → read → played`, or `failed` from any state before `delivered`.
/// `uncertain` means that it may have left and nobody can tell; evidence (a status with our callback data) settles it.
package enum MessageStatus: String, Codable, CaseIterable, Sendable {
    case queued, sending, uncertain, accepted, sent, delivered, read, played, failed, refused
    /// Inbound messages have one state only.
    case received

    /// The place in the order of progress; equal ranks never replace each other.
    package var rank: Int {
        switch self {
        case .received: 0
        case .queued: 1
        case .sending: 2
        case .uncertain: 3
        case .refused: 4
        case .accepted: 5
        case .sent: 6
        case .failed: 7
        case .delivered: 8
        case .read: 9
        case .played: 10
        }
    }

    /// Whether news of `next` changes what is shown. A `failed` after `delivered` is kept as an event, no more.
    package func advances(to next: MessageStatus) -> Bool {
        next.rank > rank
    }
}
