/// What a subscriber answered.
package enum HookReply: Equatable, Sendable {
    /// - Parameter retryAfter: what it asks for, where it asks.
    case answered(status: Int, retryAfter: Duration?)
    /// No answer: no connection, no answer in time, an address that may not be called.
    case unanswered
}

/// What becomes of a delivery after one try.
package enum HookVerdict: Equatable, Sendable {
    case delivered
    case again(at: Timestamp)
    /// Tried often enough. Kept, so that a person can have it sent again.
    case failed
    /// 410: nobody listens there any more.
    case gone
}

/// When an event is sent again: at once, then ever more rarely, for about three days. A redirect is a failure as well: the
/// secret's owner is who was written down, not whom they point to.
package struct HookSchedule: Equatable, Sendable {
    /// The wait after attempt 1, 2, …; one attempt more than there are waits.
    package var waits: [Duration] = [
        .seconds(1), .seconds(30), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(14), .hours(20),
        .hours(20),
    ]
    /// A subscriber that asks for more gets this.
    package var longestWait: Duration = .hours(24)

    package init() {}

    /// - Parameters:
    ///   - attempt: the one that just ended, counted from 1.
    ///   - jitter: a factor near 1, so that events that failed together do not return together.
    package func verdict(_ reply: HookReply, attempt: Int, now: Timestamp, jitter: Double) -> HookVerdict {
        switch reply {
        case .answered(200..<300, _): .delivered
        case .answered(410, _): .gone
        case .answered(_, let asked): again(after: asked, attempt: attempt, now: now, jitter: jitter)
        case .unanswered: again(after: nil, attempt: attempt, now: now, jitter: jitter)
        }
    }

    private func again(after asked: Duration?, attempt: Int, now: Timestamp, jitter: Double) -> HookVerdict {
        guard waits.indices.contains(attempt - 1) else { return .failed }
        // Who asks for time is not called before it is over.
        let askedFor = min((asked ?? .zero) * max(1, jitter), longestWait)
        return .again(at: now + max(waits[attempt - 1] * jitter, askedFor))
    }
}
