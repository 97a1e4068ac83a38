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
    private let publicURL: String?
    private let logger: Logger

    /// Records in one call to a CRM.
    private static let most = 100

    package init(
        hints: CRMHints, book: ConnectorBook, store: Store, changes: ChangeFeed, region: String, publicURL: String?,
        logger: Logger
    ) {
        self.hints = hints
        self.book = book
        self.store = store
        self.changes = changes
        self.region = region
        self.publicURL = publicURL
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await hint in hints.hints {
                let records = hints.take(with: hint, atMost: Self.most)
                if !records.isEmpty { await read(records, of: hint.connection) }
            }
        }
    }

    /// Whatever goes wrong: the sweep comes by in any case.
    private func read(_ remoteIDs: [String], of connection: ConnectionID) async {
        guard let entry = book.entry(connection) else { return }
        if let wait = entry.connector.headroom?.wait(reserving: CRMSweep.reserve, now: .now) {
            await pause(for: min(wait, .seconds(10)))
        }
        do {
            let mapping = try await store.mapping(of: connection, in: entry.account.workspace)?.mapping
            let readAt = store.now()
            let records = try await entry.connector.contacts(
                remoteIDs: remoteIDs, reading: mapping?.remoteNames ?? [])
            try await unlink(remoteIDs, but: records, of: entry.account)
            changes.publish(
                try await store.adopt(
                    records.map { RemoteIdentity($0, region: region, comparing: mapping) }, connection: connection,
                    in: entry.account.workspace,
                    comparing: SyncComparison(
                        turn: .of(entry.account, .webhook),
                        context: .ofServer(publicURL: publicURL, region: region)
                            .knowing(entry.connector),
                        readAt: readAt)))
        } catch {
            logger.warning(
                "changed contacts could not be read",
                metadata: ["connector": "\(entry.account.slug)", "error": "\(error)"])
        }
    }

    /// What the CRM does not give is gone.
    private func unlink(_ remoteIDs: [String], but records: [RemoteContact], of account: ConnectionAccount) async throws
    {
        let there = Set(records.flatMap { [$0.id] + $0.mergedIDs })
        for id in remoteIDs where !there.contains(id) {
            try await store.unlink(remoteID: id, connection: account.id, in: account.workspace)
        }
    }
}
