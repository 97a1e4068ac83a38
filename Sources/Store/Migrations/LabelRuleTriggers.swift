/// The database itself notes of whom something changed that a rule's conditions may ask for, whoever wrote it: messages,
/// edits, imports, merges, undos. A workspace without a rule that is on pays for a look at an empty index.
struct LabelRuleTriggers {
    private enum Updates {
        /// Rows are never changed, or no condition asks for what changes.
        case none
        case any
        case of(String)

        var event: String? {
            switch self {
            case .none: nil
            case .any: "UPDATE"
            case .of(let columns): "UPDATE OF \(columns)"
            }
        }
    }

    private struct Watched {
        let table: String
        /// Of the contact.
        var column = "contact_id"
        var updates = Updates.none
        var deletes = true

        /// Whether a row may become another contact's.
        var isMoved: Bool { updates.event != nil && column == "contact_id" }
    }

    private static let watched = [
        Watched(table: "contact", column: "id", updates: .of("sort_name, language, merged_into"), deletes: false),
        Watched(table: "handle", updates: .any),
        Watched(table: "conversation", updates: .of("contact_id, last_inbound_at, state")),
        Watched(table: "consent", updates: .any),
        Watched(table: "contact_label"),
        Watched(table: "contact_field", updates: .any),
        Watched(table: "contact_state"),
    ]

    private let sql: SQLDialect

    init(_ sql: SQLDialect) {
        self.sql = sql
    }

    var statements: [String] {
        switch sql {
        case .sqlite: Self.watched.flatMap(sqlite) + sqliteRule
        case .postgres: Self.watched.flatMap { postgres($0) } + postgresRule
        }
    }

    // MARK: SQLite

    private func sqlite(_ watched: Watched) -> [String] {
        var events = [("made", "INSERT", "new")]
        if let update = watched.updates.event { events.append(("changed", update, "new")) }
        // Whoever had the row before is concerned, too.
        if watched.isMoved { events.append(("moved", "UPDATE OF contact_id", "old")) }
        if watched.deletes { events.append(("gone", "DELETE", "old")) }
        return events.map { name, event, row in
            """
            CREATE TRIGGER label_rule_\(watched.table)_\(name) AFTER \(event) ON \(watched.table)
            WHEN EXISTS (SELECT 1 FROM label_rule r WHERE r.workspace_id = \(row).workspace_id AND r.is_on = 1)
            BEGIN
                INSERT INTO label_rule_news (workspace_id, contact_id)
                SELECT \(row).workspace_id, \(row).\(watched.column)
                WHERE NOT EXISTS (
                    SELECT 1 FROM label_rule_news n
                    WHERE n.workspace_id = \(row).workspace_id AND n.contact_id = \(row).\(watched.column)
                );
            END
            """
        }
    }

    /// Of a rule that is new or says something else, everybody is asked.
    private var sqliteRule: [String] {
        ["INSERT", "UPDATE"].map { event in
            """
            CREATE TRIGGER label_rule_\(event.lowercased()) AFTER \(event) ON label_rule BEGIN
                INSERT INTO label_rule_pass (workspace_id, wanted) VALUES (new.workspace_id, 1)
                ON CONFLICT (workspace_id) DO UPDATE SET wanted = label_rule_pass.wanted + 1;
            END
            """
        }
    }

    // MARK: PostgreSQL

    /// Once for each statement, however many rows it writes.
    private func postgres(_ watched: Watched) -> [String] {
        var statements = postgres(watched, "made", "INSERT", "NEW TABLE AS new_rows", rows("new_rows", of: watched))
        if watched.updates.event != nil {
            statements += postgres(
                watched, "changed", "UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows", changed(watched))
        }
        if watched.deletes {
            statements += postgres(watched, "gone", "DELETE", "OLD TABLE AS old_rows", rows("old_rows", of: watched))
        }
        return statements
    }

    private func postgres(
        _ watched: Watched, _ name: String, _ event: String, _ tables: String, _ concerned: String
    ) -> [String] {
        let name = "label_rule_\(watched.table)_\(name)"
        return [
            """
            CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM label_rule WHERE is_on = 1) THEN
                    INSERT INTO label_rule_news (workspace_id, contact_id)
                    SELECT DISTINCT c.workspace_id, c.contact_id FROM (
                        \(concerned)
                    ) AS c
                    WHERE EXISTS (SELECT 1 FROM label_rule r WHERE r.workspace_id = c.workspace_id AND r.is_on = 1);
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
    }

    /// Such triggers hear of every column: those that conditions ask for are compared.
    private func changed(_ watched: Watched) -> String {
        guard case .of(let columns) = watched.updates else {
            return "\(rows("new_rows", of: watched)) UNION ALL \(rows("old_rows", of: watched))"
        }
        let names = columns.split(separator: ", ")
        let (new, old) = (names.map { "n.\($0)" }, names.map { "o.\($0)" })
        // Whoever had the row before is concerned, too.
        return (watched.isMoved ? ["n", "o"] : ["n"]).map { row in
            """
            SELECT \(row).workspace_id, \(row).\(watched.column) AS contact_id
            FROM new_rows n JOIN old_rows o ON o.workspace_id = n.workspace_id AND o.id = n.id
            WHERE (\(new.joined(separator: ", "))) IS DISTINCT FROM (\(old.joined(separator: ", ")))
            """
        }.joined(separator: "\nUNION ALL\n")
    }

    private var postgresRule: [String] {
        [
            """
            CREATE FUNCTION label_rule_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO label_rule_pass (workspace_id, wanted) VALUES (NEW.workspace_id, 1)
                ON CONFLICT (workspace_id) DO UPDATE SET wanted = label_rule_pass.wanted + 1;
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER label_rule_changed AFTER INSERT OR UPDATE ON label_rule
            FOR EACH ROW EXECUTE FUNCTION label_rule_wanted()
            """,
        ]
    }
}
