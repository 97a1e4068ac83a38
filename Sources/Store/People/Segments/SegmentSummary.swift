package import Domain

/// Conditions kept under a name.
package struct SegmentSummary: Sendable {
    package static let maxName = 80
    package static let maxSegments = 200

    package let id: SegmentID
    package let name: String
    package let conditions: SegmentConditions
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
}

extension SegmentSummary {
    /// - Throws: never for conditions that were read.
    package func version() throws -> EditVersion {
        EditVersion(of: [name, try JSONText.encode(conditions)])
    }

    static let columns = "g.id, g.name, g.conditions, g.created_at, g.updated_at"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        conditions = try row.json("conditions")
        createdAt = try row.get("created_at")
        updatedAt = try row.get("updated_at")
    }
}
