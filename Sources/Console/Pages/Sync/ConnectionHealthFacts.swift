package import Domain

/// How a connection does.
package struct ConnectionHealthFacts: Sendable {
    package struct Delay: Sendable {
        package var p50: Duration
        package var p95: Duration

        package init(p50: Duration, p95: Duration) {
            self.p50 = p50
            self.p95 = p95
        }
    }

    package struct Errors: Sendable {
        package var failed: Int
        /// With those that failed.
        package var all: Int
        package var isTooHigh: Bool
        /// From when on it is, in hundredths of a percent.
        package var limit: Int

        package init(failed: Int, all: Int, isTooHigh: Bool, limit: Int) {
            self.failed = failed
            self.all = all
            self.isTooHigh = isTooHigh
            self.limit = limit
        }
    }

    package struct Rate: Sendable {
        package var remaining: Int
        package var limit: Int
        package var interval: Duration
        package var dailyRemaining: Int?
        package var dailyLimit: Int?

        package init(remaining: Int, limit: Int, interval: Duration, dailyRemaining: Int?, dailyLimit: Int?) {
            self.remaining = remaining
            self.limit = limit
            self.interval = interval
            self.dailyRemaining = dailyRemaining
            self.dailyLimit = dailyLimit
        }
    }

    /// The comparison of everything.
    package enum Comparison: Sendable {
        /// The connection has no mapping.
        case none
        /// It begins within seconds.
        case due
        case running(done: Int, all: Int)
        case ended(at: Timestamp, next: Timestamp?)
    }

    package var waiting: Int
    package var oldestDue: Timestamp?
    package var delay: Delay?
    /// Of contacts' changes, from the CRM and to it.
    package var takenDelay: Delay?
    package var givenDelay: Delay?
    package var errors: Errors
    package var rate: Rate?
    package var lastSweep: Timestamp?
    package var nextSweep: Timestamp?
    /// How often changes are asked for; nil where they are not.
    package var sweepEvery: Duration?
    package var comparison: Comparison
    /// Contacts that the CRM is still to be told of.
    package var due: Int
    package var decisions: Int
    /// Of the last 24 hours.
    package var changes: [SyncChangeFacts.Kind: Int]

    package init(
        waiting: Int, oldestDue: Timestamp?, delay: Delay?, takenDelay: Delay? = nil, givenDelay: Delay? = nil,
        errors: Errors, rate: Rate?, lastSweep: Timestamp?,
        nextSweep: Timestamp?, sweepEvery: Duration? = nil, comparison: Comparison, due: Int, decisions: Int,
        changes: [SyncChangeFacts.Kind: Int]
    ) {
        self.waiting = waiting
        self.oldestDue = oldestDue
        self.delay = delay
        self.takenDelay = takenDelay
        self.givenDelay = givenDelay
        self.errors = errors
        self.rate = rate
        self.lastSweep = lastSweep
        self.nextSweep = nextSweep
        self.sweepEvery = sweepEvery
        self.comparison = comparison
        self.due = due
        self.decisions = decisions
        self.changes = changes
    }
}
