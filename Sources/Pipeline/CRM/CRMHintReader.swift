import CRM
import Domain
package import Logging
package import ServiceLifecycle
package import Store

/// Reads the records that a CRM's webhooks named: a hint is no fact, and arrives late, twice and in any order.
package struct CRMHintReader: Service {
    private let hints: CRMHints
    private let book: ConnectorBook
    private let store: Store
    private let changes: ChangeFeed
    private let region: String
    private let logger: Logger

    package init(
        hints: CRMHints, book: ConnectorBook, store: Store, changes: ChangeFeed, region: String, logger: Logger
    ) {
        self.hints = hints
        self.book = book
        self.store = store
        self.changes = changes
        self.region = region
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await hint in hints.hints {
                hints.begin(hint)
                await read(hint)
            }
        }
    }

    /// Whatever goes wrong: the sweep comes by in any case.
    private func read(_ hint: CRMHints.Hint) async {
        guard let entry = book.entry(hint.connection) else { return }
        if let wait = entry.connector.headroom?.wait(reserving: CRMSweep.reserve, now: .now) {
            await pause(for: min(wait, .seconds(10)))
        }
        do {
            let workspace = entry.account.workspace
            guard let contact = try await entry.connector.contact(remoteID: hint.remoteID) else {
                return try await store.unlink(remoteID: hint.remoteID, connection: hint.connection, in: workspace)
            }
            changes.publish(
                try await store.adopt(
                    RemoteIdentity(contact, region: region), connection: hint.connection, in: workspace))
        } catch {
            logger.warning(
                "a changed contact could not be read",
                metadata: ["connector": "\(entry.account.slug)", "error": "\(error)"])
        }
    }
}
