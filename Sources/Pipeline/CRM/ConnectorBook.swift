package import CRM
package import Domain
package import Store
import Synchronization

/// The connectors in use, by account; built when a lane is taken up or a webhook comes, again when settings change.
package final class ConnectorBook: Sendable {
    package struct Entry: Sendable {
        package let account: ConnectionAccount
        package let connector: any Connector
    }

    private let store: Store
    private let factory: ConnectorFactory
    private let entries = Mutex<[ConnectionID: Entry]>([:])

    package init(store: Store, factory: ConnectorFactory) {
        self.store = store
        self.factory = factory
    }

    /// Reads the accounts anew. One whose settings cannot be used is left out and named.
    package func refresh() async throws -> [(slug: String, problem: PuenteError)] {
        var fresh: [ConnectionID: Entry] = [:]
        var problems: [(slug: String, problem: PuenteError)] = []
        for account in try await store.connectionAccounts() where account.state != "disabled" {
            do {
                fresh[account.id] = Entry(account: account, connector: try factory.connector(for: account))
            } catch let problem as PuenteError {
                problems.append((account.slug, problem))
            }
        }
        entries.withLock { $0 = fresh }
        return problems
    }

    /// That of an account which is in use no longer, to take leave of the CRM.
    package func connector(ofFormer account: ConnectionAccount) throws -> any Connector {
        try factory.connector(for: account)
    }

    package func entry(_ id: ConnectionID) -> Entry? {
        entries.withLock { $0[id] }
    }

    package func entry(named slug: String) -> Entry? {
        entries.withLock { $0.values.first { $0.account.slug == slug } }
    }

    package var all: [Entry] {
        entries.withLock { Array($0.values) }
    }
}
