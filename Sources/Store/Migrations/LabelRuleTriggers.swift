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
        case .postgres: postgresFunctions + Self.watched.map(postgres) + postgresRule
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

    private var postgresFunctions: [String] {
        [
            """
            CREATE FUNCTION label_rule_note(changed_in BIGINT, changed BIGINT) RETURNS void LANGUAGE sql AS $$
                INSERT INTO label_rule_news (workspace_id, contact_id)
                SELECT changed_in, changed
                WHERE EXISTS (SELECT 1 FROM label_rule r WHERE r.workspace_id = changed_in AND r.is_on = 1)
            $$
            """,
            """
            CREATE FUNCTION label_rule_contact_changed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM label_rule_note(NEW.workspace_id, NEW.id);
                RETURN NULL;
            END $$
            """,
            """
            CREATE FUNCTION label_rule_row_changed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    PERFORM label_rule_note(OLD.workspace_id, OLD.contact_id);
                    RETURN NULL;
                END IF;
                PERFORM label_rule_note(NEW.workspace_id, NEW.contact_id);
                IF TG_OP = 'UPDATE' AND OLD.contact_id <> NEW.contact_id THEN
                    PERFORM label_rule_note(OLD.workspace_id, OLD.contact_id);
                END IF;
                RETURN NULL;
            END $$
            """,
            """
            CREATE FUNCTION label_rule_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO label_rule_pass (workspace_id, wanted) VALUES (NEW.workspace_id, 1)
                ON CONFLICT (workspace_id) DO UPDATE SET wanted = label_rule_pass.wanted + 1;
                RETURN NULL;
            END $$
            """,
        ]
    }

    private func postgres(_ watched: Watched) -> String {
        var events = ["INSERT"]
        if let update = watched.updates.event { events.append(update) }
        if watched.deletes { events.append("DELETE") }
        let function = watched.column == "id" ? "label_rule_contact_changed" : "label_rule_row_changed"
        return """
            CREATE TRIGGER label_rule_heard AFTER \(events.joined(separator: " OR ")) ON \(watched.table)
            FOR EACH ROW EXECUTE FUNCTION \(function)()
            """
    }

    private var postgresRule: [String] {
        [
            """
            CREATE TRIGGER label_rule_changed AFTER INSERT OR UPDATE ON label_rule
            FOR EACH ROW EXECUTE FUNCTION label_rule_wanted()
            """
        ]
    }
}
