package import Domain

/// Two contacts side by side, as a person looks at them before they become one.
package struct MergePreview: Sendable {
    package struct Field: Sendable {
        package let id: FieldID
        package let title: LocalizedText
        package let kind: String
        package let winner: String?
        package let loser: String?
    }

    package struct Side: Sendable {
        package let person: PersonSummary
        package let language: String?
        package let note: String
        package let createdAt: Timestamp
        /// When the customer last wrote; nil when they never did.
        package let lastInboundAt: Timestamp?
        /// Addresses that hold, with their kinds.
        package let handles: [(kind: String, address: String)]
        package let labels: [String]
        /// `blocked`, `complaint`, `do_not_call`.
        package let states: [String]
        /// Of marketing: `granted`, `withdrawn`; nil when nothing is known.
        package let marketing: String?
        /// The CRM's name and the record's id there.
        package let records: [(crm: String, remoteID: String)]
        package let counts: MergeCounts

        package func value(of column: MergeChoices.Column) -> String? {
            switch column {
            case .name: person.name
            case .profileName: person.profileName
            case .username: person.username
            case .language: language
            case .note: note
            }
        }
    }

    package let winner: Side
    package let loser: Side
    package let fields: [Field]
    /// CRMs in which each of them has a record of its own: people merge those there.
    package let conflictingCRMs: [String]
    package let suggestion: DuplicateSummary?

    /// Nil when one of them is no contact.
    init?(
        _ loser: ContactID, into winner: ContactID, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws {
        guard winner != loser, let own = try Side(winner, on: connection, in: workspace),
            let other = try Side(loser, on: connection, in: workspace)
        else { return nil }
        self.winner = own
        self.loser = other
        fields = try connection.mergeFields(winner, loser, in: workspace)
        let held = own.records
        conflictingCRMs = other.records.filter { record in
            // One record that both share is no two.
            held.contains { $0.crm == record.crm } && !held.contains { $0 == record }
        }.map(\.crm)
        suggestion = try connection.duplicate(of: DuplicatePair(winner, loser), in: workspace)
    }
}

extension MergePreview.Side {
    fileprivate init?(_ contact: ContactID, on connection: any SQLConnection, in workspace: WorkspaceID) throws {
        let row = try connection.row(
            """
            SELECT \(PersonSummary.columns), p.language, p.note, p.created_at, (
                    SELECT MAX(c.last_inbound_at) FROM conversation c
                    WHERE c.workspace_id = p.workspace_id AND c.contact_id = p.id
                ) AS last_inbound_at
            FROM contact p
            WHERE p.workspace_id = :workspace_id AND p.id = :id AND p.merged_into IS NULL
            """, ["workspace_id": workspace, "id": contact])
        guard let row else { return nil }
        person = try PersonSummary(row)
        language = try row.get("language")
        note = try row.get("note")
        createdAt = try row.get("created_at")
        lastInboundAt = try row.get("last_inbound_at")
        handles = try connection.mergeHandles(contact, in: workspace)
        labels = try connection.mergeLabels(contact, in: workspace)
        states = try connection.mergeStates(contact, in: workspace)
        marketing = try connection.value(
            """
            SELECT standing FROM consent
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND purpose = 'marketing'
            """, ["workspace_id": workspace, "contact_id": contact])
        records = try connection.mergeRecords(contact, in: workspace)
        counts = try connection.mergeCounts(of: contact, in: workspace)
    }
}

extension SQLConnection {
    fileprivate func mergeHandles(
        _ contact: ContactID, in workspace: WorkspaceID
    ) throws -> [(kind: String, address: String)] {
        try rows(
            """
            SELECT kind, address FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
            ORDER BY CASE kind WHEN 'phone' THEN 0 WHEN 'email' THEN 1 ELSE 2 END, id LIMIT 20
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map { (try $0.get("kind"), try $0.get("address")) }
    }

    fileprivate func mergeLabels(_ contact: ContactID, in workspace: WorkspaceID) throws -> [String] {
        try rows(
            """
            SELECT l.name FROM contact_label k
            JOIN label l ON l.id = k.label_id AND l.workspace_id = k.workspace_id
            WHERE k.workspace_id = :workspace_id AND k.contact_id = :contact_id
            ORDER BY l.folded LIMIT 100
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map { try $0.get("name") }
    }

    fileprivate func mergeStates(_ contact: ContactID, in workspace: WorkspaceID) throws -> [String] {
        try rows(
            """
            SELECT state FROM contact_state
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id ORDER BY state
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map { try $0.get("state") }
    }

    fileprivate func mergeRecords(
        _ contact: ContactID, in workspace: WorkspaceID
    ) throws -> [(crm: String, remoteID: String)] {
        try rows(
            """
            SELECT k.slug, k.kind, r.remote_id FROM connection k
            CROSS JOIN remote_ref r
            WHERE k.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.connection_id = k.id
                AND r.entity = 'contact' AND r.local_id = :contact_id
            ORDER BY k.id
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map { (CRMName.shown(try $0.get("slug"), kind: try $0.get("kind")), try $0.get("remote_id")) }
    }

    /// Of fields that one of them has a value of, in the company's order.
    fileprivate func mergeFields(
        _ winner: ContactID, _ loser: ContactID, in workspace: WorkspaceID
    ) throws -> [MergePreview.Field] {
        try rows(
            """
            SELECT f.id, f.key, f.name, f.kind, own.value AS own_value, other.value AS other_value
            FROM field f
            LEFT JOIN contact_field own ON own.workspace_id = f.workspace_id AND own.contact_id = :winner
                AND own.field_id = f.id
            LEFT JOIN contact_field other ON other.workspace_id = f.workspace_id AND other.contact_id = :loser
                AND other.field_id = f.id
            WHERE f.workspace_id = :workspace_id AND (own.value IS NOT NULL OR other.value IS NOT NULL)
            ORDER BY f.position, f.id
            """, ["workspace_id": workspace, "winner": winner, "loser": loser]
        ).map {
            MergePreview.Field(
                id: try $0.get("id"), title: WellKnownField.title(of: try $0.get("key"), named: try $0.get("name")),
                kind: try $0.get("kind"),
                winner: try $0.get("own_value"), loser: try $0.get("other_value"))
        }
    }
}
