import Domain

/// This program's place among the nodes: a number (ten bits of its ids) and a lease on the database's clock.
package struct NodeLease: Equatable, Sendable {
    package let number: Int
    /// Made at this start: a successor on the same machine is another node.
    package let token: String
    /// Another program that is alive has the same name: the next start of either ends the lease of the other.
    package let hasNamesake: Bool
}

/// How long a node may be silent before others take its lanes over.
package struct LeaseTimes: Sendable {
    package var lease: Duration = .seconds(3)
    package var renewal: Duration = .seconds(1)
    /// A node's number is not given away for this long after its lease ended.
    package var numberRest: Duration = .minutes(10)

    package init() {}
}

extension Store {
    /// Joins the nodes with the lowest number that has rested. A node of the same name was this one's former life:
    /// its lease ends now, so that its lanes and bodies are taken over at once.
    ///
    /// - Parameters:
    ///   - name: one for each place where a node can run; the address it listens on.
    ///   - isAlone: nobody else can be running on this database (SQLite): every other lease ends now.
    ///   - isStart: false when this program had joined before. Whoever has its name now is not its former life but
    ///     another program, and is left alone: else the two would end each other's lease for ever.
    package func join(
        name: String, token: String, isAlone: Bool, isStart: Bool = true, times: LeaseTimes = LeaseTimes()
    ) async throws -> NodeLease {
        try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            try connection.execute(
                """
                UPDATE node SET lease_until = :now
                WHERE lease_until > :now
                    AND ((name = :name AND (token = :token OR :is_start = 1)) OR :is_alone = 1)
                """,
                ["now": now, "name": name, "token": token, "is_start": isStart, "is_alone": isAlone])
            let namesake = try connection.row(
                "SELECT number FROM node WHERE name = :name AND lease_until > :now", ["name": name, "now": now])
            let taken = Set(
                try connection.rows(
                    "SELECT number FROM node WHERE lease_until > :rested",
                    ["rested": now - times.numberRest]
                ).map { try $0.get("number", as: Int.self) })
            guard let number = IDGenerator.nodes.first(where: { !taken.contains($0) && $0 > 0 }) else {
                throw SQLError.misuse("all 1,023 node numbers are taken")
            }
            let isOurs = try connection.execute(
                """
                INSERT INTO node (number, name, token, started_at, lease_until)
                VALUES (:number, :name, :token, :now, :lease_until)
                ON CONFLICT (number) DO UPDATE
                SET name = excluded.name, token = excluded.token, started_at = excluded.started_at,
                    lease_until = excluded.lease_until, is_leaving = 0
                WHERE node.lease_until <= :rested
                """,
                [
                    "number": number, "name": name, "token": token, "now": now, "lease_until": now + times.lease,
                    "rested": now - times.numberRest,
                ])
            // Another node joined at the same moment; two of one number would make the same ids.
            guard isOurs == 1 else { throw SQLError.conflict("another node took number \(number)") }
            return NodeLease(number: number, token: token, hasNamesake: namesake != nil)
        }
    }

    /// - Returns: false when the lease had ended or the number belongs to another: the node must stop.
    package func renew(_ lease: NodeLease, times: LeaseTimes) async throws -> Bool {
        try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            return try connection.execute(
                """
                UPDATE node SET lease_until = :lease_until
                WHERE number = :number AND token = :token AND lease_until > :now
                """,
                [
                    "lease_until": now + times.lease, "number": lease.number, "token": lease.token, "now": now,
                ]) == 1
        }
    }

    /// Leaves in good order: lanes and bodies in hand are free at once. A node that was away for so long that its
    /// number belongs to another by now leaves that one's alone.
    /// - Returns: whether the number was still this node's.
    @discardableResult
    package func leave(_ lease: NodeLease) async throws -> Bool {
        try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            let isOurs = try connection.execute(
                "UPDATE node SET lease_until = :now, is_leaving = 1 WHERE number = :number AND token = :token",
                ["now": now, "number": lease.number, "token": lease.token])
            guard isOurs == 1 else { return false }
            try connection.execute("UPDATE lane SET node = NULL WHERE node = :node", ["node": lease.number])
            try connection.releaseBodies(node: lease.number)
            return true
        }
    }
}

extension SQLConnection {
    /// Leases are measured on one clock for all nodes.
    func databaseNow() throws -> Timestamp {
        guard let now = try value("SELECT \(dialect.nowMilliseconds) AS now", as: Timestamp.self) else {
            throw SQLError.decoding("the database's clock gave no answer")
        }
        return now
    }
}
