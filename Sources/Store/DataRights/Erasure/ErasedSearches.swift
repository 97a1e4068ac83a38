import Domain

/// What people typed to find somebody who is erased goes from the audit trail: it is the one place there that may name
/// them. That they searched, and when, stays.
struct ErasedSearches {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let traces: PersonTraces

    func empty() throws {
        let rows = try connection.rows(
            "SELECT id, detail FROM trail WHERE workspace_id = :workspace_id AND event = :event",
            ["workspace_id": workspace, "event": AuditEvent.contactsListed.rawValue])
        for row in rows {
            var detail: [String: String] = try row.json("detail")
            guard let query = detail["query"], traces.mayBeSought(by: query) else { continue }
            detail["query"] = nil
            detail["erased"] = "yes"
            try connection.execute(
                "UPDATE trail SET detail = :detail WHERE workspace_id = :workspace_id AND id = :id",
                [
                    "detail": try JSONText.encode(detail), "workspace_id": workspace,
                    "id": try row.get("id", as: Int64.self),
                ])
        }
    }
}

extension PersonTraces {
    private static let shortestNumber = 4
    /// A number without its country's code.
    private static let nationalNumber = 8
    /// So many letters of a name tell somebody, whatever stands beside them.
    private static let tellingWord = 5

    /// Whether a search may have been for the person. Rather one too many is forgotten.
    func mayBeSought(by query: String) -> Bool {
        let digits = String(query.searchable.filter(\.isNumber))
        if digits.count >= Self.shortestNumber {
            let end = String(digits.suffix(Self.nationalNumber))
            let isEnough = end.count == Self.nationalNumber
            if identifiers.contains(where: { $0.contains(digits) || (isEnough && $0.hasSuffix(end)) }) { return true }
        }
        let words = query.searchable.split { !$0.isLetter && !$0.isNumber }
        guard !words.isEmpty else { return false }
        return (names + identifiers).contains { name in
            let name = name.searchable
            return words.allSatisfy { name.contains($0) }
                || words.contains { $0.count >= Self.tellingWord && name.contains($0) }
        }
    }
}
