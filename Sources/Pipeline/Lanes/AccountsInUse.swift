package import Store
import Synchronization

/// Which version of the accounts this node works with.
package final class AccountsInUse: Sendable {
    private let known = Mutex<String?>(nil)

    package init() {}

    /// Nil before the first reading.
    package var version: String? { known.withLock { $0 } }

    /// Reads the accounts. Their version is read before them: what changes meanwhile is read once more, not missed.
    package func refresh(from store: Store, _ read: () async throws -> Void) async throws {
        let version = try await store.accountsVersion()
        try await read()
        known.withLock { $0 = version }
    }
}
