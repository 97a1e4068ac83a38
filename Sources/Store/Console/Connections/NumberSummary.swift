package import Domain

/// A WhatsApp number of the company, without its secrets.
package struct NumberSummary: Sendable {
    package enum State: String, Sendable, SQLConvertible { case connected, disabled }

    package let id: NumberID
    /// Its name in the configuration.
    package let name: String
    /// The app whose secret signs its webhooks.
    package let app: String
    package let phoneNumberID: String
    package let wabaID: String
    package let portfolioID: String
    /// As people write it: `+1 555 078 3881`.
    package let displayNumber: String
    package let verifiedName: String?
    package let state: State
    /// `GREEN`, `YELLOW`, `RED`; nil while Meta has said nothing.
    package let qualityRating: String?
    package let hasToken: Bool
    package let lastEventAt: Timestamp?
    /// Set up by puente.yaml: read-only in the console.
    package let isProvisioned: Bool
    package let createdAt: Timestamp
}

/// A CRM account, without its secrets.
package struct ConnectionSummary: Sendable {
    package typealias State = NumberSummary.State

    package let id: ConnectionID
    package let name: String
    /// `hubspot`, `own`, …
    package let kind: String
    package let baseURL: String
    package let state: State
    /// Messages stored from here on are recorded there.
    package let recordsSince: Timestamp
    package let lastOkAt: Timestamp?
    package let lastSweepAt: Timestamp?
    /// The account as people see it in the CRM; nil while the CRM has not said.
    package let accountPage: String?
    package let isProvisioned: Bool
    /// Who made it; nil where puente.yaml did.
    package let madeBy: String?
    package let createdAt: Timestamp
    /// Address, settings and credentials, for who changes them.
    package let version: EditVersion
    /// Contacts whose record has a phone number that nobody can read.
    package let unreadableNumbers: ListCount
}

extension NumberSummary {
    static let columns = """
        n.id, n.slug, a.slug AS app, n.phone_number_id, n.waba_id, n.portfolio_id, n.display_number, n.verified_name,
            n.state, n.quality_rating, n.last_event_at, n.is_provisioned, n.created_at,
            CASE WHEN n.access_token IS NULL THEN 0 ELSE 1 END AS has_token
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("slug")
        app = try row.get("app")
        phoneNumberID = try row.get("phone_number_id")
        wabaID = try row.get("waba_id")
        portfolioID = try row.get("portfolio_id")
        displayNumber = try row.get("display_number")
        verifiedName = try row.get("verified_name")
        state = try row.get("state")
        qualityRating = try row.get("quality_rating")
        hasToken = try row.get("has_token")
        lastEventAt = try row.get("last_event_at")
        isProvisioned = try row.get("is_provisioned")
        createdAt = try row.get("created_at")
    }
}

extension ConnectionSummary {
    static let columns = """
        id, slug, kind, base_url, settings, secrets, state, records_since, last_ok_at, last_sweep_at, account_page,
            is_provisioned, made_by, created_at,
            (SELECT COUNT(*) FROM (
                SELECT 1 AS one FROM remote_ref r
                WHERE r.workspace_id = connection.workspace_id AND r.connection_id = connection.id
                    AND r.unreadable_count > 0 LIMIT \(ListCount.ceiling + 1)
            ) AS counted) AS unreadable
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("slug")
        kind = try row.get("kind")
        baseURL = try row.get("base_url")
        state = try row.get("state")
        recordsSince = try row.get("records_since")
        lastOkAt = try row.get("last_ok_at")
        lastSweepAt = try row.get("last_sweep_at")
        accountPage = try row.get("account_page")
        isProvisioned = try row.get("is_provisioned")
        madeBy = try row.get("made_by")
        createdAt = try row.get("created_at")
        // Sealed: a credential that was typed again is another text.
        version = EditVersion(of: [
            kind, baseURL, try row.get("settings", as: String.self), try row.get("secrets", as: String?.self),
        ])
        unreadableNumbers = ListCount(try row.get("unreadable"))
    }
}

extension SQLConnection {
    func numbers(in workspace: WorkspaceID) throws -> [NumberSummary] {
        try rows(
            """
            SELECT \(NumberSummary.columns) FROM number n
            JOIN app a ON a.id = n.app_id
            WHERE n.workspace_id = :workspace_id
            ORDER BY n.id
            """, ["workspace_id": workspace]
        ).map(NumberSummary.init)
    }

    func connections(in workspace: WorkspaceID) throws -> [ConnectionSummary] {
        try rows(
            """
            SELECT \(ConnectionSummary.columns) FROM connection
            WHERE workspace_id = :workspace_id AND removed_at IS NULL
            ORDER BY id
            """, ["workspace_id": workspace]
        ).map(ConnectionSummary.init)
    }
}
