import Domain
import Foundation
import Secrets
import Synchronization
import Testing

@testable import Store

/// The pages must stay fast with a million messages: no read of theirs may walk a table that grows.
@Suite struct ConsolePlanTests {
    @Test func `every list and page finds its rows through an index`() async throws {
        try await TestDatabase.sqlite.with { database in
            let explaining = ExplainingDatabase(database)
            let world = try await ConsoleWorld(explaining)
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation()
            let message = try #require(conversation.last?.id)
            explaining.plans.withLock { $0.removeAll() }

            try await readEverything(world, conversation: conversation, message: message)

            let walks = explaining.plans.withLock { $0 }.filter { plan in
                plan.steps.contains { step in Self.isWalk(step) && !Self.isAllowed(step, of: plan.sql) }
            }
            #expect(walks.map(\.description) == [])
        }
    }

    private func readEverything(
        _ world: ConsoleWorld, conversation: ConversationSummary, message: MessageID
    ) async throws {
        let (store, workspace, ana) = (world.store, world.workspace, StaffID(rawValue: 1))
        let position = ListPosition(key: 1, id: 1)
        for view in InboxView.allCases {
            _ = try await store.conversations(
                ConversationQuery(view: view, staff: ana, before: position), in: workspace)
            _ = try await store.conversations(ConversationQuery(view: view, staff: ana), in: workspace)
        }
        _ = try await store.conversations(ConversationQuery(contact: conversation.person.id), in: workspace)
        _ = try await store.conversationCounts(for: ana, in: workspace)
        _ = try await store.conversation(conversation.id, in: workspace)
        _ = try await store.thread(conversation.id, before: position, in: workspace)
        _ = try await store.thread(conversation.id, in: workspace)
        _ = try await store.messages(MessageQuery(contact: conversation.person.id), in: workspace)
        _ = try await store.messages(MessageQuery(before: position), in: workspace)
        _ = try await store.trail(of: message, in: workspace)
        _ = try await store.contacts(before: position, in: workspace)
        try await readContacts(world, conversation.person.id, position)
        _ = try await store.contact(conversation.person.id, in: workspace)
        _ = try await store.ledger(in: workspace)
        _ = try await store.ledgerMinutes(in: workspace)
        _ = try await store.delays(in: workspace)
        for state in DeadLetterQuery.State.allCases {
            _ = try await store.deadLetters(DeadLetterQuery(state: state), in: workspace)
        }
        _ = try await store.deadLetters(DeadLetterQuery(contact: conversation.person.id), in: workspace)
        _ = try await store.deadLetterCounts(in: workspace)
        _ = try await store.unrouted(UnroutedQuery(before: position), in: workspace)
        _ = try await store.unroutedCounts(in: workspace)
        _ = try await store.unroutedEntry(UnroutedID(rawValue: 1), in: workspace)
        _ = try await store.connectionsOverview(in: workspace)
        _ = try await store.navigation(in: workspace)
        _ = try await store.session(TokenHash(of: "x"))
        _ = try await store.apiKey(TokenHash(of: "x"))
    }

    private func readContacts(_ world: ConsoleWorld, _ contact: ContactID, _ position: ListPosition) async throws {
        let (store, workspace) = (world.store, world.workspace)
        // A page by name begins behind somebody who is there.
        let behind = ListPosition(key: position.key, id: contact.rawValue)
        for order in ContactQuery.Order.allCases {
            for search in ["", "lucia", "王", "zz"] {
                _ = try await store.contacts(
                    ContactQuery(search: search, order: order, after: behind), isCounted: true, in: workspace)
                _ = try await store.contacts(
                    ContactQuery(
                        search: search, label: LabelID(rawValue: 1), state: .blocked, consent: .double, order: order),
                    isCounted: true, in: workspace)
            }
            _ = try await store.contacts(ContactQuery(consent: .unknown, order: order), in: workspace)
            for isUnreachable in [true, false] {
                _ = try await store.contacts(
                    ContactQuery(isUnreachable: isUnreachable, order: order), isCounted: true, in: workspace)
            }
        }
        for view in InboxView.allCases {
            _ = try await store.conversations(ConversationQuery(view: view, search: "lucia"), in: workspace)
        }
        _ = try await store.contactFacets(in: workspace)
        _ = try await store.isUnreachable(contact, in: workspace)
        _ = try await store.consentCoverage(in: workspace)
        _ = try await store.contactSummary(contact, in: workspace)
        _ = try await store.conversations(with: contact, in: workspace)
        _ = try await store.contacts(named: "Lucía", in: workspace)
        _ = try await store.owner(of: [.init(.phone, "521")], in: workspace)
        _ = try await store.history(of: contact, after: position, in: workspace)
        _ = try await store.changes(before: position, in: workspace)
        _ = try await store.rows(of: ChangeID(rawValue: 1), after: position, in: workspace)
        _ = try await store.interruptedUndos()
    }

