import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Reads every few seconds which alarms of CRM connections are open, so that `/health/ready` names them at once, whatever
/// became of the database.
final class ConnectionWatch: Service {
    private static let every: Duration = .seconds(5)

    private let store: Store
    private let logger: Logger
    private let known = Mutex<[ConnectionAlarm]>([])

    init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// As they were last heard of.
    var alarms: [ConnectionAlarm] { known.withLock { $0 } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.look()
                // Throws only to say that it was cancelled.
                try? await Task.sleep(for: Self.every)
            }
        }
    }

    func look() async {
        do {
            let open = try await store.connectionAlarms()
            known.withLock { $0 = open }
        } catch {
            // That the database is away is said by who watches it.
            logger.debug("the alarms of connections could not be read", metadata: ["error": "\(error)"])
        }
    }
}
