import Domain

/// Where a person is named without being known as a contact: news of WhatsApp, excerpts of what found no place, remembered
/// answers of the API, news of messages that never came. Looked for while others write, since no index leads there; only
/// what was found is written.
struct ErasureMentions: Sendable {
    /// A remembered answer's key.
    struct Answer: Sendable {
        let key: Int64
        let request: String
    }

    /// Rows that are asked at once.
    static let slice = 5000

    var notices: [Int64] = []
    var excerpts: [Int64] = []
    var statuses: [Int64] = []
    var versions: [Int64] = []
    var answers: [Answer] = []

    static func found(of erasure: OpenErasure, on connection: any SQLConnection) throws -> ErasureMentions {
        let finder = MentionFinder(connection: connection, erasure: erasure)
        var found = ErasureMentions(answers: try finder.answers())
        guard !erasure.traces.identifiers.isEmpty else { return found }
        found.notices = try finder.notices()
        found.excerpts = try finder.excerpts()
        return found
    }

    var isEmpty: Bool {
        notices.isEmpty && excerpts.isEmpty && statuses.isEmpty && versions.isEmpty && answers.isEmpty
    }
}

private struct MentionFinder {
    let connection: any SQLConnection
    let erasure: OpenErasure

    private var workspace: WorkspaceID { erasure.workspace }

    /// A person who stopped marketing inside WhatsApp is named by number or user id.
    func notices() throws -> [Int64] {
        let subjects = SQLValueList("subject", erasure.traces.identifiers)
        let detail = erasure.traces.patterns(in: "detail", dialect: connection.dialect)
        return try ids(
            """
            SELECT id FROM notice
            WHERE workspace_id = :workspace_id AND (subject IN \(subjects.sql) OR \(detail.sql))
            """, subjects.arguments(detail.arguments.with("workspace_id", workspace)))
    }

    /// What belongs to no workspace is shown to all.
    func excerpts() throws -> [Int64] {
        let excerpt = erasure.traces.patterns(in: "excerpt", dialect: connection.dialect)
        return try ids(
            """
            SELECT id FROM unrouted
            WHERE (workspace_id = :workspace_id OR workspace_id IS NULL) AND \(excerpt.sql)
            """, excerpt.arguments.with("workspace_id", workspace))
    }

    func answers() throws -> [ErasureMentions.Answer] {
        var arguments: SQLArguments = ["workspace_id": workspace]
        let names = erasure.traces.contacts.map(\.description) + erasure.traces.identifiers
        let conditions = names.enumerated().map { index, name in
            arguments.set("name\(index)", "%\(name)%")
            return "answer LIKE :name\(index)"
        }
        return try connection.rows(
            """
            SELECT api_key_id, key FROM idempotency
            WHERE workspace_id = :workspace_id AND answer IS NOT NULL AND (\(conditions.joined(separator: " OR ")))
            """, arguments
        ).map { .init(key: try $0.get("api_key_id"), request: try $0.get("key")) }
    }

    private func ids(_ sql: String, _ arguments: SQLArguments) throws -> [Int64] {
        try connection.rows(sql, arguments).map { try $0.get("id") }
    }
}

extension ErasureMentions {
    /// News and edits of messages that we never had. WhatsApp's ids of messages hold the customer's number.
    struct Strays: Sendable {
        let found: [Int64]
        /// Nil at the end.
        let last: Int64?
    }

    static func strays(
        in table: StrayTable, of erasure: OpenErasure, after: Int64, on connection: any SQLConnection
    ) throws -> Strays {
        let rows = try connection.rows(
            """
            SELECT id, \(table.wamid) AS wamid, \(table.text) AS text FROM \(table.rawValue)
            WHERE workspace_id = :workspace_id AND message_id IS NULL AND id > :after
            ORDER BY id LIMIT \(slice)
            """, ["workspace_id": erasure.workspace, "after": after])
        let identifiers = erasure.traces.identifiers
        let found: [Int64] = try rows.filter { row in
            let wamid = MessageWAMID(try row.get("wamid"))
            let text = try row.get("text", as: String?.self) ?? ""
            return identifiers.contains { wamid.holds($0) || text.contains($0) }
        }.map { try $0.get("id") }
        return Strays(found: found, last: rows.count < slice ? nil : try rows.last?.get("id"))
    }

