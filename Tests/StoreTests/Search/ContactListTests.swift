import Domain
import Testing

@testable import Store

@Suite struct ContactListTests {
    private static let names = ["Óscar", "ana", "Zoé", "Beto", "王芳", "", "Álvaro"]

    /// Seven people, a second apart; Zoé wrote last, the nameless one never.
    private func world(_ engine: TestDatabase, _ body: (ConsoleWorld) async throws -> Void) async throws {
        try await engine.withWorld { world in
            for (position, name) in Self.names.enumerated() {
                world.clock.advance(by: .seconds(1))
                let phone = ContactEdit.Address(.phone, "5255000000\(10 + position)")
                _ = try await world.store.createContact(
                    ContactDraft(name: name, addresses: [phone]), by: "Ana", in: world.workspace)
            }
            for position in [1, 0, 4, 6, 3, 2] {
                world.clock.advance(by: .seconds(1))
                try await world.write(
                    "Hola", wamid: "w\(position)", from: Participant(waID: "5255000000\(10 + position)"))
            }
            try await body(world)
        }
    }

    private func names(_ query: ContactQuery, _ world: ConsoleWorld) async throws -> [String] {
        try await world.store.contacts(query, in: world.workspace).page.items.map(\.person.name)
    }

    /// All pages of a list, a few rows each.
    private func pages(_ query: ContactQuery, by limit: Int, _ world: ConsoleWorld) async throws -> [String] {
        var query = query
        query.limit = limit
        var all: [String] = []
        for _ in 0..<20 {
            let page = try await world.store.contacts(query, in: world.workspace).page
            all += page.items.map(\.person.name)
            guard let next = page.next else { return all }
            query.after = next
        }
        Issue.record("the list does not end")
        return all
    }

    private static let byName = ["Álvaro", "ana", "Beto", "Óscar", "Zoé", "王芳", ""]
    private static let byActivity = ["Zoé", "Beto", "Álvaro", "王芳", "Óscar", "ana"]

