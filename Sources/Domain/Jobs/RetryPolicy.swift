/// What becomes of a job after one attempt.
package enum JobOutcome: Equatable, Sendable {
    case completed
    case retried(at: Timestamp)
    /// Put back without using up an attempt.
    case snoozed(until: Timestamp)
    /// Nobody can tell whether it was done; evidence or a person settles it.
    case uncertain
    /// Nobody can tell yet: the destination is asked for it first, once its index had time to see it.
    case verifyFirst(at: Timestamp)
    /// Kept as a dead letter until a person mends, repeats or dismisses it.
    case discarded
}

/// R19: at once (within 1 s), again after 30 s, then a person's work with a due time.
package struct RetryPolicy: Equatable, Codable, Sendable {
    /// The wait after attempt 1, 2, …; one attempt more than there are waits.
    package var waits: [Duration]
    /// How long a person has for a dead letter.
    package var dueIn: Duration

    package init(waits: [Duration] = [.milliseconds(900), .seconds(30)], dueIn: Duration = .hours(24)) {
        self.waits = waits
        self.dueIn = dueIn
    }

    /// - Parameters:
    ///   - failure: nil when the attempt succeeded.
    ///   - attempt: the attempt that just ended, counted from 1.
    ///   - jitter: a factor near 1, so that jobs that failed together do not return together.
    ///   - writes: how the destination takes a repeat, for a failure that leaves the outcome unknown.
    package func outcome(
        of failure: CallFailure?, attempt: Int, now: Timestamp, jitter: Double, writes: RepeatableWrites = .never
    ) -> JobOutcome {
        guard let failure else { return .completed }
        switch failure.kind {
        case .unknown: return unknownOutcome(attempt: attempt, now: now, jitter: jitter, writes: writes)
        case .permanent: return .discarded
        case .throttled(let wait): return .snoozed(until: now + wait * jitter)
        case .unreachable, .accountWide: return .snoozed(until: now + .seconds(1))
        case .transient: return retry(attempt: attempt, now: now, jitter: jitter)
        }
    }

    private func unknownOutcome(
        attempt: Int, now: Timestamp, jitter: Double, writes: RepeatableWrites
    ) -> JobOutcome {
        switch writes {
        case .never: return .uncertain
        case .always: return retry(attempt: attempt, now: now, jitter: jitter)
        case .afterLooking(let delay):
            guard waits.indices.contains(attempt - 1) else { return .discarded }
            return .verifyFirst(at: now + max(delay, waits[attempt - 1]))
        }
    }

    private func retry(attempt: Int, now: Timestamp, jitter: Double) -> JobOutcome {
        guard waits.indices.contains(attempt - 1) else { return .discarded }
        return .retried(at: now + waits[attempt - 1] * jitter)
    }
}

/// How a destination takes a write that it may have had before.
package enum RepeatableWrites: Equatable, Sendable {
    /// It would do it twice, and cannot be asked.
    case never
    /// It recognises the repeat.
    case always
    /// It would do it twice, but can be asked this long after the first try.
    case afterLooking(delay: Duration)
}
