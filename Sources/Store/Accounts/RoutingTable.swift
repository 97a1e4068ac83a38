package import Domain

/// Which account a webhook belongs to: a snapshot of the configured numbers, apps and CRM connections.
/// Read again when the configuration changes; every decision that must not be stale is checked in its transaction.
package struct RoutingTable: Sendable {
    package struct Number: Sendable {
        package let id: NumberID
        package let workspace: WorkspaceID
        package let wabaID: String
        package let portfolioID: String
    }

    package var numbers: [String: Number]
    package var workspaces: [String: WorkspaceID]
    /// The apps bound to each WABA: those that the configuration gives its numbers, of which each may have several.
    package var apps: [String: Set<AppID>]
    package var connections: [WorkspaceID: [ConnectionID]]

    package init(
        numbers: [String: Number] = [:], workspaces: [String: WorkspaceID] = [:], apps: [String: Set<AppID>] = [:],
        connections: [WorkspaceID: [ConnectionID]] = [:]
    ) {
        self.numbers = numbers
        self.workspaces = workspaces
        self.apps = apps
        self.connections = connections
    }

    enum Destination {
        case number(Number)
        case account(WorkspaceID)
        case unrouted(UnroutedReason)
    }

    /// - Parameter app: the app whose secret signed the body.
    func destination(of update: Update, signedBy app: AppID) -> Destination {
        if let phoneNumberID = update.phoneNumberID {
            guard let number = numbers[phoneNumberID] else { return .unrouted(.unknownNumber) }
            return isBound(app, to: number.wabaID) ? .number(number) : .unrouted(.signedByAnotherApp)
        }
        guard let workspace = workspaces[update.wabaID] else { return .unrouted(.unknownAccount) }
        return isBound(app, to: update.wabaID) ? .account(workspace) : .unrouted(.signedByAnotherApp)
    }

    private func isBound(_ app: AppID, to wabaID: String) -> Bool {
        apps[wabaID]?.contains(app) ?? false
    }
}

extension Store {
    package func routingTable() async throws -> RoutingTable {
        try await database.read(on: .work) { connection in
            var table = RoutingTable()
            try table.readNumbers(connection)
            try table.readFurtherApps(connection)
            try table.readConnections(connection)
            return table
        }
    }
}

extension RoutingTable {
    fileprivate mutating func readNumbers(_ connection: any SQLConnection) throws {
        let rows = try connection.rows(
            "SELECT id, workspace_id, app_id, phone_number_id, waba_id, portfolio_id FROM number WHERE state <> 'disabled'",
            [:])
        for row in rows {
            let number = Number(
                id: try row.get("id"), workspace: try row.get("workspace_id"), wabaID: try row.get("waba_id"),
                portfolioID: try row.get("portfolio_id"))
            numbers[try row.get("phone_number_id")] = number
            workspaces[number.wabaID] = number.workspace
            apps[number.wabaID, default: []].insert(try row.get("app_id"))
        }
    }

    fileprivate mutating func readFurtherApps(_ connection: any SQLConnection) throws {
        let rows = try connection.rows(
            """
            SELECT n.waba_id, a.app_id FROM number n
            JOIN number_app a ON a.workspace_id = n.workspace_id AND a.number_id = n.id
            WHERE n.state <> 'disabled'
            """, [:])
        for row in rows {
            apps[try row.get("waba_id"), default: []].insert(try row.get("app_id"))
        }
    }

    fileprivate mutating func readConnections(_ connection: any SQLConnection) throws {
        let rows = try connection.rows(
            "SELECT id, workspace_id FROM connection WHERE state <> 'disabled'", [:])
        for row in rows {
            connections[try row.get("workspace_id"), default: []].append(try row.get("id"))
        }
    }
}
