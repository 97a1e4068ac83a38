import Domain

/// What is found by a wamid, which is unique on one number only.
extension MessageReader {
    func addReactions(to messages: inout [StoredMessage]) throws {
        for (number, indices) in Dictionary(grouping: messages.indices, by: { messages[$0].number }) {
            let wamids = indices.compactMap { messages[$0].wamid }
            guard !wamids.isEmpty else { continue }
            let reactions = try reactions(on: SQLValueList("wamid", wamids), number: number)
            for index in indices {
                guard let wamid = messages[index].wamid else { continue }
                messages[index].reactions = reactions[wamid] ?? []
            }
        }
    }

    private func reactions(on wamids: SQLValueList, number: NumberID) throws -> [String: [MessageReaction]] {
        let rows = try connection.rows(
            """
            SELECT target, is_inbound, emoji, at FROM reaction
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND target IN \(wamids.sql) AND emoji <> ''
            ORDER BY is_inbound DESC
            """, wamids.arguments(["workspace_id": workspace, "number_id": number]))
        return try rows.reduce(into: [:]) { result, row in
            result[try row.get("target"), default: []].append(
                MessageReaction(
                    isInbound: try row.get("is_inbound"), emoji: try row.get("emoji"), at: try row.get("at")))
        }
    }

    func addQuotes(to messages: inout [StoredMessage]) throws {
        for (number, indices) in Dictionary(grouping: messages.indices, by: { messages[$0].number }) {
            let wamids = indices.compactMap { messages[$0].context?.context?.messageID }
            guard !wamids.isEmpty else { continue }
            let quotes = try quotes(SQLValueList("wamid", Set(wamids).sorted()), number: number)
            for index in indices {
                guard let wamid = messages[index].context?.context?.messageID else { continue }
                messages[index].quoted =
                    quotes[wamid]
                    ?? QuotedMessage(wamid: wamid, id: nil, content: nil, isInbound: nil, author: nil)
            }
        }
    }

    private func quotes(_ wamids: SQLValueList, number: NumberID) throws -> [String: QuotedMessage] {
        let rows = try connection.rows(
            """
            SELECT id, wamid, kind, content, is_inbound, author FROM message
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid IN \(wamids.sql)
            """, wamids.arguments(["workspace_id": workspace, "number_id": number]))
        return try rows.reduce(into: [:]) { result, row in
            let wamid: String = try row.get("wamid")
            result[wamid] = QuotedMessage(
                wamid: wamid, id: try row.get("id"), content: try row.content("content", kind: "kind"),
                isInbound: try row.get("is_inbound"), author: try row.get("author"))
        }
    }
}