    /// `SCAN message m` walks the table, `SCAN m USING INDEX …` walks an index.
    private static func isWalk(_ step: String) -> Bool {
        step.hasPrefix("SCAN ") && !step.hasPrefix("SCAN CONSTANT ROW")
    }

    /// A walk in the order of the list, ended by its LIMIT, and tables that stay small.
    private static func isAllowed(_ step: String, of sql: String) -> Bool {
        let name = step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let small = ["k", "l", "a", "lane", "node", "connection", "number", "n", "alarm", "pause", "counted", "newest"]
        if small.contains(name) { return true }
        // What an index gathered, at most 10,001 rows, and a slice of the list of contacts.
        let gathered = [
            "contact_search", "contact_search_due", "d", "f", "t", "found", "talks", "source", "indexed", "labelled",
            "label", "field",
        ]
        if gathered.contains(name) { return true }
        if step == "SCAN p", sql.contains("LIMIT \(ContactFinder.slice)") || sql.contains("FROM found f") {
            return true
        }
        // Those gathered, counted while they are sorted.
        if step.hasPrefix("SCAN (subquery"), sql.contains("FROM found f") { return true }
        let ordered = ["ORDER BY m.id DESC", "ORDER BY t.id DESC", "FROM notice", "ORDER BY u.id DESC"]
        // What is being put back stands in an index of its own.
        if step == "SCAN change USING INDEX change_undoing" { return true }
        // What is open under "unrouted" stands in an index of its own, and the count stops at 10,001.
        if step == "SCAN u USING INDEX unrouted_open", sql.contains("LIMIT 10001") { return true }
        return sql.contains("LIMIT") && ordered.contains { sql.contains($0) }
    }
}

struct QueryPlan: CustomStringConvertible, Sendable {
    let sql: String
    let steps: [String]
    var description: String { "\(steps.joined(separator: "; "))\n\(sql)" }

    /// Whether PostgreSQL goes through people in the order of their ids, looking for rows that another index would give: as
    /// sessions that go by an index do rather than sort. `ORDER BY +id` keeps them from it.
    var walksPeople: Bool {
        zip(steps, steps.dropFirst() + [""]).contains { step, next in
            guard step.contains("Index Scan"), let key = step.range(of: "_pkey on ") else { return false }
            let table = step[key.upperBound...].prefix { $0 != " " }
            return next.contains("Filter: ") && ["contact", "handle", "conversation"].contains(table)
        }
    }
}

/// Asks SQLite how it will find the rows of each statement before it runs.
final class ExplainingDatabase: SQLDatabase {
    let plans = Mutex<[QueryPlan]>([])
    private let database: any SQLDatabase

    init(_ database: any SQLDatabase) {
        self.database = database
    }

    var dialect: SQLDialect { database.dialect }
    var breaks: Int { database.breaks }

    func write<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await database.write(on: pool, durability, body)
    }

    func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await database.read(on: pool) { connection in
            try body(ExplainingConnection(connection: connection) { plan in self.plans.withLock { $0.append(plan) } })
        }
    }

    func close() async {
        await database.close()
    }
}

private struct ExplainingConnection: SQLConnection {
    let connection: any SQLConnection
    let note: (QueryPlan) -> Void

    var dialect: SQLDialect { connection.dialect }

    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        try connection.execute(sql, arguments)
    }

    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int {
        try connection.executeMany(sql, rows)
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow] {
        let steps = try connection.rows("EXPLAIN QUERY PLAN \(sql)", arguments)
        note(QueryPlan(sql: sql, steps: try steps.map { try $0.get("detail") }))
        return try connection.rows(sql, arguments)
    }
}
