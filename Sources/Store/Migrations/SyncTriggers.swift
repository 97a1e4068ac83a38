/// The database itself notes of whom something changed that a CRM may be told, whoever wrote it. Only contacts that have a
/// record with a connection that has a mapping; where there is none, a change costs a look at an empty table.
///
/// As ``LabelRuleTriggers``: on SQLite for each row, on PostgreSQL once for each statement.
struct SyncTriggers {
    private enum Updates {
        case none
        case of([String])
    }

    private struct Watched {
        let table: String
        /// Of the contact.
        var column = "contact_id"
        /// The primary key beside `workspace_id`: by it a row's former state is found.
        var key = ["id"]
        var inserts = true
        var updates = Updates.none
        var deletes = true
        /// Beside the workspace, of the row: which rows count.
        var condition: String?
        /// Changes with every message.
        var isRestless = false

        /// Whether a row may become another contact's.
        var isMoved: Bool {
            if case .of(let columns) = updates { columns.contains("contact_id") } else { false }
        }
    }

    private static let watched = [
        Watched(
            table: "contact", column: "id", inserts: false,
            updates: .of(["name", "profile_name", "username", "language", "note"]), deletes: false),
        Watched(
            table: "handle", updates: .of(["contact_id", "value", "address", "evidence", "valid_to", "account_id"])),
        Watched(table: "contact_label", key: ["contact_id", "label_id"]),
        Watched(table: "contact_field", key: ["contact_id", "field_id"], updates: .of(["value"])),
        Watched(
            table: "consent", key: ["contact_id", "purpose"], updates: .of(["standing", "since", "entry_id"]),
            condition: "purpose = 'marketing'"),
        Watched(
            table: "conversation", updates: .of(["contact_id", "last_inbound_at", "last_message_at"]), deletes: false,
            isRestless: true),
    ]

    private let sql: SQLDialect

    init(_ sql: SQLDialect) {
        self.sql = sql
    }

    var statements: [String] {
        switch sql {
        case .sqlite: Self.watched.flatMap(sqlite) + [sqliteLabel]
        case .postgres: Self.watched.flatMap(postgres) + postgresLabel
        }
    }

    /// Takes the place of those that a database has already. PostgreSQL's ask nobody whether they wait.
    var replacements: [String] {
        guard case .sqlite = sql else { return [] }
        return Self.watched.flatMap(sqlite).flatMap { statement in
            ["DROP TRIGGER \(statement.split(separator: " ")[2])", statement]
        }
    }

    /// Whether the connection of the mapping `m` wants to know.
    private func isWanted(_ watched: Watched) -> String {
        guard watched.isRestless else { return "" }
        return """
            AND EXISTS (
                SELECT 1 FROM mapping_row f
                WHERE f.workspace_id = m.workspace_id AND f.connection_id = m.connection_id AND f.is_on = 1
                    AND f.local IN ('last_inbound_at', 'last_outbound_at', 'window_ends_at')
            )
            """
    }

    // MARK: SQLite

    private func sqlite(_ watched: Watched) -> [String] {
        var events: [(name: String, event: String, row: String)] = []
        if watched.inserts { events.append(("made", "INSERT", "new")) }
        if case .of(let columns) = watched.updates {
            events.append(("changed", "UPDATE OF \(columns.joined(separator: ", "))", "new"))
        }
        // Whoever had the row before is concerned, too.
        if watched.isMoved { events.append(("moved", "UPDATE OF contact_id", "old")) }
        if watched.deletes { events.append(("gone", "DELETE", "old")) }
        return events.map { name, event, row in
            let condition = watched.condition.map { " AND \(row).\($0)" } ?? ""
            return """
                CREATE TRIGGER sync_\(watched.table)_\(name) AFTER \(event) ON \(watched.table)
                WHEN EXISTS (SELECT 1 FROM mapping m WHERE m.workspace_id = \(row).workspace_id)\(condition)
                BEGIN
                    \(sqliteNote(watched, "\(row).workspace_id", "\(row).\(watched.column)"))
                END
                """
        }
    }

    private func sqliteNote(_ watched: Watched, _ workspace: String, _ contact: String) -> String {
        let isRestless = watched.isRestless ? 1 : 0
        // Whoever waits already for something that does not rest need not wait twice. The sign keeps SQLite from looking
        // through all who wait, by the index that begins with it.
        return """
            INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless)
            SELECT r.workspace_id, r.local_id, r.connection_id, \(isRestless)
            FROM mapping m CROSS JOIN remote_ref r
            WHERE m.workspace_id = \(workspace) AND r.workspace_id = m.workspace_id
                AND r.connection_id = m.connection_id AND r.entity = 'contact' AND r.local_id = \(contact)
                AND NOT EXISTS (
                    SELECT 1 FROM sync_due d
                    WHERE d.workspace_id = r.workspace_id AND d.contact_id = r.local_id
                        AND d.connection_id = r.connection_id AND +d.is_restless <= \(isRestless)
                )
                \(isWanted(watched));
            """
    }

