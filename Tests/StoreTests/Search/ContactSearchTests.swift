import Domain
import Synchronization
import Testing

@testable import Store

/// Whether what is typed finds somebody: through the index, through what waits for the index, and without any index.
@Suite struct ContactSearchTests {
    enum Way: String, CaseIterable, CustomTestStringConvertible {
        case indexed, waiting, unindexed
        var testDescription: String { rawValue }
    }

    private static let people = [
        Participant(waID: "5215512345678", username: "lucia.fer", profileName: "Lucía Fernández"),
        Participant(waID: "886912345678", profileName: "王小明"), Participant(waID: "886987654321", profileName: "王芳"),
        Participant(waID: "34600111222", profileName: "Ñandú O'Neil 50%"),
    ]

    private func world(
        _ engine: TestDatabase, _ way: Way, _ body: (ConsoleWorld) async throws -> Void
    ) async throws {
        try await engine.with { database in
            let world = try await ConsoleWorld(database)
            for (position, person) in Self.people.enumerated() {
                world.clock.advance(by: .seconds(1))
                try await world.write("Hola", wamid: "\(position)", from: person)
            }
            switch way {
            case .indexed:
                #expect(try await ContactIndex(database).prepare() == .ready)
                while try await ContactIndex(database).catchUp(limit: 3) > 0 {}
            case .waiting: break
            case .unindexed:
                try await database.write { try $0.execute("DELETE FROM installation WHERE name = 'search_texts'") }
            }
            try await body(world)
        }
    }

    private func found(_ text: String, _ world: ConsoleWorld, number: String? = nil) async throws -> [String] {
        let query = ContactQuery(search: text, number: number)
        let list = try await world.store.contacts(query, isCounted: true, in: world.workspace)
        #expect(list.count?.value == list.page.items.count)
        #expect(list.page.next == nil)
        return list.page.items.compactMap(\.person.displayName)
    }

    @Test(arguments: TestDatabase.available, Way.allCases)
    func `names, numbers, user names and their parts are found`(engine: TestDatabase, way: Way) async throws {
        try await world(engine, way) { world async throws in
            let lucia = ["Lucía Fernández"]
            for text in [
                "lucia", "LUCÍA", "fern luc", "nández", "@lucia.fer", "lucia.f", "lu", "l", "+52 1 55 1234 5678",
                "(55) 1234-5678", "0052 1 55 1234 5678", "521551234", "５５１２３４",
            ] {
                #expect(try await found(text, world) == lucia, "\(text)")
            }
            #expect(try await found("55 1234 5678", world, number: "525512345678") == lucia)
            #expect(try await found("12345678", world) == ["王小明", "Lucía Fernández"])
            #expect(try await found("王", world) == ["王芳", "王小明"])
            #expect(try await found("小明", world) == ["王小明"])
            #expect(try await found("王小", world) == ["王小明"])
            #expect(try await found("王小明", world) == ["王小明"])
            #expect(try await found("o'n", world) == ["Ñandú O'Neil 50%"])
            #expect(try await found("nandu", world) == ["Ñandú O'Neil 50%"])
            #expect(try await found("50%", world) == ["Ñandú O'Neil 50%"])
            for text in ["ucia lopez", "zzz", "明", "%", "_", "\"", "* OR", "lucia fernandez 99", "芳王"] {
                #expect(try await found(text, world) == [], "\(text)")
            }
            #expect(try await found("", world).count == 4)
        }
    }

