/// The database itself notes what subscribers are told of, in the transaction of the fact, whoever wrote it: webhooks,
/// people, imports, CRMs, merges, undos. A workspace without subscribers pays for a look at an empty table.
struct WebhookTriggers {
    private enum Event: String { case insert, update, delete }

    /// What of a table's rows is news. Expressions name a row's columns with `new.` and `old.`.
    private struct Watched {
        let name: String
        let table: String
        let event: Event
        /// Of an update: those that it is news of.
        var columns = ""
        /// How PostgreSQL finds the old row of a new one.
        var key = ["id"]
        let type: String
        /// Any of which is enough for a note; what nobody asked for is left out later.
        var wanted: [String] = []
        var condition = "1 = 1"
        let subject: String
        let contact: String
        var detail = "''"
        var at = "NULL"

        var row: String { event == .delete ? "old" : "new" }
        var wants: String { (wanted.isEmpty ? [type] : wanted).map { "'\($0)'" }.joined(separator: ", ") }
    }

    private static let watched: [Watched] =
        [
            Watched(
                name: "message_received", table: "message", event: .insert, type: "message.received",
                condition: "new.is_inbound = 1 AND new.origin = 'customer' AND new.kind <> 'system'",
                subject: "new.id", contact: "new.contact_id", at: "new.meta_at"),
            Watched(
                name: "message_status", table: "message", event: .update, columns: "status",
                type: "message.status_changed",
                condition: """
                    new.status <> old.status AND new.is_inbound = 0
                        AND new.status IN ('sent', 'delivered', 'read', 'played', 'failed', 'refused')
                    """,
                subject: "new.id", contact: "new.contact_id", detail: "new.status", at: "new.status_at"),
            Watched(
                name: "contact_made", table: "contact", event: .insert, type: "contact.created",
                wanted: ["contact.created", "contact.updated"], condition: "new.merged_into IS NULL", subject: "new.id",
                contact: "new.id", at: "new.created_at"),
            Watched(
                name: "contact_changed", table: "contact", event: .update,
                columns: "name, profile_name, username, language", type: "contact.updated",
                condition: """
                    new.merged_into IS NULL AND (new.name <> old.name OR new.profile_name <> old.profile_name
                        OR COALESCE(new.username, '') <> COALESCE(old.username, '')
                        OR COALESCE(new.language, '') <> COALESCE(old.language, ''))
                    """, subject: "new.id", contact: "new.id"),
            Watched(
                name: "consent_said", table: "consent", event: .insert, type: "consent.changed",
                subject: "new.contact_id", contact: "new.contact_id", detail: "new.standing || ' ' || new.purpose",
                at: "new.since"),
            Watched(
                name: "consent_changed", table: "consent", event: .update, columns: "standing",
                key: ["contact_id", "purpose"], type: "consent.changed", condition: "new.standing <> old.standing",
                subject: "new.contact_id", contact: "new.contact_id", detail: "new.standing || ' ' || new.purpose",
                at: "new.since"),
            Watched(
                name: "owner_changed", table: "conversation", event: .update, columns: "owner, owner_staff_id",
                type: "conversation.handed_over",
                condition: """
                    new.state = 'open' AND (new.owner <> old.owner
                        OR COALESCE(new.owner_staff_id, 0) <> COALESCE(old.owner_staff_id, 0))
                    """,
                subject: "new.id", contact: "new.contact_id",
                detail: "old.owner || ' ' || new.owner || ' ' || CAST(COALESCE(new.owner_staff_id, 0) AS TEXT)"),
            Watched(
                name: "handle_changed", table: "handle", event: .update, columns: "contact_id, address, valid_to",
                type: "contact.updated",
                condition: """
                    new.contact_id <> old.contact_id OR new.address <> old.address
                        OR (new.valid_to IS NULL) <> (old.valid_to IS NULL)
                    """, subject: "new.contact_id", contact: "new.contact_id"),
            Watched(
                name: "field_changed", table: "contact_field", event: .update, columns: "value",
                key: ["contact_id", "field_id"], type: "contact.updated", condition: "new.value <> old.value",
                subject: "new.contact_id", contact: "new.contact_id"),
        ] + ["handle", "contact_label", "contact_field", "contact_state"].flatMap(rows)

