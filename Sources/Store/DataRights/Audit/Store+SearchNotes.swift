package import Domain

extension Store {
    private static let searchStep: Duration = .hours(1)
    /// Beyond so many searches of one person in an hour the trail says once that there were more.
    package static let mostSearchesNoted = 200
    /// Fewer letters are the beginning of a word that is being typed: a list, as far as the trail is concerned.
    private static let shortestSearch = 3

    /// Somebody listed contacts, or looked for some.
    /// - Parameter asked: `query` is what was typed; filters by their names, as ids and words of ours.
    package func noteListed(_ asked: [String: String], by actor: String, in workspace: WorkspaceID) async throws {
        var detail = asked.filter { !$0.value.isEmpty }
        detail["query"] = detail["query"].flatMap { query in
            let words = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return words.count < Self.shortestSearch ? nil : String(words.prefix(100))
        }
        let text = try JSONText.encode(detail)
        let since = IDGenerator.lowest(at: now() - Self.searchStep)
        let known = try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT detail FROM trail
                WHERE workspace_id = :workspace_id AND subject_id = :workspace_id AND id > :since AND event = :event
                    AND actor = :actor
                LIMIT :limit
                """,
                [
                    "workspace_id": workspace, "since": since, "event": AuditEvent.contactsListed.rawValue,
                    "actor": actor, "limit": Self.mostSearchesNoted + 1,
                ]
            ).map { try $0.get("detail", as: String.self) }
        }
        guard !known.contains(text) else { return }
        if known.count < Self.mostSearchesNoted {
            try await note(.contactsListed, of: workspace.rawValue, by: actor, in: workspace, detail: detail)
        } else if known.count == Self.mostSearchesNoted {
            try await note(.contactsListed, of: workspace.rawValue, by: actor, in: workspace, detail: ["more": "yes"])
        }
    }
}
