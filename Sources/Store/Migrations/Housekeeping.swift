extension Migration {
    /// What the clock looks for is found through indexes, so that it never holds up the writer; and a business account
    /// may have several Meta apps.
    static let housekeeping = Migration(number: 5, name: "find what is past its time", oldestCompatible: 1) { sql in
        [
            """
            CREATE TABLE number_app (             -- further apps that get the webhooks of a number's account
                workspace_id \(sql.bigint) NOT NULL,
                number_id    \(sql.bigint) NOT NULL,
                app_id       \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, number_id, app_id)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX job_unreminded ON job (answer_by) WHERE state = 'discarded' AND reminded_at IS NULL",
            "CREATE INDEX seen_old ON seen (expires_at)",
            "CREATE INDEX idempotency_old ON idempotency (created_at)",
            "CREATE INDEX counter_old ON counter (minute)",
            "CREATE INDEX delay_old ON delay (minute)",
            "CREATE INDEX sign_in_failure_old ON sign_in_failure (last_at)",
            "CREATE INDEX alarm_old ON alarm (cleared_at) WHERE cleared_at IS NOT NULL",
            "CREATE INDEX unrouted_settled ON unrouted (settled_at) WHERE state <> 'open'",
            "CREATE INDEX status_event_stray ON status_event (id) WHERE message_id IS NULL",
            "CREATE INDEX message_version_stray ON message_version (id) WHERE message_id IS NULL",
        ]
            // SQLite has one program, which rescues its own at its start; an index would cost each of its bodies.
            + (sql == .postgres ? ["CREATE INDEX intake_claimed ON intake (claimed_by) WHERE state = 'claimed'"] : [])
    }
}
