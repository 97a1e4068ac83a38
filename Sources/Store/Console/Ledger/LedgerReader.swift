import Domain

/// Puts the counters into the shape of the ledger, inside one transaction.
struct LedgerReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    func read() throws -> Ledger {
        let records = try connections()
        let counts = try CounterReader(connection: connection, workspace: workspace).totals(
            of: Self.kinds + records.flatMap { record in Self.recordKinds.map { "crm.\(record.connection).\($0)" } })
        func count(_ kind: String) -> Int { counts[kind] ?? 0 }
        func updates(_ kind: String) -> Ledger.Updates {
            Ledger.Updates(
                received: count("\(kind).received"), duplicates: count("\(kind).duplicates"),
                stored: count("\(kind).stored"), unrouted: count("\(kind).unrouted"))
        }
        return Ledger(
            bodies: Ledger.Bodies(
                received: count("bodies.received"), interpreted: count("bodies.interpreted"),
                unrouted: count("bodies.unrouted")),
            messages: updates("messages"), statuses: updates("statuses"), others: updates("others"),
            sends: Ledger.Sends(
                accepted: count("sends.accepted"), failed: count("sends.failed"), uncertain: count("sends.uncertain")),
            connections: records.map { record in
                let key = "crm.\(record.connection)"
                return Ledger.Records(
                    connection: record.connection, name: record.name, kind: record.kind,
                    stored: count("\(key).stored"), recorded: count("\(key).recorded"), dead: count("\(key).dead"),
                    notApplicable: count("\(key).not_applicable"))
            })
    }

    func connections() throws -> [Ledger.Records] {
        try connection.rows(
            """
            SELECT id, slug, kind FROM connection
            WHERE workspace_id = :workspace_id AND removed_at IS NULL
            ORDER BY id
            """, ["workspace_id": workspace]
        ).map {
            Ledger.Records(connection: try $0.get("id"), name: try $0.get("slug"), kind: try $0.get("kind"))
        }
    }

    private static let kinds =
        ["bodies.received", "bodies.interpreted", "bodies.unrouted"]
        + ["messages", "statuses", "others"].flatMap { kind in
            ["received", "duplicates", "stored", "unrouted"].map { "\(kind).\($0)" }
        } + ["sends.accepted", "sends.failed", "sends.uncertain"]

    private static let recordKinds = ["stored", "recorded", "dead", "not_applicable"]
}
