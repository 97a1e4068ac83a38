package import Domain
import Secrets

extension Store {
    /// The workspace that puente.yaml speaks of. One installation may hold more; the file provisions this one.
    package static let provisionedWorkspace = "main"

    /// Brings the database to what the file says, in one transaction.
    /// - Returns: the workspace.
    package func provision(_ provision: Provision) async throws -> WorkspaceID {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let provisioner = Provisioner(store: store, connection: connection, provision: provision, now: now)
            return try provisioner.apply()
        }
    }
}

/// Applies a provision inside one transaction.
private struct Provisioner {
    let store: Store
    let connection: any SQLConnection
    let provision: Provision
    let now: Timestamp

    func apply() throws -> WorkspaceID {
        let workspace = try upsertWorkspace()
        try connection.ensureLane(.clock, workspace: nil)
        let apps = try upsertApps()
        try upsertNumbers(in: workspace, apps: apps)
        try upsertConnections(in: workspace)
        try upsertAPIKeys(in: workspace)
        try noteVersion()
        return workspace
    }

    /// Lets other nodes see that accounts have changed: see ``Store/accountsVersion()``. A keyed hash: the secrets among
    /// what is hashed cannot be guessed from it.
    private func noteVersion() throws {
        let version = store.accounts.hash(provision.fingerprint).map { String($0, radix: 16) }.joined(separator: ".")
        try connection.execute(
            """
            INSERT INTO installation (name, value) VALUES ('accounts_version', :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, ["value": version])
    }

    /// A pause that only a person could end was for a token or an address that is no longer used.
    private func liftPauses(_ keys: [(scope: PauseScope, key: String)], in workspace: WorkspaceID) throws {
        for (scope, key) in keys {
            try connection.resume(scope, key: key, in: workspace, at: now)
        }
    }

    private func opened(
        _ column: String, of table: String, _ row: Int64, in workspace: WorkspaceID
    ) throws -> String? {
        let sealed = try connection.value(
            "SELECT \(column) FROM \(table) WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": row], as: String?.self)
        guard case let text?? = sealed else { return nil }
        return try store.vault.openText(
            text, for: SealContext(table: table, column: column, row: row, workspace: workspace.rawValue))
    }

    private func upsertWorkspace() throws -> WorkspaceID {
        let known = try connection.value(
            "SELECT id FROM workspace WHERE slug = :slug", ["slug": Store.provisionedWorkspace], as: WorkspaceID.self)
        let id = known ?? store.ids.next()
        try connection.execute(
            """
            INSERT INTO workspace (id, slug, name, region, language, created_at)
            VALUES (:id, :slug, :name, :region, :language, :now)
            ON CONFLICT (slug) DO UPDATE
            SET name = excluded.name, region = excluded.region, language = excluded.language
            """,
            [
                "id": id, "slug": Store.provisionedWorkspace, "name": provision.workspaceName,
                "region": provision.region, "language": provision.language, "now": now,
            ])
        return id
    }

    private func upsertApps() throws -> [String: AppID] {
        var ids: [String: AppID] = [:]
        for (slug, app) in provision.apps {
            let known = try connection.value("SELECT id FROM app WHERE slug = :slug", ["slug": slug], as: AppID.self)
            let id = known ?? store.ids.next()
            ids[slug] = id
            try connection.execute(
                """
                INSERT INTO app (id, slug, app_id, secret, previous_secret, verify_token, is_provisioned)
                VALUES (:id, :slug, :app_id, :secret, :previous_secret, :verify_token, 1)
                ON CONFLICT (slug) DO UPDATE
                SET app_id = excluded.app_id, secret = excluded.secret, previous_secret = excluded.previous_secret,
                    verify_token = excluded.verify_token, is_provisioned = 1, disabled_at = NULL
                """,
                [
                    "id": id, "slug": slug, "app_id": app.appID,
                    "secret": try seal(app.secret, "app", "secret", id.rawValue, nil),
                    "previous_secret": try app.previousSecret.map {
                        try seal($0, "app", "previous_secret", id.rawValue, nil)
                    },
                    "verify_token": try seal(app.verifyToken, "app", "verify_token", id.rawValue, nil),
                ])
        }
        let kept = Set(ids.values)
        for row in try connection.rows("SELECT id FROM app WHERE is_provisioned = 1 AND disabled_at IS NULL", [:])
        where !kept.contains(try row.get("id")) {
            try connection.execute(
                "UPDATE app SET disabled_at = :now WHERE id = :id",
                ["now": now, "id": try row.get("id", as: AppID.self)])
        }
        return ids
    }

    private func upsertNumbers(in workspace: WorkspaceID, apps: [String: AppID]) throws {
        var kept: Set<NumberID> = []
        let names: ProvisionedNames<NumberRow> = self.names("number", key: "phone_number_id", in: workspace) {
            "whatsapp.numbers.\($0).phone_number_id"
        }
        let rows = try names.settle(provision.numbers.mapValues(\.phoneNumberID))
        for (slug, number) in provision.numbers {
            let app = try app(named: number.app, by: "whatsapp.numbers.\(slug).app", among: apps)
            let others = try number.alsoApps.map {
                try self.app(named: $0, by: "whatsapp.numbers.\(slug).also_apps", among: apps)
            }
            let known = rows[slug]
            let id = known ?? store.ids.next()
            kept.insert(id)
            if known != nil, try opened("access_token", of: "number", id.rawValue, in: workspace) != number.accessToken
            {
                try liftPauses([(.credential, "\(id)")], in: workspace)
            }
            try upsert(number, id: id, slug: slug, app: app, in: workspace)
            try bind(others, to: id, in: workspace)
            try connection.ensureLane(.number(id), workspace: workspace)
            try connection.ensureLane(.media(id), workspace: workspace)
        }
        try disable("number", keeping: kept, in: workspace) { [.number($0), .media($0)] }
    }

    private func names<Row>(
        _ table: String, name: String = "slug", key: String, in workspace: WorkspaceID,
        setting: @escaping (String) -> String
    ) -> ProvisionedNames<Row> {
        ProvisionedNames(
            connection: connection, workspace: workspace, table: table, columns: (name: name, key: key),
            setting: setting)
    }

    private func app(named name: String, by key: String, among apps: [String: AppID]) throws -> AppID {
        guard let app = apps[name] else {
            throw PuenteError(
                .invalid, en: "\(key) names \"\(name)\", which is not among whatsapp.apps.",
                es: "\(key) nombra «\(name)», que no está en whatsapp.apps.")
        }
        return app
    }

    /// Several Meta apps may be subscribed to one account: what any of them signs is ours.
    private func bind(_ apps: [AppID], to number: NumberID, in workspace: WorkspaceID) throws {
        try connection.execute(
            "DELETE FROM number_app WHERE workspace_id = :workspace_id AND number_id = :number_id",
            ["workspace_id": workspace, "number_id": number])
        try connection.executeMany(
            """
            INSERT INTO number_app (workspace_id, number_id, app_id) VALUES (:workspace_id, :number_id, :app_id)
            ON CONFLICT DO NOTHING
            """, apps.map { ["workspace_id": workspace, "number_id": number, "app_id": $0] })
    }

    private func upsert(
        _ number: Provision.Number, id: NumberID, slug: String, app: AppID, in workspace: WorkspaceID
    ) throws {
        try connection.execute(
            """
            INSERT INTO number
                (id, workspace_id, slug, app_id, phone_number_id, waba_id, portfolio_id, display_number, access_token,
                 state, is_provisioned, created_at)
            VALUES
                (:id, :workspace_id, :slug, :app_id, :phone_number_id, :waba_id, :portfolio_id, :display_number,
                 :access_token, 'connected', 1, :now)
            ON CONFLICT (workspace_id, slug) DO UPDATE
            SET app_id = excluded.app_id, phone_number_id = excluded.phone_number_id, waba_id = excluded.waba_id,
                portfolio_id = excluded.portfolio_id, display_number = excluded.display_number,
                access_token = excluded.access_token, state = 'connected', is_provisioned = 1
            """,
            [
                "id": id, "workspace_id": workspace, "slug": slug, "app_id": app,
                "phone_number_id": number.phoneNumberID, "waba_id": number.wabaID, "portfolio_id": number.portfolioID,
                "display_number": number.displayNumber,
                "access_token": try number.accessToken.map {
                    try seal($0, "number", "access_token", id.rawValue, workspace)
                }, "now": now,
            ])
    }

    private func upsertConnections(in workspace: WorkspaceID) throws {
        var kept: Set<ConnectionID> = []
        for (slug, crm) in provision.connections {
            let known = try connection.provisionedConnection(named: slug, in: workspace)
            let id = known ?? store.ids.next()
            kept.insert(id)
            if known != nil, try isOther(crm, than: id, in: workspace) {
                try liftPauses(
                    [(.credential, "\(id)"), (.connection, "\(id)"), (.app, "\(id)")], in: workspace)
                try connection.forgetPages(of: id, in: workspace)
            }
            try connection.execute(
                """
                INSERT INTO connection
                    (id, workspace_id, slug, kind, base_url, settings, secrets, state, records_since, is_provisioned,
                     created_at)
                VALUES
                    (:id, :workspace_id, :slug, :kind, :base_url, :settings, :secrets, 'connected', :now, 1, :now)
                ON CONFLICT (workspace_id, slug) DO UPDATE
                SET kind = excluded.kind, base_url = excluded.base_url, settings = excluded.settings,
                    secrets = excluded.secrets, state = 'connected', is_provisioned = 1
                """,
                [
                    "id": id, "workspace_id": workspace, "slug": slug, "kind": crm.kind, "base_url": crm.baseURL,
                    "settings": crm.settings,
                    "secrets": try seal(crm.secrets, "connection", "secrets", id.rawValue, workspace), "now": now,
                ])
            try connection.ensureLane(.connection(id), workspace: workspace)
        }
        try disable("connection", keeping: kept, in: workspace) { [.connection($0)] }
    }

    /// Whether the account is reached in another way than before.
    private func isOther(_ crm: Provision.Connection, than id: ConnectionID, in workspace: WorkspaceID) throws -> Bool {
        let row = try connection.row(
            "SELECT base_url, settings FROM connection WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id])
        guard let row else { return true }
        return try row.get("base_url") != crm.baseURL || row.get("settings") != crm.settings
            || opened("secrets", of: "connection", id.rawValue, in: workspace) != crm.secrets
    }

    private func upsertAPIKeys(in workspace: WorkspaceID) throws {
        try connection.execute(
            """
            UPDATE api_key SET disabled_at = :now
            WHERE workspace_id = :workspace_id AND is_provisioned = 1 AND disabled_at IS NULL
            """, ["now": now, "workspace_id": workspace])
        let hashes = provision.apiKeys.mapValues { TokenHash(of: $0.key).text }
        let names: ProvisionedNames<APIKeyRow> = self.names("api_key", name: "name", key: "token_hash", in: workspace) {
            "api_keys.\($0).key"
        }
        _ = try names.settle(hashes)
        for (name, key) in provision.apiKeys {
            try connection.execute(
                """
                INSERT INTO api_key (id, workspace_id, name, token_hash, scopes, is_provisioned, created_at)
                VALUES (:id, :workspace_id, :name, :token_hash, :scopes, 1, :now)
                ON CONFLICT (workspace_id, name) DO UPDATE
                SET token_hash = excluded.token_hash, scopes = excluded.scopes, is_provisioned = 1, disabled_at = NULL
                """,
                [
                    "id": store.ids.next(APIKeyRow.self), "workspace_id": workspace, "name": name,
                    "token_hash": hashes[name], "scopes": key.scopes, "now": now,
                ])
        }
    }

    /// What the file named before and names no more.
    private func disable<Row>(
        _ table: String, keeping kept: Set<Identifier<Row>>, in workspace: WorkspaceID,
        lanes: (Identifier<Row>) -> [Lane]
    ) throws {
        let rows = try connection.rows(
            "SELECT id FROM \(table) WHERE workspace_id = :workspace_id AND is_provisioned = 1 AND state <> 'disabled'",
            ["workspace_id": workspace])
        for row in rows {
            let id: Identifier<Row> = try row.get("id")
            guard !kept.contains(id) else { continue }
            try connection.execute(
                "UPDATE \(table) SET state = 'disabled' WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id])
            for lane in lanes(id) {
                try connection.ensureLane(lane, workspace: workspace, isEnabled: false)
                try connection.clearAlarms(of: lane, in: workspace, at: now)
            }
        }
    }

    private func seal(
        _ text: String, _ table: String, _ column: String, _ row: Int64, _ workspace: WorkspaceID?
    ) throws -> String {
        try store.vault.seal(
            text, for: SealContext(table: table, column: column, row: row, workspace: workspace?.rawValue))
    }
}
