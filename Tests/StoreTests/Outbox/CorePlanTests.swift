import Domain
import Foundation
import Synchronization
import Testing

@testable import Store

/// What the pipeline asks all day must find its rows through an index, however many lie about.
@Suite struct CorePlanTests {
    @Test func `on SQLite nothing that the pipeline asks all day walks a table that grows`() async throws {
        try await TestDatabase.sqlite.with { database in
            let listening = ListeningDatabase(database)
            let world = try await ConsoleWorld(listening)
            let plans = try await listening.plans { try await Self.day(world) }
            #expect(plans.count > 20)
            let walks = plans.filter { plan in plan.steps.contains { Self.walks($0) } }
            #expect(walks.map(\.description) == [])
        }
    }

    @Test func `on PostgreSQL an index serves each of the pipeline's questions`() async throws {
        try await TestDatabase.postgres.with { database in
            let listening = ListeningDatabase(database)
            let world = try await ConsoleWorld(listening)
            let plans = try await listening.plans { try await Self.day(world) }
            #expect(plans.count > 20)
            let walks = plans.filter { $0.walksPeople || $0.steps.contains { Self.walks($0) } }
            #expect(walks.map(\.description) == [])
        }
    }

    /// Claims, facts, sends, outcomes, rescues: what a busy minute brings.
    private static func day(_ world: ConsoleWorld) async throws {
        let store = world.store
        try await world.receive([
            world.text("Hola", wamid: "1"), world.text("Eco", wamid: "2", origin: .echo), world.news("read", of: "2"),
            .edit(
                MessageEdit(
                    id: "3", originalID: "1", at: world.clock.now, content: .text(TextContent(body: "Hola.")))),
            .notice(
                AccountNotice(
                    event: "LOCKED", subject: nil, at: world.clock.now, detail: "{}", standing: .restricted)),
        ])
        _ = try await store.claimSuspect(node: 1)
        _ = try await store.rescueBodies()
        try await store.releaseBodies(node: 1)
        let conversation = try await world.onlyConversation()
        _ = try await world.answer("Buenas", in: conversation.id, by: world.hire("ana"))
        try await world.send(world.accepted("4"))
        try await world.status("failed", of: "4", failures: [GraphFailure(code: 131026, title: nil, details: nil)])
        try await world.write("Aquí sigo", wamid: "5")
        _ = try await store.readNumbers()
        try await world.record(world.recorded)
        _ = try await store.thread(conversation.id, in: world.workspace)
        _ = try await store.claimFetches(world.grip(.media(world.number)), limit: 10)
        _ = try await store.rescue(world.grip(.connection(world.crm)), verifyAfter: nil)
        _ = try await store.rescue(world.grip(.connection(world.crm)), verifyAfter: .seconds(10))
        _ = try await store.rescue(
            world.grip(.number(world.number)), verifyAfter: nil, includingOwn: true, begun: [])
        _ = try await store.settleUncertain(after: .minutes(5), policy: RetryPolicy())
        _ = try await store.remindOfDeadLetters(before: .hours(2))
        try await store.raiseAlarm(SendMarker.limitAlarm, subject: "7", text: .same("full"), in: world.workspace)
        try await store.clearPortfolioAlarms()
        try await consent(world)
        var retention = Retention()
        retention.messages = .days(30)
        try await store.prune(retention)
        _ = try await store.prunedMedia(limit: 10)
    }

    /// What customers say about consent, and promotions that leave or are refused for it.
    private static func consent(_ world: ConsoleWorld) async throws {
        try await world.addTemplates()
        try await world.grant()
        try await world.send("oferta")
        try await world.leave()
        let asked = try await world.store.askForConsent(world.contact(), actor: "Ana", in: world.workspace)
        try await world.leave()
        try await world.choose(
            OptInButton(optIn: asked.optIn, isYes: true).id, "Sí", wamid: "c1",
            answering: "wamid.\(asked.message.message)")
        world.clock.advance(by: .seconds(2))
        try await world.write("STOP", wamid: "c2")
        world.clock.advance(by: .seconds(2))
        try await world.write("ALTA", wamid: "c3")
        try await world.leave()
        world.clock.advance(by: .hours(80))
        _ = try await world.store.keepQuestions()
    }