    /// Each row of such a table is a thing that a contact has.
    private static func rows(of table: String) -> [Watched] {
        [
            Watched(
                name: "\(table)_made", table: table, event: .insert, type: "contact.updated",
                subject: "new.contact_id", contact: "new.contact_id"),
            Watched(
                name: "\(table)_gone", table: table, event: .delete, type: "contact.updated",
                subject: "old.contact_id", contact: "old.contact_id"),
        ]
    }

    private let sql: SQLDialect

    init(_ sql: SQLDialect) {
        self.sql = sql
    }

    var statements: [String] {
        switch sql {
        case .sqlite: Self.watched.map(sqlite)
        case .postgres: Self.watched.flatMap(postgres)
        }
    }

    private static let columns = "workspace_id, type, subject_id, contact_id, detail, at"

    /// A contact of whom one change waits already need not wait twice: what is told is how they are by then.
    private func isNew(_ watched: Watched, row: String) -> String {
        guard watched.type == "contact.updated" else { return "1 = 1" }
        return """
            NOT EXISTS (
                SELECT 1 FROM webhook_news n WHERE n.workspace_id = \(row).workspace_id
                    AND n.contact_id = \(watched.contact) AND n.type IN ('contact.created', 'contact.updated')
            )
            """
    }

    private func sqlite(_ watched: Watched) -> String {
        let row = watched.row
        let columns = watched.columns.isEmpty ? "" : " OF \(watched.columns)"
        return """
            CREATE TRIGGER webhook_\(watched.name) AFTER \(watched.event.rawValue.uppercased())\(columns)
            ON \(watched.table)
            WHEN (\(watched.condition)) AND EXISTS (
                SELECT 1 FROM webhook_want w WHERE w.workspace_id = \(row).workspace_id AND w.type IN (\(watched.wants))
            )
            BEGIN
                INSERT INTO webhook_news (\(Self.columns))
                SELECT \(row).workspace_id, '\(watched.type)', \(watched.subject), \(watched.contact),
                    \(watched.detail), \(watched.at)
                WHERE \(isNew(watched, row: row));
            END
            """
    }

    /// Once for each statement, however many rows it writes. Between transactions nobody knows what waits already: what
    /// waits twice is told once, where both are read together.
    private func postgres(_ watched: Watched) -> [String] {
        let name = "webhook_\(watched.name)"
        return [
            """
            CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM webhook_want WHERE type IN (\(watched.wants))) THEN
                    INSERT INTO webhook_news (\(Self.columns))
                    SELECT DISTINCT \(watched.row)_row.workspace_id, '\(watched.type)', \(expression(watched.subject)),
                        \(expression(watched.contact)), \(expression(watched.detail)),
                        CAST(\(expression(watched.at)) AS BIGINT)
                    FROM \(source(watched))
                    WHERE (\(expression(watched.condition))) AND EXISTS (
                        SELECT 1 FROM webhook_want w
                        WHERE w.workspace_id = \(watched.row)_row.workspace_id AND w.type IN (\(watched.wants))
                    );
                END IF;
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER \(name) AFTER \(watched.event.rawValue.uppercased()) ON \(watched.table)
            REFERENCING \(transition(watched)) FOR EACH STATEMENT EXECUTE FUNCTION \(name)()
            """,
        ]
    }

    private func transition(_ watched: Watched) -> String {
        switch watched.event {
        case .insert: "NEW TABLE AS new_rows"
        case .delete: "OLD TABLE AS old_rows"
        case .update: "OLD TABLE AS old_rows NEW TABLE AS new_rows"
        }
    }

    private func source(_ watched: Watched) -> String {
        switch watched.event {
        case .insert: return "new_rows AS new_row"
        case .delete: return "old_rows AS old_row"
        case .update:
            let key = (["workspace_id"] + watched.key).map { "old_row.\($0) = new_row.\($0)" }
            return "new_rows AS new_row JOIN old_rows AS old_row ON \(key.joined(separator: " AND "))"
        }
    }

    /// `new` and `old` are PostgreSQL's own words in a trigger.
    private func expression(_ text: String) -> String {
        text.split(separator: "new.", omittingEmptySubsequences: false).joined(separator: "new_row.")
            .split(separator: "old.", omittingEmptySubsequences: false).joined(separator: "old_row.")
    }
}
