package import Domain
import Secrets

/// A Meta app with its secrets opened: for verifying webhooks. Lives in memory only.
package struct AppSecrets: Sendable {
    package let id: AppID
    package let slug: String
    package let secrets: [String]
    package let verifyToken: String
}

/// What a courier needs to send for a number. The token is opened, and never logged.
package struct NumberAccount: Sendable {
    package let id: NumberID
    package let workspace: WorkspaceID
    package let slug: String
    package let phoneNumberID: String
    package let wabaID: String
    package let portfolioID: String
    package let displayNumber: String
    package let appID: AppID
    package let accessToken: String?
    package let state: String
}

/// What a courier needs to build a connector. The secrets are opened, and never logged.
package struct ConnectionAccount: Sendable {
    package let id: ConnectionID
    package let workspace: WorkspaceID
    package let slug: String
    package let kind: String
    package let baseURL: String
    /// JSON.
    package let settings: String
    /// JSON.
    package let secrets: String
    package let state: String
    package let cursor: String?
    /// Named in puente.yaml; else made in the console or through the API.
    package let isProvisioned: Bool

    package init(
        id: ConnectionID, workspace: WorkspaceID, slug: String, kind: String, baseURL: String, settings: String,
        secrets: String, state: String, cursor: String?, isProvisioned: Bool
    ) {
        self.id = id
        self.workspace = workspace
        self.slug = slug
        self.kind = kind
        self.baseURL = baseURL
        self.settings = settings
        self.secrets = secrets
        self.state = state
        self.cursor = cursor
        self.isProvisioned = isProvisioned
    }
}

extension Store {
    /// Changes whenever a start has brought other accounts than the one before, and whenever somebody makes or changes a
    /// connection; nil before the first start.
    package func accountsVersion() async throws -> String? {
        try await database.read(on: .work) { connection in
            let parts = try connection.rows(
                """
                SELECT value FROM installation WHERE name IN ('accounts_version', 'connections_version') ORDER BY name
                """, [:]
            ).map { try $0.get("value", as: String.self) }
            return parts.isEmpty ? nil : parts.joined(separator: " ")
        }
    }

    package func apps() async throws -> [AppSecrets] {
        let vault = vault
        return try await database.read(on: .work) { connection in
            try connection.rows(
                "SELECT id, slug, secret, previous_secret, verify_token FROM app WHERE disabled_at IS NULL ORDER BY id",
                [:]
            ).map { row in
                let id: AppID = try row.get("id")
                func open(_ column: String) throws -> String? {
                    try row.get(column, as: String?.self).map {
                        try vault.openText($0, for: SealContext(table: "app", column: column, row: id, workspace: nil))
                    }
                }
                return AppSecrets(
                    id: id, slug: try row.get("slug"),
                    secrets: [try open("secret"), try open("previous_secret")].compactMap(\.self),
                    verifyToken: try open("verify_token") ?? "")
            }
        }
    }

