package import Domain

/// Two contacts who may be one person, as lists show them.
package struct DuplicateSummary: Sendable {
    package enum State: String, SQLConvertible, CaseIterable, Sendable {
        /// Nobody has decided.
        case open
        /// Somebody said that these are two.
        case dismissed
        case merged
    }

    package let id: DuplicateID
    /// The older one.
    package let a: PersonSummary
    package let b: PersonSummary
    /// 1 to 100.
    package let score: Int
    /// The weightiest first.
    package let reasons: [DuplicateReason]
    package let state: State
    package let foundAt: Timestamp
    package let settledAt: Timestamp?
    package let settledBy: String?
    /// The merge, to be undone by it.
    package let change: ChangeID?
    /// The reviewed list that it stands in.
    package let batch: MergeBatchID?
    /// Who stays, where that was decided.
    package let winner: ContactID?
    /// Why the list could not merge them.
    package let failure: LocalizedText?
}

extension DuplicateSummary {
    fileprivate static let columns = """
        d.id, d.contact_a, d.contact_b, d.score, d.reasons, d.state, d.found_at, d.settled_at, d.settled_by, d.change_id,
            d.batch_id, d.winner_id, d.failure
        """

    /// Nil where one of them has been erased since they were compared.
    fileprivate init?(_ row: SQLRow, people: [ContactID: PersonSummary]) throws {
        guard let a = people[try row.get("contact_a")], let b = people[try row.get("contact_b")] else { return nil }
        id = try row.get("id")
        self.a = a
        self.b = b
        score = try row.get("score")
        reasons = try row.json("reasons")
        state = try row.get("state")
        foundAt = try row.get("found_at")
        settledAt = try row.get("settled_at")
        settledBy = try row.get("settled_by")
        change = try row.get("change_id")
        batch = try row.get("batch_id")
        winner = try row.get("winner_id")
        failure = try row.jsonIfPresent("failure")
    }
}

extension SQLConnection {
    func duplicate(of pair: DuplicatePair, in workspace: WorkspaceID) throws -> DuplicateSummary? {
        try duplicates(
            "WHERE d.workspace_id = :workspace_id AND d.contact_a = :a AND d.contact_b = :b",
            ["workspace_id": workspace, "a": pair.a, "b": pair.b], in: workspace
        ).first
    }

    /// - Parameter conditions: `WHERE … ORDER BY …`, on the alias `d`.
    func duplicates(
        _ conditions: String, _ arguments: SQLArguments, in workspace: WorkspaceID
    ) throws -> [DuplicateSummary] {
        let rows = try rows("SELECT \(DuplicateSummary.columns) FROM duplicate d \(conditions)", arguments)
        let contacts = Set(
            try rows.flatMap {
                [try $0.get("contact_a", as: ContactID.self), try $0.get("contact_b", as: ContactID.self)]
            })
        let people = try people(contacts.sorted(), in: workspace)
        return try rows.compactMap { try DuplicateSummary($0, people: people) }
    }

    /// What names the contacts, also those that were merged.
    func people(_ contacts: [ContactID], in workspace: WorkspaceID) throws -> [ContactID: PersonSummary] {
        guard !contacts.isEmpty else { return [:] }
        let list = SQLValueList("id", contacts)
        let people = try rows(
            """
            SELECT \(PersonSummary.columns) FROM contact p
            WHERE p.workspace_id = :workspace_id AND p.id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace])
        ).map(PersonSummary.init)
        return Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
    }
}
