package import Logging
package import ServiceLifecycle
package import Store

/// Notices that another node was started with other accounts: tokens, secrets, addresses. Each node keeps them in
/// memory, and would go on with the old ones.
package struct AccountWatch: Service {
    private static let every: Duration = .seconds(5)

    private let store: Store
    private let logger: Logger
    private let onChange: @Sendable () async throws -> Void

    /// - Parameter onChange: reads the accounts anew; when it throws, it is asked again five seconds later.
    package init(store: Store, logger: Logger, onChange: @escaping @Sendable () async throws -> Void) {
        self.store = store
        self.logger = logger
        self.onChange = onChange
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var known: String?
            while !Task.isCancelled {
                known = await look(known: known)
                await pause(for: Self.every)
            }
        }
    }

    /// - Returns: the version that this node works with.
    func look(known: String?) async -> String? {
        do {
            let version = try await store.accountsVersion()
            guard let known, let version, version != known else { return version ?? known }
            try await onChange()
            logger.notice("the accounts have changed and were read anew")
            return version
        } catch {
            logger.warning("the accounts could not be looked at", metadata: ["error": "\(error)"])
            return known
        }
    }
}
