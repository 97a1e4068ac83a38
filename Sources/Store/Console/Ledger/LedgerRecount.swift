package import Domain

/// The ledger against the tables it speaks of: what `puente check ledger` prints.
package struct LedgerRecount: Sendable {
    /// A figure of which the ledger says one thing and the tables another.
    package struct Difference: Equatable, Sendable, CustomStringConvertible {
        /// `messages.stored`, `crm.NAME.recorded`, …
        package let figure: String
        package let kept: Int
        package let counted: Int

        package var description: String { sentence.en }

        package var sentence: LocalizedText {
            LocalizedText(
                en: "\(figure): the ledger says \(kept), the tables \(counted)",
                es: "\(figure): el balance dice \(kept), las tablas \(counted)")
        }
    }

    package let ledger: Ledger
    package let differences: [Difference]

    package var isRight: Bool { differences.isEmpty }
}

extension Store {
    /// Counts everything anew from the tables, in one transaction, and compares. Reads whole tables: for a check, not
    /// for a page. Rows that were pruned are known by the counters `bodies.pruned`, `messages.pruned`,
    /// `statuses.pruned`, `others.pruned`, `unrouted.KIND.pruned`, `crm.ID.pruned` and `crm.ID.not_applicable_pruned`.
    package func recount(in workspace: WorkspaceID) async throws -> LedgerRecount {
        try await database.read(on: .console) { connection in
            let ledger = try LedgerReader(connection: connection, workspace: workspace).read()
            let counting = LedgerCounting(connection: connection, workspace: workspace, ledger: ledger)
            return LedgerRecount(ledger: ledger, differences: try counting.differences())
        }
    }
}

/// Counts rows, inside one transaction.
private struct LedgerCounting {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let ledger: Ledger

    func differences() throws -> [LedgerRecount.Difference] {
        let pruned = try CounterReader(connection: connection, workspace: workspace).totals(
            of: ["bodies", "messages", "statuses", "others"].map { "\($0).pruned" }
                + ["body", "message", "status", "other"].map { "unrouted.\($0).pruned" }
                + ledger.connections.flatMap {
                    ["crm.\($0.connection).pruned", "crm.\($0.connection).not_applicable_pruned"]
                })
        let figures =
            try bodies(pruned)
            + updates("messages", ledger.messages, pruned, (try messages(), try unrouted("message", pruned)))
            + updates("statuses", ledger.statuses, pruned, (try statuses(), try unrouted("status", pruned)))
            + updates("others", ledger.others, pruned, (try others(), try unrouted("other", pruned)))
            + ledger.connections.flatMap { try records($0, pruned) }
        return figures.compactMap { figure in
            figure.kept == figure.counted ? nil : figure
        }
    }

    private typealias Figure = LedgerRecount.Difference

    private func bodies(_ pruned: [String: Int]) throws -> [Figure] {
        let states = try counts("SELECT state AS key, COUNT(*) AS rows FROM intake GROUP BY state")
        let waiting = (states["waiting"] ?? 0) + (states["claimed"] ?? 0)
        let unrouted = try unrouted("body", pruned)
        return [
            Figure(
                figure: "bodies.received", kept: ledger.bodies.received,
                counted: states.values.reduce(0, +) + (pruned["bodies.pruned"] ?? 0)),
            Figure(figure: "bodies.waiting", kept: ledger.bodies.waiting, counted: waiting),
            Figure(figure: "bodies.unrouted", kept: ledger.bodies.unrouted, counted: unrouted),
        ]
    }

    private func updates(
        _ kind: String, _ updates: Ledger.Updates, _ pruned: [String: Int], _ counted: (stored: Int, unrouted: Int)
    ) -> [Figure] {
        [
            Figure(
                figure: "\(kind).stored", kept: updates.stored,
                counted: counted.stored + (pruned["\(kind).pruned"] ?? 0)),
            Figure(figure: "\(kind).unrouted", kept: updates.unrouted, counted: counted.unrouted),
            Figure(
                figure: "\(kind).received", kept: updates.received,
                counted: updates.duplicates + updates.stored + updates.unrouted),
        ]
    }

    private func messages() throws -> Int {
        let stored = try connection.value(
            """
            SELECT COUNT(*) AS rows FROM message
            WHERE workspace_id = :workspace_id AND origin IN ('customer', 'echo', 'history')
            """, ["workspace_id": workspace], as: Int.self)
        return stored ?? 0
    }

    private func statuses() throws -> Int {
        let stored = try connection.value(
            "SELECT COUNT(*) AS rows FROM status_event WHERE workspace_id = :workspace_id",
            ["workspace_id": workspace], as: Int.self)
        return stored ?? 0
    }

    private func others() throws -> Int {
        let stored = try connection.value(
            """
            SELECT (SELECT COUNT(*) FROM notice WHERE workspace_id = :workspace_id)
                + (SELECT COUNT(*) FROM message_version WHERE workspace_id = :workspace_id) AS rows
            """, ["workspace_id": workspace], as: Int.self)
        return stored ?? 0
    }

    /// Of the whole installation, as the counters are. Entries that were routed again have left the ledger.
    private func unrouted(_ kind: String, _ pruned: [String: Int]) throws -> Int {
        let kept = try connection.value(
            "SELECT COUNT(*) AS rows FROM unrouted WHERE kind = :kind AND state <> 'routed'", ["kind": kind],
            as: Int.self)
        return (kept ?? 0) + (pruned["unrouted.\(kind).pruned"] ?? 0)
    }

    private func records(_ records: Ledger.Records, _ pruned: [String: Int]) throws -> [Figure] {
        let recorded = pruned["crm.\(records.connection).pruned"] ?? 0
        let notApplicable = pruned["crm.\(records.connection).not_applicable_pruned"] ?? 0
        let states = try counts(
            """
            SELECT state AS key, COUNT(*) AS rows FROM activity
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            GROUP BY state
            """, ["workspace_id": workspace, "connection_id": records.connection])
        func figure(_ name: String, _ kept: Int, _ counted: Int) -> Figure {
            Figure(figure: "crm.\(records.name).\(name)", kept: kept, counted: counted)
        }
        return [
            figure("stored", records.stored, states.values.reduce(0, +) + recorded + notApplicable),
            figure("recorded", records.recorded, (states["recorded"] ?? 0) + recorded),
            figure("waiting", records.waiting, states["waiting"] ?? 0),
            figure("dead", records.dead, states["dead"] ?? 0),
            figure("not_applicable", records.notApplicable, (states["not_applicable"] ?? 0) + notApplicable),
        ]
    }

    private func counts(_ sql: String, _ arguments: SQLArguments = [:]) throws -> [String: Int] {
        try connection.rows(sql, arguments).reduce(into: [:]) {
            $0[try $1.get("key")] = try $1.get("rows", as: Int.self)
        }
    }
}
