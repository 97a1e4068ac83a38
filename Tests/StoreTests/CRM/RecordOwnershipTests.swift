import Domain
import Testing

@testable import Store

/// A record of a CRM is one contact's; others may share it.
@Suite struct RecordOwnershipTests {
    /// Lucía and Carlos, who wrote.
    private struct Two {
        let world: ConsoleWorld
        let lucia: ContactID
        let carlos: ContactID

        init(_ world: ConsoleWorld) async throws {
            self.world = world
            try await world.write("Hola", wamid: "1")
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)
            let ids = try await world.store.database.read {
                try $0.rows("SELECT id FROM contact ORDER BY id", [:]).map { try $0.get("id", as: ContactID.self) }
            }
            (lucia, carlos) = (ids[0], ids[1])
        }

        func link(_ links: [(contact: ContactID, remoteID: String)]) async throws {
            try await world.store.link(links, grip: world.grip(.connection(world.crm)))
        }

        @discardableResult
        func adopt(
            _ remoteID: String, contact: ContactID? = nil, phones: [String] = [], name: String, former: [String] = []
        ) async throws -> RecordReport {
            try await world.store.adopt(
                RemoteIdentity(
                    remoteID: remoteID, contact: contact, phones: phones, userID: nil, email: nil, name: name,
                    formerIDs: former, isDeleted: false, changedAt: nil),
                connection: world.crm, in: world.workspace)
        }

        func owner(of remoteID: String) async throws -> ContactID? {
            try await world.store.contact(remoteID: remoteID, connection: world.crm, in: world.workspace)
        }

        /// `Lucía r1, Carlos (r1)`: shared ones in brackets.
        func links() async throws -> String {
            let (lucia, world) = (lucia, world)
            return try await world.store.database.read { connection in
                try connection.rows("SELECT local_id, remote_id, is_shared FROM remote_ref ORDER BY local_id", [:]).map
                {
                    let remoteID = try $0.get("remote_id", as: String.self)
                    let isShared = try $0.get("is_shared", as: Bool.self)
                    let name = try $0.get("local_id", as: ContactID.self) == lucia ? "Lucía" : "Carlos"
                    return isShared ? "\(name) (\(remoteID))" : "\(name) \(remoteID)"
                }.joined(separator: ", ")
            }
        }

        func name(of contact: ContactID) async throws -> String? {
            try await world.store.contact(contact, in: world.workspace)?.person.name
        }
    }

    private func withTwo(_ engine: TestDatabase, _ body: (Two) async throws -> Void) async throws {
        try await engine.withWorld { world in try await body(try await Two(world)) }
    }

    @Test(arguments: TestDatabase.available)
    func `the database has no two owners of one record`(engine: TestDatabase) async throws {
        try await withTwo(engine) { two in
            try await two.link([(two.lucia, "r1"), (two.carlos, "r2")])
            await #expect(throws: SQLError.self) {
                try await two.world.store.database.write { connection in
                    try connection.execute("UPDATE remote_ref SET remote_id = 'r1'", [:])
                }
            }
            #expect(try await two.links() == "Lucía r1, Carlos r2")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a second contact shares the record, and what the record says is said of its owner`(
        engine: TestDatabase
    ) async throws {
        try await withTwo(engine) { two in
            try await two.link([(two.carlos, "r1"), (two.lucia, "r1")])
            #expect(try await two.links() == "Lucía (r1), Carlos r1")
            #expect(try await two.owner(of: "r1") == two.carlos)

            try await two.adopt("r1", name: "Familia Prado")

            #expect(try await two.name(of: two.carlos) == "Familia Prado")
            #expect(try await two.name(of: two.lucia) != "Familia Prado")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `records merged in the CRM have one owner`(engine: TestDatabase) async throws {
        try await withTwo(engine) { two in
            try await two.link([(two.lucia, "r1"), (two.carlos, "r2")])

            try await two.adopt("r2", name: "Carlos P.", former: ["r1"])

            #expect(try await two.links() == "Lucía (r2), Carlos r2")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a record that says whose it is is theirs`(engine: TestDatabase) async throws {
        try await withTwo(engine) { two in
            try await two.link([(two.lucia, "r1"), (two.carlos, "r1")])

            try await two.adopt("r1", contact: two.carlos, name: "Carlos P.")

            #expect(try await two.links() == "Lucía (r1), Carlos r1")
            #expect(try await two.name(of: two.carlos) == "Carlos P.")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `when its owner is erased, whoever shared the record has it`(engine: TestDatabase) async throws {
        try await withTwo(engine) { two in
            try await two.link([(two.lucia, "r1"), (two.carlos, "r1")])
            _ = try await two.world.store.erase(two.lucia, wish: .tell, by: "Ana", in: two.world.workspace)
            #expect(try await two.owner(of: "r1") == two.carlos)

            try await two.adopt("r1", name: "Carlos P.")

            #expect(try await two.links() == "Carlos r1")
            #expect(try await two.name(of: two.carlos) == "Carlos P.")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is merged with the owner owns the record, until the merge is undone`(engine: TestDatabase) async throws {
        try await withTwo(engine) { two in
            let (store, workspace) = (two.world.store, two.world.workspace)
            try await two.link([(two.lucia, "r1"), (two.carlos, "r1")])

            let merge = try await store.merge(two.lucia, into: two.carlos, by: "Ana", in: workspace)
            #expect(try await two.links() == "Lucía (r1), Carlos r1")

            try await store.undoMerge(merge.change, by: "Ana", in: workspace)
            #expect(try await two.links() == "Lucía r1, Carlos (r1)")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an undone merge takes no record from whom it was given to since`(engine: TestDatabase) async throws {
        try await withTwo(engine) { two in
            let (store, workspace) = (two.world.store, two.world.workspace)
            try await two.link([(two.lucia, "r1"), (two.carlos, "r1")])
            let merge = try await store.merge(two.lucia, into: two.carlos, by: "Ana", in: workspace)
            let third = try await two.world.add(PersonSample(name: "Marta Gil"))
            try await two.adopt("r1", contact: third, name: "Marta Gil")

            try await store.undoMerge(merge.change, by: "Ana", in: workspace)

            #expect(try await two.owner(of: "r1") == third)
        }
    }
}
