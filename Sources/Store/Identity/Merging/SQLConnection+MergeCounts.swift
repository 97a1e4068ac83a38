import Domain

extension SQLConnection {
    /// How much of a contact a merge into another would move.
    func mergeCounts(of contact: ContactID, in workspace: WorkspaceID) throws -> MergeCounts {
        func count(_ table: String, _ column: String = "contact_id") throws -> Int {
            try value(
                "SELECT COUNT(*) AS n FROM \(table) WHERE workspace_id = :workspace_id AND \(column) = :contact",
                ["workspace_id": workspace, "contact": contact]) ?? 0
        }
        var counts = MergeCounts()
        counts.handles = try count("handle")
        counts.conversations = try count("conversation")
        counts.messages = try count("message")
        counts.labels = try count("contact_label")
        counts.fields = try count("contact_field")
        counts.states = try count("contact_state")
        counts.consents = try count("consent_entry")
        counts.records =
            try value(
                """
                SELECT COUNT(*) AS n FROM connection k
                JOIN remote_ref r ON r.workspace_id = k.workspace_id AND r.connection_id = k.id AND r.entity = 'contact'
                    AND r.local_id = :contact
                WHERE k.workspace_id = :workspace_id
                """, ["workspace_id": workspace, "contact": contact]) ?? 0
        return counts
    }
}
