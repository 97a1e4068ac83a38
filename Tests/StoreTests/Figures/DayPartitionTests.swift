import Domain
import Testing

@testable import Store

/// PostgreSQL's tables of raw bodies and of the history are cut into days.
@Suite struct DayPartitionTests {
    private let postgres = TestDatabase.postgres

    private func names(_ table: String, _ store: Store) async throws -> [DayPartition] {
        try await store.database.read { try $0.partitions(of: table) }
    }

    private func makeDay(_ table: String, at moment: Timestamp, _ store: Store) async throws {
        let day = DayPartition(table: table, holding: moment)
        try await store.database.write { connection in
            try connection.execute(
                """
                CREATE TABLE IF NOT EXISTS \(day.name) PARTITION OF \(table)
                FOR VALUES FROM (\(day.lower)) TO (\(day.upper))
                """)
        }
    }

    private func append(_ world: ConsoleWorld) async throws -> IntakeBody {
        let body = IntakeBody(
            id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false, body: [1])
        try await world.store.append([body], node: 1)
        return body
    }

    @Test func `a day's ids are those made on it`() {
        let noon = Timestamp(milliseconds: 1_795_042_920_000)
        let day = DayPartition(table: "intake", holding: noon)
        let start = Timestamp(milliseconds: 1_795_042_920_000 / 86_400_000 * 86_400_000)
        #expect(day.lower == IDGenerator.lowest(at: start))
        #expect(day.upper == DayPartition(table: "intake", holding: start + .days(1)).lower)
        #expect((day.lower..<day.upper).contains(IDGenerator(node: 1023, now: { noon }).next(JobRow.self).rawValue))
        #expect(DayPartition(name: day.name, of: "intake") == day)
        #expect(DayPartition(name: "intake_rest", of: "intake") == nil)
        #expect(DayPartition(name: "intake_day_-1", of: "intake") == nil)
    }

    @Test func `today's and the next days' partitions are there from the first migration, and made once`() async throws
    {
        try await postgres.withWorld { world in
            let now = try await world.store.database.read { try $0.databaseNow() }
            for table in DayPartitions.tables {
                let today = DayPartition(table: table, holding: now)
                #expect(try await names(table, world.store).contains(today))
                #expect(try await names(table, world.store).count >= 8)
            }
            #expect(try await DayPartitions(world.store.database).prepare() == 0)
        }
    }

    @Test func `bodies of a day lie in its partition, are claimed there, and go with it`() async throws {
        try await postgres.withWorld { world in
            try await makeDay("intake", at: world.clock.now, world.store)
            try await world.write("Hola", wamid: "1")
            let day = DayPartition(table: "intake", holding: world.clock.now)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM \(day.name)") == 1)

            world.clock.advance(by: .days(40))
            #expect(try await world.store.dropPastDays(Retention()) == 1)

            #expect(try await !names("intake", world.store).contains(day))
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM intake") == 0)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `a day that holds something still needed is kept, and its other rows are deleted`() async throws {
        try await postgres.withWorld { world in
            try await makeDay("intake", at: world.clock.now, world.store)
            try await world.write("Hola", wamid: "1")
            let waiting = try await append(world)
            world.clock.advance(by: .days(40))

            #expect(try await world.store.dropPastDays(Retention()) == 0)
            try await world.store.prune(Retention())

            #expect(try await world.store.look("SELECT id FROM intake") == waiting.id)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `a day is kept while an entry of one of its bodies is open`() async throws {
        try await postgres.withWorld { world in
            try await makeDay("intake", at: world.clock.now, world.store)
            try await world.receive([.unrouted(.unknownField, excerpt: "{}")])
            try await world.write("Hola", wamid: "1")
            world.clock.advance(by: .days(40))

            #expect(try await world.store.dropPastDays(Retention()) == 0)
            try await world.store.prune(Retention())
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM intake") == 1)

            let now = world.clock.now
            try await world.store.database.write {
                try $0.execute("UPDATE unrouted SET state = 'dismissed', settled_at = :now", ["now": now])
            }
            #expect(try await world.store.dropPastDays(Retention()) == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `a day whose rows lie in the default partition stays there, and is deleted row by row`() async throws {
        try await postgres.withWorld { world in
            let now = try await world.store.database.read { try $0.databaseNow() }
            let today = DayPartition(table: "intake", holding: now)
            try await world.store.database.write { try $0.execute("DROP TABLE \(today.name)") }
            let body = IntakeBody(
                id: IntakeID(rawValue: today.lower), app: world.app, receivedAt: now, isBulk: false, body: [1])
            try await world.store.append([body], node: 1)

            #expect(try await DayPartitions(world.store.database).prepare() == 0)

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM intake_rest") == 1)
        }
    }

    @Test func `the embedded engine has no days`() async throws {
        try await TestDatabase.sqlite.withWorld { world async throws in
            #expect(try await DayPartitions(world.store.database).prepare() == 0)
            #expect(try await world.store.dropPastDays(Retention()) == 0)
        }
    }
}
