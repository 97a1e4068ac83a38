package import CRM
import Domain
package import Logging
package import Store

/// Ends the channels of CRM connections that were taken away: nobody holds their lanes any more.
package struct OrphanedPushes: Sendable {
    /// No channel lasts longer than this after the time when it should have been renewed.
    private static let longestLife: Duration = .days(7)

    private let store: Store
    private let connector: @Sendable (ConnectionAccount) throws -> any Connector
    private let logger: Logger

    /// - Parameter connector: of an account as it was when it was taken away.
    package init(
        store: Store, logger: Logger, connector: @escaping @Sendable (ConnectionAccount) throws -> any Connector
    ) {
        self.store = store
        self.connector = connector
        self.logger = logger
    }

    /// What cannot be ended now is tried again with the next call, until it has lapsed.
    package func end() async {
        do {
            let orphans = try await store.orphanedPushes()
            guard !orphans.isEmpty else { return }
            let accounts = try await store.connectionAccounts()
            for (id, renewal) in orphans {
                guard let account = accounts.first(where: { $0.id == id }) else { continue }
                try await end(account, renewal: renewal)
            }
        } catch {
            logger.error("channels of former CRMs could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    private func end(_ account: ConnectionAccount, renewal: Timestamp) async throws {
        let hasLapsed = store.now() - renewal > Self.longestLife
        guard await isEnded(account) || hasLapsed else { return }
        try await store.forgetPush(of: account.id, in: account.workspace)
    }

    private func isEnded(_ account: ConnectionAccount) async -> Bool {
        do {
            try await connector(account).endPush()
            logger.notice("a CRM's channel was ended", metadata: ["connector": "\(account.slug)"])
            return true
        } catch {
            logger.warning(
                "a former CRM's channel could not be ended",
                metadata: ["connector": "\(account.slug)", "error": "\(error)"])
            return false
        }
    }
}
