extension Migration {
    /// Rules that put labels on by themselves, and who put each label on.
    static let labelRules = Migration(number: 17, name: "put labels on by rules", oldestCompatible: 1) { sql in
        labelColumns(sql) + ruleTables(sql) + keeperTables(sql) + LabelRuleTriggers(sql).statements
    }

    private static func labelColumns(_ sql: SQLDialect) -> [String] {
        [
            // What was there before counts as put on by hand: no rule takes it off.
            """
            ALTER TABLE contact_label ADD COLUMN source \(sql.text) NOT NULL DEFAULT 'person'
            CHECK (source IN ('person', 'import', 'crm', 'rule'))
            """,
            "ALTER TABLE contact_label ADD COLUMN rule_id \(sql.bigint)",  // that put it on; else NULL
            """
            CREATE INDEX contact_label_rule ON contact_label (workspace_id, rule_id, contact_id)
            WHERE rule_id IS NOT NULL
            """,
        ]
    }

    private static func ruleTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE label_rule (             -- puts a label on whoever meets conditions
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL REFERENCES workspace (id),
                name         TEXT NOT NULL,
                folded       \(sql.text) NOT NULL,
                conditions   TEXT NOT NULL,       -- JSON, as of a segment
                label_id     \(sql.bigint) NOT NULL,
                is_on        \(sql.bigint) NOT NULL CHECK (is_on IN (0, 1)),
                takes_off    \(sql.bigint) NOT NULL CHECK (takes_off IN (0, 1)),  -- when the conditions hold no more
                created_at   \(sql.bigint) NOT NULL,
                updated_at   \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, folded)
            ) \(sql.strict)
            """,
            "CREATE INDEX label_rule_label ON label_rule (workspace_id, label_id)",
            """
            CREATE TABLE label_rule_exemption (   -- somebody took the label off by hand: the rule leaves it off
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                rule_id      \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, contact_id, rule_id)
            ) \(sql.withoutRowID)
            """,
        ]
    }

    private static func keeperTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE label_rule_news (        -- contacts of whom something changed that rules may ask for
                id           \(sql == .sqlite ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            "CREATE INDEX label_rule_news_next ON label_rule_news (workspace_id, id)",
            """
            CREATE TABLE label_rule_pass (        -- how far a workspace's contacts were asked, all of them
                workspace_id \(sql.bigint) NOT NULL PRIMARY KEY,
                wanted       \(sql.bigint) NOT NULL DEFAULT 0,  -- grows with each change of a rule
                answered     \(sql.bigint) NOT NULL DEFAULT 0,  -- what was wanted when the pass began
                state        \(sql.text) NOT NULL DEFAULT 'idle' CHECK (state IN ('idle', 'running')),
                position     \(sql.bigint) NOT NULL DEFAULT 0,  -- the last contact that was asked
                started_at   \(sql.bigint),
                finished_at  \(sql.bigint)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE label_rule_change (      -- under which change a rule's newest deeds stand together
                workspace_id \(sql.bigint) NOT NULL,
                rule_id      \(sql.bigint) NOT NULL,
                change_id    \(sql.bigint) NOT NULL,
                at           \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, rule_id)
            ) \(sql.withoutRowID)
            """,
        ]
            // One writer: a contact that waits already need not wait twice. Between PostgreSQL's transactions nobody knows.
            + (sql == .sqlite
                ? ["CREATE INDEX label_rule_news_contact ON label_rule_news (workspace_id, contact_id)"] : [])
    }
}
