extension Migration {
    /// A CRM's record is one contact's. Another contact that the CRM takes for the same person shares it, until people
    /// merge the two or tell them apart. Where several had one, it is now the oldest's.
    static let recordOwners = Migration(
        number: 15, name: "give each record of a CRM one owner", oldestCompatible: 1
    ) { sql in
        [
            "ALTER TABLE remote_ref ADD COLUMN is_shared \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1))",
            """
            UPDATE remote_ref SET is_shared = 1
            WHERE EXISTS (
                SELECT 1 FROM remote_ref o
                WHERE o.workspace_id = remote_ref.workspace_id AND o.connection_id = remote_ref.connection_id
                    AND o.entity = remote_ref.entity AND o.remote_id = remote_ref.remote_id
                    AND o.local_id < remote_ref.local_id
            )
            """,
            """
            CREATE UNIQUE INDEX remote_ref_owner ON remote_ref (workspace_id, connection_id, entity, remote_id)
            WHERE is_shared = 0
            """,
        ]
    }
}
