package import Domain

/// News of Meta's about an account, a number, a template.
package struct NoticeSummary: Sendable {
    package let id: NoticeID
    package let wabaID: String
    /// The webhook field that it came under.
    package let field: String
    /// In Meta's words; of a template `status: REJECTED`, `quality: RED`, …
    package let event: String
    /// A display number, a template with its language, …
    package let subject: String?
    /// Meta's time; nil when it gave none.
    package let at: Timestamp?
    package let storedAt: Timestamp
    /// The change as JSON.
    package let detail: String

    /// Fields that speak of single customers and conversations: by the thousand, and none of an operator's concern.
    private static let ofCustomers: Set<String> = [
        "user_preferences", "history", "smb_app_state_sync", "automatic_events", "tracking_events", "calls", "standby",
        "messaging_handovers", "group_lifecycle_update", "group_participants_update", "group_settings_update",
        "group_status_update",
    ]

    /// Whether news of the field stands on the page "Connections".
    static func isShown(_ field: String) -> Bool { !ofCustomers.contains(field) }

    /// Names of ours, never anybody's input.
    fileprivate static let hiddenFields = ofCustomers.sorted().map { "'\($0)'" }.joined(separator: ", ")
}

extension SQLConnection {
    /// The newest that an operator should see, among the newest 2000 of all: what fills those hides older ones.
    func notices(in workspace: WorkspaceID, limit: Int) throws -> [NoticeSummary] {
        try rows(
            """
            SELECT id, waba_id, field, event, subject, at, stored_at, detail FROM (
                SELECT id, waba_id, field, event, subject, at, stored_at, detail FROM notice
                WHERE workspace_id = :workspace_id
                ORDER BY id DESC
                LIMIT 2000
            ) AS newest
            WHERE field NOT IN (\(NoticeSummary.hiddenFields))
            ORDER BY id DESC
            LIMIT :limit
            """, ["workspace_id": workspace, "limit": limit]
        ).map {
            NoticeSummary(
                id: try $0.get("id"), wabaID: try $0.get("waba_id"), field: try $0.get("field"),
                event: try $0.get("event"), subject: try $0.get("subject"), at: try $0.get("at"),
                storedAt: try $0.get("stored_at"), detail: try $0.get("detail"))
        }
    }
}
