import Domain
import Synchronization
import Testing

@testable import Store

@Suite struct SegmentTests {
    @Test(arguments: TestDatabase.available)
    func `the database finds exactly whom the conditions say`(engine: TestDatabase) async throws {
        let days = LocalDays { _ in .hours(-6) }
        try await engine.with { database in
            let world = try await ConsoleWorld(database, days: days)
            var random = try await RandomPeople(world, seed: 26_11)
            var people: [ContactID: PersonSample] = [:]
            for _ in 0..<70 {
                let person = random.person()
                people[try await world.add(person)] = person
            }
            let evaluation = SegmentEvaluation(now: world.clock.now, days: days)
            for round in 0..<250 {
                // Each condition by itself first, then trees of them.
                let conditions =
                    round < 120
                    ? try SegmentConditions(.all, [.condition(random.condition())]) : try random.conditions()
                let expected = Set(people.filter { evaluation.holds(conditions, $0.value) }.keys)
                let found = try await world.members(conditions)
                #expect(found == expected, "\(conditions)")
                #expect(
                    try await world.store.count(of: conditions, in: world.workspace).value == expected.count,
                    "\(conditions)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `no conditions hold everybody but those who were merged`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let ana = try await world.add(PersonSample(name: "Ana"))
            let merged = try await world.add(PersonSample(name: "Ana"))
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE contact SET merged_into = :ana WHERE workspace_id = :workspace_id AND id = :id",
                    ["ana": ana, "workspace_id": world.workspace, "id": merged])
            }
            #expect(try await world.members(SegmentConditions.everybody) == [ana])
            #expect(
                try await world.store.count(of: SegmentConditions.everybody, in: WorkspaceID(rawValue: 9)).value == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a day is the company's, not that of Greenwich`(engine: TestDatabase) async throws {
        try await engine.with { database in
            let world = try await ConsoleWorld(database, days: LocalDays { _ in .hours(-6) })
            // An evening in Mexico, a day later in Greenwich.
            world.clock.advance(by: .hours(2))
            let today = CivilDate(year: 2026, month: 11, day: 18)
            let tomorrow = CivilDate(year: 2026, month: 11, day: 19)
            let field = try await world.makeField("Cumpleaños", .date)
            let ana = try await world.add(
                PersonSample(createdAt: world.clock.now, fields: [field: FieldValue(try #require(today))]))
            func finds(_ condition: SegmentCondition) async throws -> Bool {
                try await world.members(SegmentConditions(.all, [.condition(condition)])) == [ana]
            }

            #expect(try await finds(.date(field, .next(days: 1))))
            #expect(try await finds(.date(field, .past(days: 1))))
            #expect(try await finds(.created(.since(try #require(today)))))
            #expect(try await finds(.created(.before(try #require(tomorrow)))))
            #expect(try await !finds(.created(.since(try #require(tomorrow)))))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the marks of Mexican and Argentine mobiles stand for all of them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let mexican = try await world.add(PersonSample(phones: ["525512345678"]))
            let argentine = try await world.add(PersonSample(phones: ["5491112345678"]))
            for (prefix, wanted) in [
                ("521", mexican), ("52155", mexican), ("5255", mexican), ("549", argentine), ("5411", argentine),
                ("54911", argentine),
            ] {
                let conditions = try SegmentConditions(.all, [.condition(.phone([prefix], isSo: true))])
                #expect(try await world.members(conditions) == [wanted], "\(prefix)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a segment is saved, renamed, deleted and put back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let conditions = try SegmentConditions(.all, [.condition(.label(vip, isSo: true))])
            let silent = try SegmentConditions(.any, [.condition(.activity(.never))])
            let id = try await store.createSegment("Los VIP", conditions, in: workspace, by: "Ana")
            await #expect(throws: PuenteError.segmentTaken) {
                try await store.createSegment("los vip", silent, in: workspace, by: "Ana")
            }
            try await store.changeSegment(id, name: "Callados", silent, in: workspace, by: "Ana")
            let before = try await DatabaseImage.of(store)

            let deleted = try await store.deleteSegment(id, in: workspace, by: "Ana")
            #expect(try await store.segments(in: workspace).isEmpty)
            _ = try await store.undo(deleted, in: workspace, by: "Ana")

            #expect(try await DatabaseImage.of(store).differences(from: before) == [])
            let segment = try #require(try await store.segments(in: workspace).first)
            #expect(segment.name == "Callados" && segment.conditions == silent)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `conditions speak of what is there`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let points = try await world.makeField("Puntos", .number)
            let wrong: [SegmentCondition] = [
                .label(LabelID(rawValue: 1), isSo: true), .number(FieldID(rawValue: 1), .filled),
                .field(points, .text, .filled), .date(points, .filled),
            ]
            for condition in wrong {
                let problem = await #expect(throws: PuenteError.self) {
                    try await store.createSegment(
                        "x", SegmentConditions(.all, [.condition(condition)]), in: workspace, by: "Ana")
                }
                #expect(problem?.detail == "unknown_reference")
            }
            await #expect(throws: PuenteError.noConditions) {
                try await store.createSegment("x", .everybody, in: workspace, by: "Ana")
            }
        }
    }

    @Test func `conditions that name few begin with those, by their index`() async throws {
        try await TestDatabase.sqlite.with { database in
            let explaining = ExplainingDatabase(database)
            let world = try await ConsoleWorld(explaining)
            let random = try await RandomPeople(world, seed: 1)
            try await world.add(PersonSample(labels: [random.labels[0]]))
            let indexed: [SegmentCondition] = [
                .label(random.labels[0], isSo: true), .state(.blocked, isSo: true), .consent(.marketing, .double),
                .phone(["52", "34"], isSo: true), .field(random.choice, .choice, .equals("Oro")),
                .field(random.text, .text, .starts("pue")), .number(random.number, .atLeast(5)),
                .date(random.date, .past(days: 30)),
            ]
            for condition in indexed {
                explaining.plans.withLock { $0.removeAll() }
                let conditions = try SegmentConditions(
                    .all, [.condition(.activity(.never)), .condition(condition)])
                _ = try await world.store.count(of: conditions, in: world.workspace)
                _ = try await world.store.members(of: conditions, in: world.workspace)
                let steps = explaining.plans.withLock { $0 }.filter { $0.sql.contains("leader") }.flatMap(\.steps)
                #expect(steps.contains { $0.contains("SEARCH p USING INTEGER PRIMARY KEY") }, "\(condition): \(steps)")
                #expect(!steps.contains { $0.hasPrefix("SCAN x") || $0.hasPrefix("SCAN p") }, "\(condition): \(steps)")
            }
        }
    }

    @Test func `every condition asks for a contact's rows by an index`() async throws {
        try await TestDatabase.sqlite.with { database in
            let explaining = ExplainingDatabase(database)
            let world = try await ConsoleWorld(explaining)
            var random = try await RandomPeople(world, seed: 3)
            explaining.plans.withLock { $0.removeAll() }
            for _ in 0..<200 {
                let conditions = try SegmentConditions(
                    .any, [.condition(random.condition()), .condition(.activity(.never))])
                _ = try await world.store.members(of: conditions, in: world.workspace)
                _ = try await world.store.count(of: conditions, in: world.workspace)
            }
            let walks = explaining.plans.withLock { $0 }.filter { plan in
                plan.steps.contains { $0.hasPrefix("SCAN x") || $0.hasPrefix("SCAN p") || $0.contains("AUTOMATIC") }
            }
            #expect(walks.map(\.description) == [])
        }
    }
}