    /// Tables that stay small: accounts, nodes, lanes.
    private static let small: Set<String> = [
        "node", "lane", "number", "n", "app", "workspace", "connection", "installation", "template", "alarm", "staff",
        "pause", "l", "k", "picked", "number_app", "a", "counted", "setting", "t", "w",
    ]

    /// Indexes that hold few of a workspace's rows: dead letters, accounts.
    private static let ofFew = ["job_dead", "sqlite_autoindex_connection_1"]

    /// Indexes of which only the newest entry of a workspace is read.
    private static let ofNewest = ["tombstone_recent"]

    private static func walks(_ step: String) -> Bool {
        let words = step.split(whereSeparator: { $0 == " " || $0 == "(" }).map(String.init)
        if words.first == "SCAN" {
            // "SCAN x USING INDEX …" over a partial index reads only what waits.
            return words.count > 1 && words[1] != "CONSTANT" && !small.contains(words[1]) && !step.contains("INDEX")
                && !step.contains("SUBQUERY") && !words[1].hasPrefix("SUBQUERY") && !words[1].hasPrefix("(")
        }
        // Everything of a workspace, of which there is one in most installations.
        if words.first == "SEARCH", step.hasSuffix("(workspace_id=?)") {
            return !small.contains(words[1]) && !(ofFew + ofNewest).contains { step.contains(" INDEX \($0) ") }
        }
        guard let scan = step.range(of: "Seq Scan on ") else { return false }
        let table = step[scan.upperBound...].split(separator: " ").first.map(String.init) ?? ""
        return !small.contains(table)
    }
}

/// Remembers the statements of its transactions with how the engine finds their rows.
final class ListeningDatabase: SQLDatabase {
    private let heard = Mutex<[String: QueryPlan]>([:])
    private let inner: any SQLDatabase

    init(_ inner: any SQLDatabase) {
        self.inner = inner
    }

    var dialect: SQLDialect { inner.dialect }
    var breaks: Int { inner.breaks }

    /// The plans of what the body asks.
    func plans(_ body: () async throws -> Void) async throws -> [QueryPlan] {
        heard.withLock { $0 = [:] }
        try await body()
        return heard.withLock { Array($0.values) }
    }

    /// The statements that ran since the last call of `plans`.
    var statements: [String] { heard.withLock { Array($0.keys) } }

    func write<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await inner.write(on: pool, durability) { try body(ListeningConnection(inner: $0, note: self.note)) }
    }

    func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await inner.read(on: pool) { try body(ListeningConnection(inner: $0, note: self.note)) }
    }

    func close() async {
        await inner.close()
    }

    private func note(_ plan: QueryPlan) {
        heard.withLock { $0[plan.sql] = plan }
    }
}

private struct ListeningConnection: SQLConnection {
    let inner: any SQLConnection
    let note: (QueryPlan) -> Void

    var dialect: SQLDialect { inner.dialect }

    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        try listen(sql, arguments)
        return try inner.execute(sql, arguments)
    }

    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int {
        if let first = rows.first { try listen(sql, first) }
        return try inner.executeMany(sql, rows)
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow] {
        try listen(sql, arguments)
        return try inner.rows(sql, arguments)
    }

    private func listen(_ sql: String, _ arguments: SQLArguments) throws {
        let explain: String
        switch dialect {
        case .sqlite: explain = "EXPLAIN QUERY PLAN "
        case .postgres:
            guard !sql.hasPrefix("SET ") else { return }
            _ = try inner.execute("SET LOCAL enable_seqscan = off")
            explain = "EXPLAIN "
        }
        let rows = try inner.rows(explain + sql, arguments)
        let column = dialect == .sqlite ? "detail" : "QUERY PLAN"
        note(QueryPlan(sql: sql, steps: try rows.map { try $0.get(column) }))
    }
}
