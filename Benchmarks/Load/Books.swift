import Domain
import Proving
import Store

/// Looks into an installation's database from outside, also while the server runs.
struct Books: Sendable {
    let path: String

    /// Contacts that a back-fill made of the sandbox's crowd, and what they have.
    struct People: Sendable {
        let contacts: Int
        let records: Int
        let phones: Int
    }

    /// Bodies, jobs and comparisons that are still to be done, but for what never rests.
    func open() async throws -> Int {
        try await read { connection in
            try connection.value(
                """
                SELECT (SELECT COUNT(*) FROM intake WHERE state IN ('waiting', 'claimed'))
                    + (SELECT COUNT(*) FROM job WHERE state IN ('available', 'running', 'sending'))
                    + (SELECT COUNT(*) FROM sync_due WHERE is_restless = 0)
                    + (SELECT COUNT(*) FROM mapping WHERE compared_at IS NULL OR compared_to IS NOT NULL)
                    + (SELECT CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END FROM mapping) AS open
                """) ?? 0
        }
    }

    /// The CRM's ids of the contacts that are linked.
    func records() async throws -> [String] {
        try await read { connection in
            try connection.rows("SELECT remote_id FROM remote_ref ORDER BY local_id", [:]).map {
                try $0.get("remote_id")
            }
        }
    }

    /// Those of the linked contacts who wrote, with the number to which they did.
    func writers() async throws -> [HubSpotActions.Person] {
        try await read { connection in
            try connection.rows(
                """
                SELECT r.remote_id, n.phone_number_id FROM remote_ref r
                JOIN conversation c ON c.workspace_id = r.workspace_id AND c.contact_id = r.local_id
                JOIN number n ON n.id = c.number_id
                ORDER BY r.local_id
                """, [:]
            ).map {
                HubSpotActions.Person(
                    record: try $0.get("remote_id"), phoneNumberID: try $0.get("phone_number_id"))
            }
        }
    }

    /// What was taken over from the CRM of a run's edits, and when, as the sync log has it.
    func taken(of run: String) async throws -> [SandboxReader.Arrival] {
        try await read { connection in
            try connection.rows(
                "SELECT after, at FROM sync_change WHERE kind = 'taken' AND after LIKE :mark ORDER BY id",
                ["mark": "%#\(run)-%"]
            ).map { SandboxReader.Arrival(text: try $0.get("after"), at: try $0.get("at"), recordings: 1) }
        }
    }

    func people() async throws -> People {
        try await read { connection in
            func count(_ what: String, _ from: String) throws -> Int {
                try connection.value("SELECT COUNT(\(what)) AS count FROM \(from) WHERE c.name LIKE 'Persona %'") ?? 0
            }
            return People(
                contacts: try count("*", "contact c"),
                records: try count("DISTINCT r.remote_id", "contact c JOIN remote_ref r ON r.local_id = c.id"),
                phones: try count(
                    "DISTINCT h.value",
                    "contact c JOIN handle h ON h.contact_id = c.id AND h.kind = 'phone' AND h.valid_to IS NULL"))
        }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let database = try SQLiteDatabase(path: path, readers: 1)
        do {
            let value = try await database.read(body)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }
}
