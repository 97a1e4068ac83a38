import Domain

@testable import Store

/// The persons that there are, as stories write them.
enum StoryPersons {
    static func read(_ world: ConsoleWorld) async throws -> [String] {
        try await world.store.database.read { connection in
            let contacts = try connection.rows("SELECT id FROM contact WHERE merged_into IS NULL ORDER BY id", [:])
            return try contacts.map { row in
                let contact: ContactID = try row.get("id")
                let handles = try connection.rows(
                    "SELECT value FROM handle WHERE contact_id = :contact AND valid_to IS NULL", ["contact": contact]
                ).map { StoryHandle.word(try $0.get("value")) }
                let messages = try connection.rows(
                    "SELECT wamid FROM message WHERE contact_id = :contact AND kind <> 'system'", ["contact": contact]
                ).map { try $0.get("wamid", as: String.self) }
                let names = handles.isEmpty ? "-" : handles.sorted().joined(separator: " ")
                return messages.isEmpty ? names : "\(names): \(messages.sorted().joined(separator: " "))"
            }.sorted()
        }
    }

    /// What must be true of every database, whatever happened: what is wrong with this one.
    static func faults(_ world: ConsoleWorld) async throws -> [String] {
        let questions = [
            "a message in another's conversation": """
            SELECT COUNT(*) AS n FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.contact_id <> c.contact_id OR m.number_id <> c.number_id
            """,
            "a handle of somebody merged": """
            SELECT COUNT(*) AS n FROM handle h JOIN contact c ON c.id = h.contact_id WHERE c.merged_into IS NOT NULL
            """,
            "a conversation of somebody merged": """
            SELECT COUNT(*) AS n FROM conversation v JOIN contact c ON c.id = v.contact_id
            WHERE c.merged_into IS NOT NULL
            """,
            "merged into somebody merged": """
            SELECT COUNT(*) AS n FROM contact c JOIN contact w ON w.id = c.merged_into WHERE w.merged_into IS NOT NULL
            """,
            "an account of nobody": """
            SELECT COUNT(*) AS n FROM handle h WHERE h.account_id IS NOT NULL AND h.account_id <> h.contact_id
                AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = h.account_id AND c.merged_into = h.contact_id)
            """,
            "a conversation with another's account": """
            SELECT COUNT(*) AS n FROM conversation v WHERE v.account_id IS NOT NULL AND v.account_id <> v.contact_id
                AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = v.account_id AND c.merged_into = v.contact_id)
            """,
            "a job of another contact than its message's": """
            SELECT COUNT(*) AS n FROM job j JOIN message m ON m.id = j.subject_id
            WHERE j.kind IN ('whatsapp.send', 'crm.activity', 'crm.update') AND j.state <> 'completed'
                AND j.ordering_key <> m.contact_id
            """,
        ]
        var faults: [String] = []
        for (fault, sql) in questions where try await world.store.look(sql, as: Int.self) != 0 { faults.append(fault) }
        faults += try await world.store.recount(in: world.workspace).differences.map { "ledger: \($0)" }
        return faults.sorted()
    }
}
