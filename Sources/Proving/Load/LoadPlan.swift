/// How requests are to be sent.
package struct LoadPlan: Sendable {
    package enum Pace: Sendable {
        /// So many a second whatever the answers do. A delay counts from the moment when its request was due, so that
        /// a server which stands still is charged with all that waited meanwhile.
        case steady(perSecond: Double)
        /// The next one on each connection when the last was answered: what the server can do.
        case closed
    }

    package var pace: Pace
    package var connections = 256
    /// What was not answered by then counts as unanswered.
    package var atMost: Duration = .seconds(120)
    /// Whether what was not answered 200 is sent again after a moment, as Meta does.
    package var repeats = false

    package init(_ pace: Pace) {
        self.pace = pace
    }
}

/// What became of a load.
package struct LoadResult: Sendable {
    /// From the moment when each request was due to its answer, 200s only.
    package var delays = DelayRecorder()
    /// HTTP status → answers.
    package var statuses: [Int: Int] = [:]
    /// Connections that ended without the answer to a request.
    package var broken = 0
    /// From the first request to the last answer.
    package var elapsed: Duration = .zero
    /// The longest time between two 200s.
    package var longestSilence: Duration = .zero
    /// Wall clock in microseconds at which each request was due.
    package var dueAt: [Int64]
    /// Whether each request was answered 200.
    package var isTaken: [Bool]

    init(requests: Int) {
        dueAt = Array(repeating: 0, count: requests)
        isTaken = Array(repeating: false, count: requests)
    }

    package var taken: Int { statuses[200] ?? 0 }

    package var perSecond: Double {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return seconds > 0 ? Double(taken) / seconds : 0
    }
}
