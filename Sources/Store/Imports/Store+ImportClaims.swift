package import Domain

/// Who works on an import. A claim ends by itself, so that another node goes on when one has died.
extension Store {
    /// How long a claim holds without being renewed; each slice renews it.
    package static let importClaim: Duration = .seconds(30)

    /// Takes the oldest import that waits for the program; nil when there is none. What a node held whose lease has ended
    /// waits no longer.
    /// - Parameter worker: unique to this start of the program: a node's token.
    package func claimImport(by worker: String) async throws -> ImportRecord? {
        try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            let rows = try connection.rows(
                """
                UPDATE import SET claimed_by = :worker, claimed_until = :until
                WHERE id IN (
                    SELECT id FROM import
                    WHERE state IN ('checking', 'importing')
                        AND (claimed_until IS NULL OR claimed_until <= :now OR \(Self.holderHasEnded))
                    ORDER BY id
                    LIMIT 1
                    \(connection.dialect.skipLocked)
                )
                RETURNING \(ImportRecord.columns(withReport: true))
                """, ["worker": worker, "until": now + Self.importClaim, "now": now])
            return try rows.first.map(ImportRecord.init)
        }
    }

    /// Commands hold imports, too, and are no nodes: their claims end by themselves. A node that was away and has joined
    /// again is there under its old token.
    private static let holderHasEnded = """
        EXISTS (SELECT 1 FROM node n WHERE n.token = import.claimed_by AND n.lease_until <= :now)
                AND NOT EXISTS (SELECT 1 FROM node n WHERE n.token = import.claimed_by AND n.lease_until > :now)
        """

    /// Takes one import, which nobody else works on yet: the command line does what the server does elsewhere.
    /// - Returns: nil when somebody does.
    package func claimImport(
        _ id: ImportID, in workspace: WorkspaceID, by worker: String
    ) async throws -> ImportRecord? {
        try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            let rows = try connection.rows(
                """
                UPDATE import SET claimed_by = :worker, claimed_until = :until
                WHERE workspace_id = :workspace_id AND id = :id AND state IN ('checking', 'importing')
                    AND (claimed_until IS NULL OR claimed_until <= :now OR claimed_by = :worker)
                RETURNING \(ImportRecord.columns(withReport: true))
                """,
                [
                    "worker": worker, "until": now + Self.importClaim, "workspace_id": workspace, "id": id, "now": now,
                ])
            return try rows.first.map(ImportRecord.init)
        }
    }

    /// Holds on to an import while nothing of it is written.
    /// - Returns: false when it is not in these hands any more.
    @discardableResult
    package func renewImport(_ claim: ImportClaim) async throws -> Bool {
        try await database.write(on: .work, .inOrder) { connection in
            guard try connection.held(by: claim) != nil else { return false }
            try connection.renew(claim)
            return true
        }
    }

    /// Gives claims back, so that whoever comes next need not wait for them to end.
    /// - Parameter worker: nil: of everybody, where nobody else can be on this database.
    package func releaseImports(of worker: String?) async throws {
        let whose = worker == nil ? "claimed_by IS NOT NULL" : "claimed_by = :worker"
        try await database.write(on: .work) { connection in
            try connection.execute(
                "UPDATE import SET claimed_by = NULL, claimed_until = NULL WHERE \(whose)",
                worker.map { ["worker": $0] } ?? [:])
        }
    }

    /// Ends an import that cannot go on, with the sentence for its page. What it has written stays, and can be put back.
    package func failImport(_ claim: ImportClaim, saying sentence: LocalizedText) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            guard let record = try connection.held(by: claim) else { return }
            try connection.closeChange(of: record)
            try connection.move(
                record, to: .failed, at: now, setting: ["failure": try JSONText.encode(sentence), "ended_at": now])
        }
    }
}

/// An import in somebody's hands, in the state in which it was taken.
package struct ImportClaim: Sendable {
    package let id: ImportID
    package let workspace: WorkspaceID
    package let state: ImportState
    package let worker: String

    package init(_ record: ImportRecord, by worker: String) {
        id = record.id
        workspace = record.workspace
        state = record.state
        self.worker = worker
    }
}

extension SQLConnection {
    /// Of an import that was moved on in this transaction.
    func take(_ record: ImportRecord, by worker: String) throws {
        try execute(
            """
            UPDATE import SET claimed_by = :worker, claimed_until = :until
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "worker": worker, "until": try databaseNow() + Store.importClaim, "workspace_id": record.workspace,
                "id": record.id,
            ])
    }

    /// The import, locked, when it still is in these hands and in this state; nil tells the holder to stop: a person has
    /// cancelled it, or another node has taken it over.
    func held(by claim: ImportClaim) throws -> ImportRecord? {
        guard let record = try importRecord(claim.id, in: claim.workspace, locking: true), record.state == claim.state
        else { return nil }
        let holder = try value(
            "SELECT claimed_by FROM import WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": claim.workspace, "id": claim.id], as: String?.self)
        return holder == .some(claim.worker) ? record : nil
    }
}