    /// Whoever has a label has another word from now on.
    private var sqliteLabel: String {
        """
        CREATE TRIGGER sync_label_changed AFTER UPDATE OF name ON label
        WHEN new.name <> old.name
            AND EXISTS (SELECT 1 FROM mapping m WHERE m.workspace_id = new.workspace_id)
        BEGIN
            INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless)
            SELECT r.workspace_id, r.local_id, r.connection_id, 0
            FROM mapping m CROSS JOIN contact_label c CROSS JOIN remote_ref r
            WHERE m.workspace_id = new.workspace_id AND c.workspace_id = m.workspace_id AND c.label_id = new.id
                AND r.workspace_id = m.workspace_id AND r.connection_id = m.connection_id AND r.entity = 'contact'
                AND r.local_id = c.contact_id;
        END
        """
    }

    // MARK: PostgreSQL

    private func postgres(_ watched: Watched) -> [String] {
        var statements: [String] = []
        if watched.inserts {
            statements += postgres(watched, "made", "INSERT", "NEW TABLE AS new_rows", rows("new_rows", of: watched))
        }
        if case .of(let columns) = watched.updates {
            statements += postgres(
                watched, "changed", "UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows", changed(watched, columns))
        }
        if watched.deletes {
            statements += postgres(watched, "gone", "DELETE", "OLD TABLE AS old_rows", rows("old_rows", of: watched))
        }
        return statements
    }

    private func postgres(
        _ watched: Watched, _ name: String, _ event: String, _ tables: String, _ concerned: String
    ) -> [String] {
        let name = "sync_\(watched.table)_\(name)"
        return [
            """
            CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM mapping) THEN
                    INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless)
                    SELECT DISTINCT r.workspace_id, r.local_id, r.connection_id, \(watched.isRestless ? 1 : 0)
                    FROM (
                        \(concerned)
                    ) AS c
                    JOIN mapping m ON m.workspace_id = c.workspace_id
                    JOIN remote_ref r ON r.workspace_id = m.workspace_id AND r.connection_id = m.connection_id
                        AND r.entity = 'contact' AND r.local_id = c.contact_id
                    WHERE TRUE \(isWanted(watched));
                END IF;
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER \(name) AFTER \(event) ON \(watched.table) REFERENCING \(tables)
            FOR EACH STATEMENT EXECUTE FUNCTION \(name)()
            """,
        ]
    }

    private func rows(_ rows: String, of watched: Watched) -> String {
        "SELECT workspace_id, \(watched.column) AS contact_id FROM \(rows)"
            + (watched.condition.map { " WHERE \($0)" } ?? "")
    }

    /// Such triggers hear of every column: those that are watched are compared.
    private func changed(_ watched: Watched, _ columns: [String]) -> String {
        let (new, old) = (columns.map { "n.\($0)" }, columns.map { "o.\($0)" })
        let same = (["workspace_id"] + watched.key).map { "o.\($0) = n.\($0)" }.joined(separator: " AND ")
        let condition = watched.condition.map { " AND n.\($0)" } ?? ""
        // Whoever had the row before is concerned, too.
        return (watched.isMoved ? ["n", "o"] : ["n"]).map { row in
            """
            SELECT \(row).workspace_id, \(row).\(watched.column) AS contact_id
            FROM new_rows n JOIN old_rows o ON \(same)
            WHERE (\(new.joined(separator: ", "))) IS DISTINCT FROM (\(old.joined(separator: ", ")))\(condition)
            """
        }.joined(separator: "\nUNION ALL\n")
    }

    private var postgresLabel: [String] {
        [
            """
            CREATE FUNCTION sync_label_changed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless)
                SELECT r.workspace_id, r.local_id, r.connection_id, 0
                FROM mapping m
                JOIN contact_label c ON c.workspace_id = m.workspace_id AND c.label_id = NEW.id
                JOIN remote_ref r ON r.workspace_id = m.workspace_id AND r.connection_id = m.connection_id
                    AND r.entity = 'contact' AND r.local_id = c.contact_id
                WHERE m.workspace_id = NEW.workspace_id;
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER sync_label_changed AFTER UPDATE OF name ON label
            FOR EACH ROW WHEN (NEW.name <> OLD.name) EXECUTE FUNCTION sync_label_changed()
            """,
        ]
    }
}
