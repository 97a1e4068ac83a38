package import Store
import Synchronization

/// The routing table in use, read again when the configuration changes and every few seconds.
package final class Routes: Sendable {
    private let table = Mutex(RoutingTable())

    package init() {}

    package var current: RoutingTable { table.withLock { $0 } }

    package func refresh(from store: Store) async throws {
        let fresh = try await store.routingTable()
        table.withLock { $0 = fresh }
    }
}
