package import Logging
package import ServiceLifecycle
package import Store

/// Notices that another node was started with other accounts: tokens, secrets, addresses. Each node keeps them in
/// memory, and would go on with the old ones.
package struct AccountWatch: Service {
    private static let every: Duration = .seconds(5)

    private let store: Store
    private let inUse: AccountsInUse
    private let logger: Logger
    private let onChange: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - inUse: what this node has read.
    ///   - onChange: reads the accounts anew, through `inUse`; when it throws, it is asked again five seconds later.
    package init(
        store: Store, inUse: AccountsInUse, logger: Logger, onChange: @escaping @Sendable () async throws -> Void
    ) {
        self.store = store
        self.inUse = inUse
        self.logger = logger
        self.onChange = onChange
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await look()
                await pause(for: Self.every)
            }
        }
    }

    func look() async {
        do {
            guard let version = try await store.accountsVersion(), version != inUse.version else { return }
            try await onChange()
            logger.notice("the accounts have changed and were read anew")
        } catch {
            logger.warning("the accounts could not be looked at", metadata: ["error": "\(error)"])
        }
    }
}
