package import Domain

/// The contacts that are one person: the one that is listed, and those that were merged into it and are kept for undoing
/// that.
struct PersonContacts: Equatable, Sendable {
    /// Merges that lead in a circle are a mistake of ours: they end here.
    private static let longestChain = 64

    let listed: ContactID
    /// The listed one first.
    let all: [ContactID]

    /// `IN (…)` over all of them, by parameters `person0`, `person1`, …
    var list: SQLValueList { SQLValueList("person", all) }

    /// - Returns: nil when there is no such contact.
    static func of(
        _ contact: ContactID, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> PersonContacts? {
        guard let listed = try listed(contact, on: connection, in: workspace) else { return nil }
        var all = [listed]
        var newest = [listed]
        while !newest.isEmpty, all.count < 10_000 {
            let list = SQLValueList("into", newest)
            newest = try connection.rows(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id AND merged_into IN \(list.sql) ORDER BY id",
                list.arguments(["workspace_id": workspace])
            ).map { try $0.get("id", as: ContactID.self) }.filter { !all.contains($0) }
            all += newest
        }
        return PersonContacts(listed: listed, all: all)
    }

    /// Where the merges lead to.
    private static func listed(
        _ contact: ContactID, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> ContactID? {
        var current = contact
        for _ in 0..<longestChain {
            let row = try connection.row(
                "SELECT merged_into FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": current])
            guard let row else { return nil }
            guard let next = try row.get("merged_into", as: ContactID?.self) else { return current }
            current = next
        }
        return current
    }
}

extension Store {
    /// The contact that a person is listed as, also when an earlier one was asked for; nil when there is none.
    package func listedContact(_ contact: ContactID, in workspace: WorkspaceID) async throws -> ContactID? {
        try await database.read(on: .console) { connection in
            try PersonContacts.of(contact, on: connection, in: workspace)?.listed
        }
    }
}