    package func numberAccounts() async throws -> [NumberAccount] {
        let vault = vault
        return try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT id, workspace_id, slug, phone_number_id, waba_id, portfolio_id, display_number, app_id,
                    access_token, state
                FROM number ORDER BY id
                """, [:]
            ).map { row in
                let id: NumberID = try row.get("id")
                let workspace: WorkspaceID = try row.get("workspace_id")
                return NumberAccount(
                    id: id, workspace: workspace, slug: try row.get("slug"),
                    phoneNumberID: try row.get("phone_number_id"), wabaID: try row.get("waba_id"),
                    portfolioID: try row.get("portfolio_id"), displayNumber: try row.get("display_number"),
                    appID: try row.get("app_id"),
                    accessToken: try row.get("access_token", as: String?.self).map {
                        try vault.openText(
                            $0, for: SealContext(table: "number", column: "access_token", row: id, workspace: workspace)
                        )
                    }, state: try row.get("state"))
            }
        }
    }

    package func connectionAccounts() async throws -> [ConnectionAccount] {
        let vault = vault
        return try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT id, workspace_id, slug, kind, base_url, settings, secrets, state, cursor, is_provisioned
                FROM connection
                WHERE removed_at IS NULL
                ORDER BY id
                """, [:]
            ).map { row in
                let id: ConnectionID = try row.get("id")
                let workspace: WorkspaceID = try row.get("workspace_id")
                return ConnectionAccount(
                    id: id, workspace: workspace, slug: try row.get("slug"), kind: try row.get("kind"),
                    baseURL: try row.get("base_url"), settings: try row.get("settings"),
                    secrets: try row.get("secrets", as: String?.self).map {
                        try vault.openText(
                            $0, for: SealContext(table: "connection", column: "secrets", row: id, workspace: workspace))
                    } ?? "{}", state: try row.get("state"), cursor: try row.get("cursor"),
                    isProvisioned: try row.get("is_provisioned"))
            }
        }
    }

    /// Templates as Meta lists them; those that Meta no longer has are marked deleted. Newer news of a state or a
    /// category stays.
    /// - Parameter askedAt: when Meta was asked; now when nil.
    package func replaceTemplates(
        _ templates: [StoredTemplate], waba: String, askedAt: Timestamp? = nil, in workspace: WorkspaceID
    ) async throws {
        let now = now()
        let knownAt = (askedAt ?? now).asAnswered
        let rows = templates.map { template -> SQLArguments in
            [
                "id": ids.next(TemplateRow.self), "workspace_id": workspace, "waba_id": waba,
                "meta_id": template.metaID, "name": template.name, "language": template.language,
                "status": template.facts.status, "category": template.facts.category, "reason": template.reason,
                "facts": template.factsJSON, "components": template.components, "now": now, "known_at": knownAt,
            ]
        }
        try await database.write(on: .work) { connection in
            try connection.executeMany(
                """
                INSERT INTO template
                    (id, workspace_id, waba_id, meta_id, name, language, status, category, reason, facts, components,
                     updated_at, status_at, category_at)
                VALUES
                    (:id, :workspace_id, :waba_id, :meta_id, :name, :language, :status, :category, :reason, :facts,
                     :components, :now, :known_at, :known_at)
                ON CONFLICT (workspace_id, waba_id, name, language) DO UPDATE
                SET meta_id = excluded.meta_id, facts = excluded.facts, components = excluded.components,
                    updated_at = excluded.updated_at, \(Self.keepingNewer(["status", "reason"], by: "status_at")),
                    \(Self.keepingNewer(["category"], by: "category_at"))
                """, rows)
            try connection.execute(
                """
                UPDATE template SET status = 'DELETED', status_at = :known_at
                WHERE workspace_id = :workspace_id AND waba_id = :waba_id AND updated_at < :now
                    AND COALESCE(status_at, 0) <= :known_at
                """, ["known_at": knownAt, "workspace_id": workspace, "waba_id": waba, "now": now])
        }
    }
}

extension Store {
    /// Assignments of an upsert of templates: what is known from a later time stays.
    private static func keepingNewer(_ columns: [String], by time: String) -> String {
        let isNewer = "COALESCE(template.\(time), 0) > excluded.\(time)"
        return (columns + [time])
            .map { "\($0) = CASE WHEN \(isNewer) THEN template.\($0) ELSE excluded.\($0) END" }
            .joined(separator: ",\n        ")
    }
}

/// A template as it is stored.
package struct StoredTemplate: Sendable {
    package let metaID: String
    package let name: String
    package let language: String
    package let reason: String?
    package let facts: TemplateFacts
    /// Meta's components as JSON text.
    package let components: String
    fileprivate let factsJSON: String

    package init(
        metaID: String, name: String, language: String, reason: String?, facts: TemplateFacts, components: String
    ) throws {
        self.metaID = metaID
        self.name = name
        self.language = language
        self.reason = reason
        self.facts = facts
        self.components = components
        self.factsJSON = try JSONText.encode(facts)
    }
}
