package import Domain

/// What people change in a form of its own.
package enum EditedThing: Sendable {
    case label(LabelID)
    case field(FieldID)
    case segment(SegmentID)
    case labelRule(LabelRuleID)

    fileprivate var relation: JournalRelation {
        switch self {
        case .label: .label
        case .field: .field
        case .segment: .segment
        case .labelRule: .labelRule
        }
    }

    fileprivate var id: Int64 {
        switch self {
        case .label(let id): id.rawValue
        case .field(let id): id.rawValue
        case .segment(let id): id.rawValue
        case .labelRule(let id): id.rawValue
        }
    }
}

/// Who changed something, and when.
package struct LastEdit: Sendable {
    package let actor: String
    package let at: Timestamp
}

extension Store {
    /// Two people rarely edit the same thing: the other's change is among the newest.
    private static let newestChanges = 100

    /// Who changed it last, as far as the newest changes tell.
    package func lastEdit(of thing: EditedThing, in workspace: WorkspaceID) async throws -> LastEdit? {
        let key = try JSONText.encode(RowImage(["id": SQLValue.integer(thing.id)]))
        let newest = Self.newestChanges
        return try await database.read(on: .console) { connection in
            try connection.row(
                """
                SELECT g.actor, g.at
                FROM (
                    SELECT id, kind, actor, at FROM change
                    WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT :newest
                ) AS g
                JOIN change_row r ON r.workspace_id = :workspace_id AND r.change_id = g.id
                WHERE g.kind = 'edit' AND r.relation = :relation AND r.key = :key
                ORDER BY g.id DESC LIMIT 1
                """,
                [
                    "workspace_id": workspace, "newest": newest, "relation": thing.relation.rawValue, "key": key,
                ]
            ).map { LastEdit(actor: try $0.get("actor"), at: try $0.get("at")) }
        }
    }
}
