import Logging
import Pipeline
import ServiceLifecycle
import Store

/// Keeps the nodes of one PostgreSQL database in touch, so that work and changes are known sooner than by polling.
struct NodeHintLink: Service {
    let hints: NodeHints
    let options: PostgresOptions
    let logger: Logger

    func run() async throws {
        let wakeUps = try PostgresWakeUps(options, log: logger) { [hints] in hints.hear($0) }
        hints.connect { wakeUps.send($0) }
        // Throws only when the group ends by failure; there is nothing more to say to others then either.
        try? await gracefulShutdown()
        hints.disconnect()
        await wakeUps.close()
    }
}
