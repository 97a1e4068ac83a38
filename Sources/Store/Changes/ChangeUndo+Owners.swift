import Domain

/// What must be there, or be free, for a row to come back.
extension ChangeUndo {
    /// Contacts, labels and fields that are still there.
    struct PresentOwners {
        fileprivate let present: [String: Set<SQLValue>]

        /// What is of somebody comes back only while they, and the label or field that it is of, are there.
        func haveAll(of step: Step) -> Bool {
            step.owners.allSatisfy { present[$0.table]?.contains($0.id) ?? false }
        }
    }

    func presentOwners(of run: [Step]) throws -> PresentOwners {
        let owners = run.flatMap(\.owners).reduce(into: [String: Set<SQLValue>]()) { owners, owner in
            owners[owner.table, default: []].insert(owner.id)
        }
        var found: [String: Set<SQLValue>] = [:]
        for (table, ids) in owners.sorted(by: { $0.key < $1.key }) { found[table] = Set(try present(table, ids)) }
        return PresentOwners(present: found)
    }

    /// Those of the rows with these ids that are there, held until the transaction ends.
    func present(_ table: String, _ ids: Set<SQLValue>) throws -> [SQLValue] {
        try Array(ids).chunked(256).flatMap { part in
            let list = SQLValueList("id", part)
            return try connection.rows(
                """
                SELECT id FROM \(table) WHERE workspace_id = :workspace_id AND id IN \(list.sql)
                ORDER BY id \(connection.dialect.forShare)
                """, list.arguments(["workspace_id": workspace])
            ).map { try $0.get("id", as: SQLValue.self) }
        }
    }

    /// Whether what is unique has not been given to somebody else since: a handle that holds, an open conversation, the one
    /// question that waits for its answer, a name, a CRM's record.
    func isFree(_ step: Step) throws -> Bool {
        if step.relation == .remoteRef { return try isRecordFree(step) }
        guard let before = step.before, let id = step.key.columns["id"] else { return true }
        switch step.relation {
        case .handle:
            let row = before.columns.merging(try whole(step)) { written, _ in written }
            guard row["valid_to"] == .null else { return true }
            try lockHandle(row)
            return try !exists(
                """
                SELECT 1 AS one FROM handle
                WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                    AND valid_to IS NULL AND id <> :id
                """, named(row, ["kind", "scope", "value"], id: id))
        case .conversation:
            let row = before.columns.merging(try whole(step)) { written, _ in written }
            guard row["state"] == .text("open") else { return true }
            return try !exists(
                """
                SELECT 1 AS one FROM conversation
                WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                    AND state = 'open' AND id <> :id
                """, named(row, ["number_id", "contact_id"], id: id))
        case .optIn:
            let row = before.columns.merging(try whole(step)) { written, _ in written }
            guard row["state"] == .text("waiting") else { return true }
            return try !exists(
                """
                SELECT 1 AS one FROM opt_in
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'waiting' AND id <> :id
                """, named(row, ["contact_id"], id: id))
        case .label, .segment, .labelRule:
            let row = before.columns.merging(try whole(step)) { written, _ in written }
            return try !exists(
                """
                SELECT 1 AS one FROM \(step.relation.rawValue)
                WHERE workspace_id = :workspace_id AND folded = :folded AND id <> :id
                """, named(row, ["folded"], id: id))
        case .contact, .field, .message, .duplicate, .contactLabel, .contactField, .contactState, .remoteRef,
            .consentEntry, .consent, .firstContact, .labelRuleExemption:
            return true
        }
    }

    /// A CRM's record has one owner.
    private func isRecordFree(_ step: Step) throws -> Bool {
        guard let before = step.before, before.columns["is_shared"] == .integer(0) else { return true }
        var arguments = scoped(step.key)
        let row = before.columns.merging(try whole(step)) { written, _ in written }
        arguments.set("remote_id", row["remote_id"] ?? .null)
        return try !exists(
            """
            SELECT 1 AS one FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = :entity
                AND remote_id = :remote_id AND is_shared = 0 AND local_id <> :local_id
            """, arguments)
    }

    private func lockHandle(_ row: [String: SQLValue]) throws {
        let parts = ["kind", "scope", "value"].map { row[$0].flatMap(String.from) ?? "" }
        try connection.lock([parts.joined()], in: workspace)
    }

    private func whole(_ step: Step) throws -> [String: SQLValue] {
        let row = try connection.row(
            "SELECT * FROM \(step.relation.rawValue) WHERE \(step.relation.condition)", scoped(step.key))
        return row.map { RowImage($0).columns } ?? [:]
    }

    private func named(_ row: [String: SQLValue], _ names: [String], id: SQLValue) -> SQLArguments {
        var arguments: SQLArguments = ["workspace_id": workspace, "id": id]
        for name in names { arguments.set(name, row[name] ?? .null) }
        return arguments
    }

    private func exists(_ sql: String, _ arguments: SQLArguments) throws -> Bool {
        try connection.row(sql, arguments) != nil
    }
}

extension ChangeUndo.Step {
    private static let ownerColumns = [
        "contact_id": "contact", "local_id": "contact", "contact_a": "contact", "contact_b": "contact",
        "merged_into": "contact", "label_id": "label", "field_id": "field",
    ]

    /// What the row that comes back names. Whom Meta's limit counted stays counted, whatever became of them.
    fileprivate var owners: [(table: String, id: SQLValue)] {
        guard let before, relation != .firstContact else { return [] }
        return Self.ownerColumns.compactMap { column, table in
            guard let id = before.columns[column] ?? key.columns[column], id != .null else { return nil }
            return (table, id)
        }
    }
}
