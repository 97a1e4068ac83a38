import Domain

@testable import Store

/// How many rows each table that holds facts has: what a duplicate must not change.
struct TableCounts: Equatable, Sendable {
    private static let tables = [
        "contact", "handle", "conversation", "message", "status_event", "message_version", "reaction", "media",
        "activity", "job", "notice", "unrouted",
    ]

    let rows: [String: Int]

    static func of(_ store: Store) async throws -> TableCounts {
        try await store.database.read { connection in
            TableCounts(
                rows: try tables.reduce(into: [:]) {
                    $0[$1] = try connection.value("SELECT COUNT(*) AS rows FROM \($1)", as: Int.self)
                })
        }
    }

    subscript(table: String) -> Int { rows[table] ?? 0 }
}

extension Store {
    /// The first column of the first row, for what no read model shows.
    func look<Value: SQLConvertible & Sendable>(
        _ sql: String, _ arguments: SQLArguments = [:], as type: Value.Type = Value.self
    ) async throws -> Value? {
        try await database.read { try $0.value(sql, arguments, as: type) }
    }
}

extension ConsoleWorld {
    /// A text of the customer with a time of its own.
    func text(
        _ body: String, wamid: String, from participant: Participant = Self.lucia, at: Timestamp? = nil,
        origin: ReceivedMessage.Origin = .customer
    ) -> Update.Fact {
        .message(
            ReceivedMessage(
                id: wamid, origin: origin, participant: participant, at: at ?? clock.now,
                content: .text(TextContent(body: body))))
    }

    func news(
        _ name: String, of wamid: String, at: Timestamp? = nil, callback: String? = nil, failures: [GraphFailure] = []
    ) -> Update.Fact {
        .status(
            ReceivedStatus(
                messageID: wamid, name: name, at: at ?? clock.now, recipient: Self.lucia, callbackData: callback,
                failures: failures))
    }

    /// The CRM takes everything that waits for it: a contact's activities go one after the other.
    func recordAll() async throws {
        while try await store.look(
            "SELECT COUNT(*) AS n FROM job WHERE lane = :lane AND state = 'available'",
            ["lane": Lane.connection(crm)]) != 0
        {
            try await record(recorded)
        }
    }

    func shownStatus(of wamid: String) async throws -> MessageStatus? {
        try await store.look("SELECT status FROM message WHERE wamid = :wamid", ["wamid": wamid])
    }
}
