import Domain
import Logging
import Synchronization

/// Failures of work that is tried again every second: each is an error once, until the work succeeds. Repeats are for
/// whoever reads the log with its details on.
final class StandingFailures: Sendable {
    private struct Place: Hashable {
        /// Nil: of no workspace alone.
        let workspace: WorkspaceID?
        let work: String
    }

    private let standing = Mutex<Set<Place>>([])
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// - Parameter message: what could not be done; names the work as well.
    func note(_ error: any Error, _ message: Logger.Message, in workspace: WorkspaceID? = nil) {
        let isNew = standing.withLock { $0.insert(Place(workspace: workspace, work: "\(message)")).inserted }
        var details: Logger.Metadata = ["error": "\(error)"]
        if let workspace { details["workspace"] = "\(workspace)" }
        logger.log(level: isNew ? .error : .debug, message, metadata: details)
    }

    /// The work was done.
    func clear(_ message: Logger.Message, in workspace: WorkspaceID? = nil) {
        let wasStanding = standing.withLock { $0.remove(Place(workspace: workspace, work: "\(message)")) != nil }
        guard wasStanding else { return }
        logger.notice("done after all: \(message)", metadata: workspace.map { ["workspace": "\($0)"] } ?? [:])
    }
}
