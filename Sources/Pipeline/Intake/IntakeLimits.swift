/// What intake holds at once. Beyond it Meta is told to come back, which it does for days.
package struct IntakeLimits: Sendable {
    package var maxBodiesInFlight = 4096
    package var maxBytesInFlight = 64 << 20
    /// Meta's own limit for one webhook.
    package var maxBodyBytes = 3 << 20
    /// Who has waited longer is told to come back.
    package var patience: Duration = .seconds(5)
    /// So many bodies of which the first waits longer than this for its commit are a sign that there is more to do than
    /// the machine can. (On a slow disk single ones wait as long.)
    package var unhurried: Duration = .milliseconds(10)
    package var crowd = 64
    /// Bodies in one commit.
    package var maxBatch = 1024
    /// Bodies above this are bulk, like history.
    package var bulkBytes = 64 << 10
    /// Below this much free disk nothing is taken in, so that the rest can go on.
    package var minFreeDiskBytes: Int64 = 512 << 20

    package init() {}
}

/// Why a body was not taken in. All of them are answered 503: nothing is lost, Meta comes again.
package enum IntakeRefusal: Error, Equatable, Sendable {
    case tooManyBodies
    case tooLateForCommit
    case diskNearlyFull
    case commitFailed(String)
    case shuttingDown

    /// In figures.
    package var label: String {
        switch self {
        case .tooManyBodies: "too_many"
        case .tooLateForCommit: "too_late"
        case .diskNearlyFull: "disk_nearly_full"
        case .commitFailed: "commit_failed"
        case .shuttingDown: "shutting_down"
        }
    }
}
