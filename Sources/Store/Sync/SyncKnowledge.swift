import Domain

/// What is kept of contacts and their records in one CRM.
struct SyncKnowledge {
    struct State {
        var agreed: [String: String] = [:]
        var theirsAt: Timestamp?
        var checkedAt: Timestamp?
    }

    struct Decision {
        let value: String
        let actor: String
    }

    struct OpenConflict: Equatable {
        let local: LocalField
        let reason: String
        let ours: String
        let theirs: String
    }

    var states: [ContactID: State] = [:]
    /// By the CRM's names.
    var decisions: [ContactID: [String: Decision]] = [:]
    var conflicts: [ContactID: [String: OpenConflict]] = [:]

    static func read(
        of contacts: [ContactID], _ crm: ConnectionID, _ connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> SyncKnowledge {
        var knowledge = SyncKnowledge()
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            func rows(_ columns: String, _ table: String) throws -> [SQLRow] {
                try connection.rows(
                    """
                    SELECT contact_id, \(columns) FROM \(table)
                    WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND connection_id = :connection_id
                    """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
            }
            for row in try rows("agreed, theirs_at, checked_at", "sync_state") {
                knowledge.states[try row.get("contact_id")] = State(
                    agreed: try row.json("agreed"), theirsAt: try row.get("theirs_at"),
                    checkedAt: try row.get("checked_at"))
            }
            for row in try rows("remote, value, actor", "sync_decision") {
                knowledge.decisions[try row.get("contact_id"), default: [:]][try row.get("remote")] = Decision(
                    value: try row.get("value"), actor: try row.get("actor"))
            }
            for row in try rows("local, remote, reason, ours, theirs", "sync_conflict") {
                knowledge.conflicts[try row.get("contact_id"), default: [:]][try row.get("remote")] = OpenConflict(
                    local: try row.get("local"), reason: try row.get("reason"), ours: try row.get("ours"),
                    theirs: try row.get("theirs"))
            }
        }
        return knowledge
    }
}
