import Domain
import Testing

@testable import Store

/// What the send gate costs: a batch is asked about together.
@Suite struct GateCostTests {
    /// Statements that one claim of so many due promotions takes.
    private func cost(of count: Int, _ world: ConsoleWorld) async throws -> [String] {
        for place in 0..<count {
            let phone = "52155500\(10_000 + place)"
            try await world.write("Hola", wamid: "in.\(place)", from: Participant(waID: phone))
            try await world.grant(phone)
            try await world.send("oferta", to: phone)
        }
        let (store, now, grip) = (world.store, world.clock.now, try world.grip(.number(world.number)))
        return try await store.database.write { connection in
            let counting = CountingConnection(connection)
            let sends = try store.claimSends(grip, limit: 100, rests: [:], counting, at: now).sends
            let leaving = sends.filter { if case .permitted = $0.state { true } else { false } }
            guard leaving.count == count else { throw Missing() }
            return counting.statements
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a batch costs the same statements, however many messages it holds`(engine: TestDatabase) async throws {
        var costs: [Int] = []
        for count in [2, 24] {
            try await engine.withWorld { world in
                try await world.addTemplates()
                let statements = try await cost(of: count, world)
                costs.append(statements.count)
                #expect(statements.count < 16, "\(statements.joined(separator: "\n\n"))")
            }
        }
        #expect(costs[0] == costs[1], "\(costs)")
    }
}

/// Keeps each statement that goes through it; of many rows at once, one.
private final class CountingConnection: SQLConnection {
    private let connection: any SQLConnection
    private(set) var statements: [String] = []

    init(_ connection: any SQLConnection) {
        self.connection = connection
    }

    var dialect: SQLDialect { connection.dialect }

    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        statements.append(sql)
        return try connection.execute(sql, arguments)
    }

    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int {
        statements.append(sql)
        return try connection.executeMany(sql, rows)
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow] {
        statements.append(sql)
        return try connection.rows(sql, arguments)
    }
}
