package import Domain

/// How far a message of ours has come: an icon, its word, and a tone.
package struct StatusView: Sendable {
    package enum Tone: Sendable { case quiet, waiting, done, failed }

    package let icon: String
    package let word: String
    package let tone: Tone

    package init(_ status: MessageStatus, in context: PageContext) {
        (icon, tone) = Self.look(of: status)
        word = context.words("status.\(status.rawValue)")
    }

    private static func look(of status: MessageStatus) -> (String, Tone) {
        switch status {
        case .received: ("check", .quiet)
        case .queued, .sending: ("clock", .quiet)
        case .uncertain: ("hourglass", .waiting)
        case .accepted, .sent: ("check", .quiet)
        case .delivered: ("check-check", .quiet)
        case .read: ("check-check", .done)
        case .played: ("play", .done)
        case .failed, .refused: ("circle-alert", .failed)
        }
    }
}
