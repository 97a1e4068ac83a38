package import Domain
package import Secrets

/// What a program may do. Each scope stands for itself: `admin` does not read.
///
/// `admin` exports and erases people, reads the audit trail and sets how long data is kept.
package enum APIScope: String, Codable, CaseIterable, Sendable { case read, write, admin }

/// A program's key, as requests use it.
package struct APIKeyAccess: Sendable {
    package let id: APIKeyID
    package let workspace: WorkspaceID
    package let name: String
    package let scopes: Set<APIScope>
    package let region: String
    package let workspaceName: String
    fileprivate let usedAt: Timestamp?
}

/// A key in a list; the key itself is known to its owner only.
package struct APIKeySummary: Sendable {
    package let id: APIKeyID
    package let name: String
    package let scopes: Set<APIScope>
    package let isProvisioned: Bool
    package let createdAt: Timestamp
    package let usedAt: Timestamp?
    package let disabledAt: Timestamp?
}

extension Store {
    /// The key behind a bearer token; nil when it is unknown or disabled. Notes the use, at most once a minute.
    package func apiKey(_ token: TokenHash) async throws -> APIKeyAccess? {
        let now = now()
        let access = try await database.read(on: .console) { connection in
            try connection.row(
                """
                SELECT k.id, k.workspace_id, k.name, k.scopes, k.used_at, w.region, w.name AS workspace_name
                FROM api_key k
                JOIN workspace w ON w.id = k.workspace_id
                WHERE k.token_hash = :token_hash AND k.disabled_at IS NULL
                """, ["token_hash": token.text]
            ).map(APIKeyAccess.init)
        }
        guard let access else { return nil }
        if access.usedAt.map({ now - $0 >= .minutes(1) }) ?? true { try await noteUse(of: access, at: now) }
        return access
    }

    /// The hashes of all keys that open the door, over all workspaces.
    package func apiKeyHashes() async throws -> [TokenHash] {
        try await database.read(on: .console) { connection in
            try connection.rows("SELECT token_hash FROM api_key WHERE disabled_at IS NULL", [:]).compactMap {
                TokenHash(text: try $0.get("token_hash"))
            }
        }
    }

    private func noteUse(of access: APIKeyAccess, at now: Timestamp) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                "UPDATE api_key SET used_at = :now WHERE workspace_id = :workspace_id AND id = :id",
                ["now": now, "workspace_id": access.workspace, "id": access.id])
        }
    }

    /// - Parameter actor: who makes it, for the audit trail; nil leaves no entry.
    /// - Returns: the key's text, shown once.
    /// - Throws: `invalid` for no name, or one of more than 200 characters; `conflict` with the detail `name_taken`.
    package func createAPIKey(
        name: String, scopes: Set<APIScope>, in workspace: WorkspaceID, by actor: String? = nil
    ) async throws -> SecretToken {
        guard (1...200).contains(name.count) else { throw PuenteError.noName }
        let token = SecretToken(prefix: "pk")
        let id = ids.next(APIKeyRow.self)
        let (store, now) = (self, now())
        try await database.write(on: .work) { connection in
            let created = try connection.execute(
                """
                INSERT INTO api_key (id, workspace_id, name, token_hash, scopes, created_at)
                VALUES (:id, :workspace_id, :name, :token_hash, :scopes, :now)
                ON CONFLICT DO NOTHING
                """,
                [
                    "id": id, "workspace_id": workspace, "name": name, "token_hash": token.hash.text,
                    "scopes": APIScope.text(scopes), "now": now,
                ])
            guard created == 1 else { throw PuenteError.keyNameTaken }
            guard let actor else { return }
            try connection.note(.apiKeyMade, of: id.rawValue, by: actor, in: workspace, store: store, at: now)
        }
        return token
    }

    package func apiKeys(in workspace: WorkspaceID) async throws -> [APIKeySummary] {
        try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT id, name, scopes, is_provisioned, created_at, used_at, disabled_at FROM api_key
                WHERE workspace_id = :workspace_id
                ORDER BY id
                LIMIT 1000
                """, ["workspace_id": workspace]
            ).map(APIKeySummary.init)
        }
    }

    /// - Parameter actor: as of ``createAPIKey(name:scopes:in:by:)``.
    /// - Returns: false when there is no such key, it is disabled already, or puente.yaml sets it up.
    package func disableAPIKey(
        named name: String, in workspace: WorkspaceID, by actor: String? = nil
    ) async throws -> Bool {
        let (store, now) = (self, now())
        return try await database.write(on: .work) { connection in
            let id = try connection.value(
                """
                UPDATE api_key SET disabled_at = :now
                WHERE workspace_id = :workspace_id AND name = :name AND is_provisioned = 0 AND disabled_at IS NULL
                RETURNING id
                """, ["now": now, "workspace_id": workspace, "name": name], as: APIKeyID.self)
            guard let id else { return false }
            if let actor {
                try connection.note(.apiKeyDisabled, of: id.rawValue, by: actor, in: workspace, store: store, at: now)
            }
            return true
        }
    }
}

extension APIKeyAccess {
    fileprivate init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        name = try row.get("name")
        scopes = APIScope.parse(try row.get("scopes"))
        region = try row.get("region")
        workspaceName = try row.get("workspace_name")
        usedAt = try row.get("used_at")
    }
}

extension APIKeySummary {
    fileprivate init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        scopes = APIScope.parse(try row.get("scopes"))
        isProvisioned = try row.get("is_provisioned")
        createdAt = try row.get("created_at")
        usedAt = try row.get("used_at")
        disabledAt = try row.get("disabled_at")
    }
}

extension APIScope {
    /// `read write`, in the order of the cases.
    package static func text(_ scopes: Set<APIScope>) -> String {
        allCases.filter(scopes.contains).map(\.rawValue).joined(separator: " ")
    }

    /// Words that are no scope of this release give nothing.
    package static func parse(_ text: String) -> Set<APIScope> {
        Set(text.split(whereSeparator: { $0 == " " || $0 == "," }).compactMap { APIScope(rawValue: String($0)) })
    }
}

extension PuenteError {
    static let keyNameTaken = PuenteError(
        .conflict, detail: "name_taken", en: "There is a key of this name already.",
        es: "Ya existe una clave con este nombre.")
}
