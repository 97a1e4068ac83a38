import Domain

/// Contacts by their newest message, met on a walk through the conversations: the open and the closed ones each stand
/// sorted in an index, and are merged here.
struct ActivityWalk {
    /// Conversations of each state that are read at once: few at first, since most pages need no more.
    private static let slices = [100, 400, 400, 400, 400, 400, 400]

    let connection: any SQLConnection
    /// On `contact p`.
    let conditions: String
    let arguments: SQLArguments

    private struct Step {
        let conversation: Int64
        let contact: ContactID
        let at: Int64

        var position: ListPosition { ListPosition(key: at, id: conversation) }
    }

    func page(after start: ListPosition?, limit: Int) throws -> ListPage<ContactID> {
        var position = start
        var found: [Step] = []
        for slice in Self.slices {
            let (steps, isEnd) = try next(slice, after: position)
            found += try met(by: steps)
            if found.count > limit || isEnd {
                let page = ListPage(fetched: found, limit: limit, position: \.position)
                return page.with(page.items.map(\.contact))
            }
            position = steps.last?.position ?? position
        }
        return ListPage(items: found.map(\.contact), next: position)
    }

    /// - Returns: the next conversations, and whether they are the last. Behind the last one of a list that goes on,
    ///   nothing is known of that list: the other one is cut off there.
    private func next(_ slice: Int, after position: ListPosition?) throws -> (steps: [Step], isEnd: Bool) {
        let lists = try ["open", "closed"].map { try steps(of: $0, slice, after: position) }
        let known = lists.filter { $0.count == slice }.compactMap(\.last).map(Self.place).max()
        let merged = lists.flatMap(\.self).sorted { Self.place($0) > Self.place($1) }
        guard let known else { return (merged, true) }
        return (merged.filter { Self.place($0) >= known }, false)
    }

    private static func place(_ step: Step) -> Place { Place(at: step.at, conversation: step.conversation) }

    private struct Place: Comparable {
        let at: Int64
        let conversation: Int64

        static func < (one: Place, other: Place) -> Bool {
            (one.at, one.conversation) < (other.at, other.conversation)
        }
    }

    private func steps(of state: String, _ slice: Int, after position: ListPosition?) throws -> [Step] {
        let behind = position.map { _ in "AND (c.last_message_at, c.id) < (:after_at, :after_conversation)" } ?? ""
        var arguments = arguments
        if let position {
            arguments.set("after_at", position.key)
            arguments.set("after_conversation", position.id)
        }
        return try connection.rows(
            """
            SELECT c.id, c.contact_id, c.last_message_at FROM conversation c
            WHERE c.workspace_id = :workspace_id AND c.state = '\(state)' \(behind)
            ORDER BY c.last_message_at DESC, c.id DESC
            LIMIT \(slice)
            """, arguments
        ).map {
            Step(conversation: try $0.get("id"), contact: try $0.get("contact_id"), at: try $0.get("last_message_at"))
        }
    }

    /// Those whose contact meets the conditions and has no newer conversation, under which it was listed already.
    private func met(by steps: [Step]) throws -> [Step] {
        guard !steps.isEmpty else { return [] }
        let list = SQLValueList("conversation", steps.map(\.conversation))
        // The plus keeps SQLite from looking through all conversations of the workspace: they are found by their ids.
        let met = try connection.rows(
            """
            SELECT c.id FROM conversation c
            CROSS JOIN contact p
            WHERE +c.workspace_id = :workspace_id AND c.id IN \(list.sql) AND p.id = c.contact_id AND \(conditions)
                AND NOT EXISTS (
                    SELECT 1 FROM conversation n
                    WHERE n.workspace_id = :workspace_id AND n.contact_id = c.contact_id
                        AND (n.last_message_at, n.id) > (c.last_message_at, c.id)
                )
            """, list.arguments(arguments)
        ).map { try $0.get("id", as: Int64.self) }
        let ids = Set(met)
        return steps.filter { ids.contains($0.conversation) }
    }
}