    enum StrayTable: String, CaseIterable, Sendable {
        case statuses = "status_event"
        case versions = "message_version"

        fileprivate var wamid: String { self == .statuses ? "wamid" : "original" }
        fileprivate var text: String { self == .statuses ? "detail" : "content" }
    }
}

/// Takes away what was found, inside one transaction.
private struct MentionErasing {
    let store: Store
    let connection: any SQLConnection
    let erasure: OpenErasure
    let now: Timestamp

    private var workspace: WorkspaceID { erasure.workspace }

    func erase(_ mentions: ErasureMentions) throws {
        var counters = CounterDeltas()
        var counts = ErasureCounts()
        let notices = try delete(mentions.notices, from: "notice")
        let versions = try delete(mentions.versions, from: "message_version", where: "AND message_id IS NULL")
        let statuses = try delete(mentions.statuses, from: "status_event", where: "AND message_id IS NULL")
        counters.add("others.pruned", notices + versions, workspace: workspace)
        counters.add("statuses.pruned", statuses, workspace: workspace)
        counts.add(.notices, notices)
        counts.add(.mentions, versions + statuses)
        counts.add(.mentions, try emptyExcerpts(mentions.excerpts))
        counts.add(.mentions, try emptyAnswers(mentions.answers))
        try counters.write(connection, at: now, node: store.ids.node)
        try connection.add(counts, to: erasure.id, in: workspace)
    }

    private func delete(_ ids: [Int64], from table: String, where condition: String = "") throws -> Int {
        try connection.executeMany(
            "DELETE FROM \(table) WHERE workspace_id = :workspace_id AND id = :id \(condition)",
            ids.map { ["workspace_id": workspace, "id": $0] })
    }

    /// The entry stays, since the ledger counts it.
    private func emptyExcerpts(_ ids: [Int64]) throws -> Int {
        try connection.executeMany(
            """
            UPDATE unrouted SET excerpt = ''
            WHERE (workspace_id = :workspace_id OR workspace_id IS NULL) AND id = :id AND excerpt <> ''
            """, ids.map { ["workspace_id": workspace, "id": $0] })
    }

    /// A program that repeats its request is told that it was done, and no more.
    private func emptyAnswers(_ answers: [ErasureMentions.Answer]) throws -> Int {
        try connection.executeMany(
            """
            UPDATE idempotency SET answer = '{}'
            WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key AND answer IS NOT NULL
            """,
            answers.map { ["workspace_id": workspace, "api_key_id": $0.key, "key": $0.request] })
    }
}

extension SQLArguments {
    fileprivate func with(_ name: String, _ value: any SQLConvertible) -> SQLArguments {
        var copy = self
        copy.set(name, value)
        return copy
    }
}

extension Store {
    /// See ``ErasureMentions``.
    /// - Parameter goesOn: asked between slices; false ends it early.
    /// - Returns: whether all was looked through.
    @discardableResult
    package func eraseMentions(
        of erasure: OpenErasure, while goesOn: @Sendable () async -> Bool = { true }
    ) async throws -> Bool {
        try await erase(
            try await database.read(on: .work) { try ErasureMentions.found(of: erasure, on: $0) }, of: erasure)
        guard !erasure.traces.identifiers.isEmpty else { return true }
        for table in ErasureMentions.StrayTable.allCases {
            var place: Int64? = 0
            while let after = place {
                guard await goesOn() else { return false }
                let strays = try await database.read(on: .work) { connection in
                    try ErasureMentions.strays(in: table, of: erasure, after: after, on: connection)
                }
                try await erase(
                    table == .statuses
                        ? ErasureMentions(statuses: strays.found) : ErasureMentions(versions: strays.found),
                    of: erasure)
                place = strays.last
            }
        }
        return true
    }

    private func erase(_ mentions: ErasureMentions, of erasure: OpenErasure) async throws {
        guard !mentions.isEmpty else { return }
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            try connection.overwritingDeleted {
                try MentionErasing(store: store, connection: connection, erasure: erasure, now: now).erase(mentions)
            }
        }
    }
}