    @Test(arguments: TestDatabase.available)
    func `the list is sorted as asked, and its pages follow each other without gaps`(engine: TestDatabase) async throws
    {
        try await world(engine) { world in
            let orders: [(ContactQuery.Order, [String])] = [
                (.created, Self.names.reversed()), (.name, Self.byName), (.activity, Self.byActivity),
            ]
            for (order, wanted) in orders {
                #expect(try await names(ContactQuery(order: order), world) == wanted, "\(order)")
                for limit in [1, 2, 3] {
                    #expect(try await pages(ContactQuery(order: order), by: limit, world) == wanted, "\(order)")
                }
            }
            let changed = try await names(ContactQuery(), world)
            #expect(try await pages(ContactQuery(), by: 2, world) == changed)
            #expect(changed.count == 7)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a list by name does not end where the contact is gone behind whom a page begins`(
        engine: TestDatabase
    ) async throws {
        try await world(engine) { world in
            let query = ContactQuery(order: .name, limit: 3)
            let first = try await world.store.contacts(query, in: world.workspace).page
            let last = try #require(first.items.last)
            _ = try await world.store.erase(last.person.id, wish: .tell, by: "Ana", in: world.workspace)
            var next = query
            next.after = first.next
            let following = next

            await #expect(throws: PuenteError.placeGone) {
                try await world.store.contacts(following, in: world.workspace)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `few who were found are sorted the same way`(engine: TestDatabase) async throws {
        try await world(engine) { world async throws in
            #expect(try await ContactIndex(world.store.database).prepare() == .ready)
            let orders: [(ContactQuery.Order, [String])] = [
                (.created, Self.names.reversed()), (.name, Self.byName), (.activity, Self.byActivity + [""]),
            ]
            for (order, wanted) in orders {
                let query = ContactQuery(search: "5255000", order: order)
                #expect(try await names(query, world) == wanted, "\(order)")
                for limit in [1, 3] { #expect(try await pages(query, by: limit, world) == wanted, "\(order)") }
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `filters leave those who meet all of them`(engine: TestDatabase) async throws {
        try await world(engine) { world in
            let everybody = try await world.store.contacts(ContactQuery(order: .name), in: world.workspace).page.items
            func id(_ name: String) throws -> ContactID {
                try #require(everybody.first { $0.person.name == name }).person.id
            }
            let (ana, beto, zoe) = (try id("ana"), try id("Beto"), try id("Zoé"))
            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.executeMany(
                    """
                    INSERT INTO contact_state (workspace_id, contact_id, state, since, actor)
                    VALUES (:workspace_id, :contact_id, :state, 1, 'Ana')
                    """,
                    [(ana, "blocked"), (beto, "blocked"), (zoe, "do_not_call")].map {
                        ["workspace_id": workspace, "contact_id": $0.0, "state": $0.1]
                    })
                try connection.executeMany(
                    """
                    INSERT INTO consent (workspace_id, contact_id, purpose, standing, is_double, since, entry_id)
                    VALUES (:workspace_id, :contact_id, 'marketing', :standing, :is_double, 1, 1)
                    """,
                    [(ana, "granted", true), (beto, "withdrawn", false), (zoe, "granted", false)].map {
                        ["workspace_id": workspace, "contact_id": $0.0, "standing": $0.1, "is_double": $0.2]
                    })
                try connection.execute(
                    "UPDATE contact SET merged_into = :into WHERE workspace_id = :workspace_id AND id = :id",
                    ["into": ana, "workspace_id": workspace, "id": zoe])
            }
            func found(_ change: (inout ContactQuery) -> Void) async throws -> [String] {
                var query = ContactQuery(order: .name)
                change(&query)
                let list = try await world.store.contacts(query, isCounted: true, in: workspace)
                #expect(list.count == ListCount(list.page.items.count))
                return list.page.items.map(\.person.name)
            }
            #expect(try await found { $0.state = .blocked } == ["ana", "Beto"])
            #expect(try await found { $0.state = .doNotCall } == [])
            #expect(try await found { $0.consent = .granted } == ["ana"])
            #expect(try await found { $0.consent = .double } == ["ana"])
            #expect(try await found { $0.consent = .withdrawn } == ["Beto"])
            #expect(try await found { $0.consent = .unknown } == ["Álvaro", "Óscar", "王芳", ""])
            #expect(
                try await found {
                    $0.state = .blocked
                    $0.consent = .withdrawn
                    $0.search = "bet"
                } == ["Beto"])
            #expect(try await found { $0.search = "zoe" } == [])

            let first = try await world.store.contacts(ContactQuery(state: .blocked, order: .name), in: workspace)
            #expect(first.page.items.first?.states == [.blocked])
            #expect(first.page.items.first?.consent?.isDouble == true)
            #expect(first.page.items.first?.lastActivityAt != nil)
            #expect(try await world.store.contact(zoe, in: workspace)?.person.id == ana)
            #expect(try await world.store.contactSummary(zoe, in: workspace)?.person.id == ana)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a walk that finds nobody for long says where it goes on`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let workspace = world.workspace
            let many = ContactFinder.slice * 3
            try await world.store.database.write { connection in
                try connection.executeMany(
                    """
                    INSERT INTO contact (id, workspace_id, name, search_text, sort_name, created_at, updated_at)
                    VALUES (:id, :workspace_id, :name, :search_text, :name, 1, :id)
                    """,
                    (1...many).map { number in
                        // Nobody has an answer but the very first two.
                        [
                            "id": number, "workspace_id": workspace, "name": "n\(number)",
                            "search_text": number <= 2 ? "  aguja" : "  paja",
                        ]
                    })
                // No index to begin with.
                try connection.execute("DELETE FROM installation WHERE name = 'search_texts'")
            }
            var query = ContactQuery(search: "aguja")
            var pages: [[String]] = []
            for _ in 0..<5 {
                let page = try await world.store.contacts(query, in: workspace).page
                pages.append(page.items.map(\.person.name))
                guard let next = page.next else { break }
                query.after = next
            }
            #expect(pages == [[], ["n2", "n1"]])
            let counted = try await world.store.contacts(ContactQuery(search: "paja"), isCounted: true, in: workspace)
            #expect(counted.count?.isMore == true)
            // Nothing is claimed of those who were not asked.
            let needle = try await world.store.contacts(ContactQuery(search: "aguja"), isCounted: true, in: workspace)
            #expect(needle.count == nil)
            let bySign = try await world.store.contacts(ContactQuery(search: "p"), isCounted: true, in: workspace)
            #expect(bySign.count?.value == ListFilter.few)
            #expect(counted.page.items.count == ListLimit.usual)
        }
    }
}