    @Test(arguments: TestDatabase.available, Way.allCases)
    func `a label finds those who carry it, beside those of that name`(engine: TestDatabase, way: Way) async throws {
        try await world(engine, way) { world in
            let fang = try #require(await world.store.contacts(search: "王芳", in: world.workspace).items.first)
            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO label (id, workspace_id, name, folded, color, created_at)
                    VALUES (7, :workspace_id, 'Luciérnaga', 'luciernaga', 'green', 1)
                    """, ["workspace_id": workspace])
                try connection.execute(
                    """
                    INSERT INTO contact_label (workspace_id, contact_id, label_id, actor, added_at)
                    VALUES (:workspace_id, :contact_id, 7, 'Ana', 1)
                    """, ["workspace_id": workspace, "contact_id": fang.person.id])
            }

            #expect(try await found("luci", world) == ["王芳", "Lucía Fernández"])
            #expect(try await found("luciér", world) == ["王芳"])
            #expect(try await found("王 luciér", world) == ["王芳"])
            #expect(try await found("小明 luciér", world) == [])
            let labelled = try await world.store.contacts(
                ContactQuery(label: LabelID(rawValue: 7)), isCounted: true, in: workspace)
            #expect(labelled.page.items.map(\.person.id) == [fang.person.id])
            #expect(labelled.page.items.first?.labels.map(\.name) == ["Luciérnaga"])
            #expect(labelled.count == ListCount(1))
        }
    }

    /// Contacts written straight into the table, of the ids 1, 2, …, who all wait for the index.
    private func crowd(_ size: Int, _ world: ConsoleWorld) async throws {
        let workspace = world.workspace
        try await world.store.database.write { connection in
            try connection.executeMany(
                """
                INSERT INTO contact (id, workspace_id, name, created_at, updated_at, search_text, sort_name)
                VALUES (:id, :workspace_id, :name, 1, 1, :text, :name)
                """,
                (1...size).map { id -> SQLArguments in
                    let name = id == 1 ? "zoe" : "persona"
                    return ["id": id, "workspace_id": workspace, "name": name, "text": "  \(name)"]
                })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `labels that many carry together lose nobody`(engine: TestDatabase) async throws {
        try await engine.with { database in
            let world = try await ConsoleWorld(database)
            let workspace = world.workspace
            try await crowd(4500, world)
            let labels = try await [world.makeLabel("Feria A"), world.makeLabel("Feria B")]
            try await world.store.database.write { connection in
                for (label, size) in zip(labels, [4000, 4500]) {
                    try connection.executeMany(
                        """
                        INSERT INTO contact_label (workspace_id, contact_id, label_id, actor, added_at)
                        VALUES (:workspace_id, :contact_id, :label_id, 'Ana', 1)
                        """, (1...size).map { ["workspace_id": workspace, "contact_id": $0, "label_id": label] })
                }
            }

            let found = ContactSelection.matching(conditions: [], search: "feria", number: nil)

            #expect(try await world.store.count(of: found, in: workspace).value == 4500)
            let list = try await world.store.contacts(ContactQuery(search: "feria"), isCounted: true, in: workspace)
            #expect(list.count == ListCount(4500))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a bulk action on a search misses nobody, however many wait for the index`(
        engine: TestDatabase
    ) async throws {
        try await engine.with { database in
            let world = try await ConsoleWorld(database)
            try await crowd(5002, world)

            let found = ContactSelection.matching(conditions: [], search: "zoe", number: nil)

            #expect(try await world.store.count(of: found, in: world.workspace).value == 1)
        }
    }

    @Test(arguments: TestDatabase.available, Way.allCases)
    func `a label is found by its only letter or sign, and no sign stands for others`(
        engine: TestDatabase, way: Way
    ) async throws {
        try await world(engine, way) { world in
            let fang = try #require(await world.store.contacts(search: "王芳", in: world.workspace).items.first)
            let star = try await world.makeLabel("⭐")
            let share = try await world.makeLabel("_%")
            for label in [star, share] {
                try await world.store.addLabel(label, to: fang.person.id, in: world.workspace, by: "Ana")
            }

            #expect(try await found("⭐", world) == ["王芳"])
            #expect(try await found("_%", world) == ["王芳"])
            #expect(try await found("%_", world) == [])
            _ = try await world.makeLabel("Quebec")
            #expect(try await found("q", world) == [])
            try await world.store.addLabel(
                named: "Quebec", color: .red, to: fang.person.id, in: world.workspace, by: "Ana")
            #expect(try await found("q", world) == ["王芳"])
            #expect(try await found("b", world) == [])
        }
    }

    @Test func `a search begins with the word that leaves fewest, also where a label holds it`() async throws {
        try await TestDatabase.sqlite.with { database in
            let explaining = ExplainingDatabase(database)
            let world = try await ConsoleWorld(explaining)
            let label = try await world.makeLabel("Embajador")
            let workspace = world.workspace
            let many = ListFilter.few + 2
            try await explaining.write { connection in
                try connection.executeMany(
                    """
                    INSERT INTO contact (id, workspace_id, name, search_text, sort_name, created_at, updated_at)
                    VALUES (:id, :workspace_id, 'Lucía', '  lucia', 'lucia', 1, :id)
                    """, (1...many).map { ["id": $0, "workspace_id": workspace] })
                try connection.execute(
                    """
                    INSERT INTO contact_label (workspace_id, contact_id, label_id, actor, added_at)
                    VALUES (:workspace_id, 1, :label_id, 'Ana', 1)
                    """, ["workspace_id": workspace, "label_id": label])
            }
            while try await ContactIndex(explaining).catchUp() > 0 {}
            explaining.plans.withLock { $0.removeAll() }

            #expect(try await found("lucia embajador", world) == ["Lucía"])
            let plans = explaining.plans.withLock { $0 }
            #expect(plans.contains { $0.sql.contains("WITH found") })
            #expect(!plans.contains { $0.sql.contains("LIMIT \(ContactFinder.slice)") })
        }
    }

    @Test func `a list by activity finds conversations by their ids`() async throws {
        try await TestDatabase.sqlite.with { database in
            let explaining = ExplainingDatabase(database)
            let world = try await ConsoleWorld(explaining)
            try await world.write("Hola", wamid: "w", from: Participant(waID: "5215512345678", profileName: "Lucía"))
            explaining.plans.withLock { $0.removeAll() }
            let list = try await world.store.contacts(ContactQuery(order: .activity), in: world.workspace)

            #expect(list.page.items.count == 1)
            let plans = explaining.plans.withLock { $0 }.filter { $0.sql.contains("CROSS JOIN contact p") }
            let steps = plans.flatMap(\.steps)
            #expect(steps.contains { $0.contains("SEARCH c USING INTEGER PRIMARY KEY") }, "\(steps)")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a name of thousands of joined signs is kept and found`(engine: TestDatabase) async throws {
        try await world(engine, .indexed) { world in
            // One letter for whoever reads it, 28 kB for an index.
            let name = "Eulalia " + String(repeating: "👩\u{200D}", count: 4000) + "👩"
            try await world.write("Hola", wamid: "long", from: Participant(waID: "34600999888", profileName: name))

            #expect(try await found("eulalia", world) == [name])
            let page = try await world.store.contacts(ContactQuery(order: .name), in: world.workspace).page
            #expect(page.items.first?.person.profileName == name)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the index follows what changes`(engine: TestDatabase) async throws {
        try await world(engine, .indexed) { world in
            let index = ContactIndex(world.store.database)
            try await world.write(
                "Hola", wamid: "again", from: Participant(waID: "5215512345678", profileName: "Remedios Paz"))

            #expect(try await found("lucia fern", world) == [])
            #expect(try await found("remedios", world) == ["Remedios Paz"])
            while try await index.catchUp() > 0 {}
            #expect(try await found("lucia fern", world) == [])
            #expect(try await found("remedios", world) == ["Remedios Paz"])

            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO contact (id, workspace_id, name, search_text, created_at, updated_at)
                    VALUES (5, :workspace_id, 'Fulgencio', '  fulgencio', 1, 1)
                    """, ["workspace_id": workspace])
            }
            while try await index.catchUp() > 0 {}
            #expect(try await found("fulgencio", world) == ["Fulgencio"])
            try await world.store.database.write { connection throws in
                #expect(try connection.execute("DELETE FROM contact WHERE id = 5") == 1)
            }
            while try await index.catchUp() > 0 {}
            #expect(try await found("fulgencio", world) == [])
            #expect(try await index.prepare() == .ready)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nobody of another workspace is found`(engine: TestDatabase) async throws {
        try await world(engine, .indexed) { world in
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO workspace (id, slug, name, region, language, created_at)
                    VALUES (99, 'otra', 'Otra', 'ES', 'es', 1)
                    """)
                try connection.execute(
                    """
                    INSERT INTO contact (id, workspace_id, name, search_text, created_at, updated_at)
                    VALUES (5, 99, 'Lucía', '  lucia', 1, 1)
                    """)
            }
            while try await ContactIndex(world.store.database).catchUp() > 0 {}
            #expect(try await found("lucia", world) == ["Lucía Fernández"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `texts from before are written anew, slice by slice`(engine: TestDatabase) async throws {
        try await world(engine, .indexed) { world in
            try await world.store.database.write { connection in
                try connection.execute("UPDATE contact SET search_text = 'lucía fernández', sort_name = ''")
                try connection.execute("DELETE FROM installation WHERE name = 'search_texts'")
            }
            #expect(try await !world.store.areSearchTextsWritten())

            var last: ContactID?
            var slices = 0
            repeat {
                last = try await world.store.writeSearchTexts(after: last, limit: 3)
                slices += 1
            } while last != nil

            #expect(slices == 3)
            #expect(try await world.store.areSearchTextsWritten())
            #expect(try await found("小明", world) == ["王小明"])
            #expect(try await found("lucia", world) == ["Lucía Fernández"])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact WHERE sort_name = ''") == 0)
        }
    }
}
