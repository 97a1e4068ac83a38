import Domain
import Secrets
import Testing

@testable import Store

/// CRM connections that people make, beside those of the file.
@Suite struct MadeConnectionTests {
    private static func odoo(
        _ token: String = "key-1", at url: String = "https://ejemplo.odoo.com"
    ) -> Provision.Connection {
        Provision.Connection(kind: "odoo", baseURL: url, settings: "{}", secrets: #"{"token":"\#(token)"}"#)
    }

    private func made(_ world: ConsoleWorld, named name: String = "odoo") async throws -> ConnectionID {
        try await world.store.createConnection(Self.odoo(), named: name, in: world.workspace, by: "Ana")
    }

    private func summary(_ id: ConnectionID, _ world: ConsoleWorld) async throws -> ConnectionSummary? {
        try await world.store.connections(in: world.workspace).first { $0.id == id }
    }

    private func account(_ id: ConnectionID, _ world: ConsoleWorld) async throws -> ConnectionAccount? {
        try await world.store.connectionAccounts().first { $0.id == id }
    }

    private func events(_ id: ConnectionID, _ world: ConsoleWorld) async throws -> [String] {
        try await world.store.database.read { connection in
            try connection.rows(
                "SELECT event FROM trail WHERE workspace_id = :workspace_id AND subject_id = :id ORDER BY id",
                ["workspace_id": world.workspace, "id": id]
            ).map { try $0.get("event") }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is made has sealed secrets, a lane, and is seen by other nodes`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let before = try await world.store.accountsVersion()

            let id = try await made(world)

            let now = try #require(try await summary(id, world))
            #expect(now.name == "odoo" && now.state == .connected && now.madeBy == "Ana")
            #expect(!now.isProvisioned)
            #expect(try await account(id, world)?.secrets == #"{"token":"key-1"}"#)
            let stored: String? = try await world.store.database.read { connection in
                try connection.value("SELECT secrets FROM connection WHERE id = :id", ["id": id])
            }
            #expect(stored?.contains("key-1") == false)
            let lanes = try await world.store.connectionsOverview(in: world.workspace).lanes
            #expect(lanes.first { $0.lane == .connection(id) }?.isEnabled == true)
            #expect(try await world.store.accountsVersion() != before)
            #expect(try await events(id, world) == ["connection.made"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a start of the server leaves it as it is`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await made(world)
            let version = try await world.store.accountsVersion()

            _ = try await world.store.provision(ConsoleWorld.provision)

            #expect(try await summary(id, world)?.state == .connected)
            #expect(try await account(id, world)?.secrets == #"{"token":"key-1"}"#)
            #expect(try await world.store.accountsVersion() == version)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the file may not take its name, and it may not take one of the file's`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await made(world)
            var file = ConsoleWorld.provision
            file.connections["odoo"] = Self.odoo("other", at: "https://otra.odoo.com")

            let problem = await #expect(throws: PuenteError.self) { try await world.store.provision(file) }
            #expect(problem?.code == .invalid)
            #expect(problem?.message.en.contains("crm.odoo") == true)
            #expect(problem?.message.en.contains("https://ejemplo.odoo.com") == true)

            let taken = try await world.store.connections(in: world.workspace).map(\.name)
            for name in taken {
                let problem = await #expect(throws: PuenteError.self) { _ = try await made(world, named: name) }
                #expect(problem?.code == .conflict && problem?.detail == "name")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `other credentials end the pause of the old ones; who decided upon older ones is told`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let id = try await made(world)
            let seen = try #require(try await summary(id, world)).version
            try await world.store.pause(
                .credential, key: "\(id)", in: world.workspace,
                failure: ConsoleWorld.failure(.accountWide, code: "401"), until: nil)

            try await world.store.changeConnection(
                id, Self.odoo("key-2"), expecting: [seen], in: world.workspace, by: "Ana")

            #expect(try await account(id, world)?.secrets == #"{"token":"key-2"}"#)
            #expect(try await world.store.pauses().isEmpty)
            await #expect(throws: PuenteError.changedMeanwhile) {
                try await world.store.changeConnection(
                    id, Self.odoo("key-3"), expecting: [seen], in: world.workspace, by: "Berta")
            }
            #expect(try await account(id, world)?.secrets == #"{"token":"key-2"}"#)
            #expect(try await events(id, world) == ["connection.made", "connection.changed"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the file's are changed in the file`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            await #expect(throws: PuenteError.provisionedConnection) {
                try await world.store.changeConnection(world.crm, Self.odoo(), in: world.workspace, by: "Ana")
            }
            await #expect(throws: PuenteError.provisionedConnection) {
                try await world.store.switchConnection(world.crm, on: false, in: world.workspace, by: "Ana")
            }
            await #expect(throws: PuenteError.provisionedConnection) {
                try await world.store.removeConnection(world.crm, in: world.workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is removed has told nobody of an erasure that waited for it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let id = try await made(world)
            try await world.write("Hola", wamid: "1")
            let begun = try await world.store.erase(
                try await world.onlyConversation().person.id, wish: .tell, by: "Ana", in: world.workspace)
            func state() async throws -> Erasure.Notice.State? {
                try await world.store.erasure(begun.erasure, in: world.workspace)?.notices
                    .first { $0.connection == id }?.state
            }
            #expect(try await state() == .waiting)

            try await world.store.switchConnection(id, on: false, in: world.workspace, by: "Ana")
            try await world.store.removeConnection(id, in: world.workspace, by: "Ana")

            #expect(try await state() == .disabled)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is off has no work; removed, its credentials are gone and its name is free`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let id = try await made(world)
            try await world.write("Hola", wamid: "1")
            let jobs = "SELECT COUNT(*) AS n FROM job WHERE lane = 'crm:\(id)'"
            let waiting: Int? = try await world.store.look(jobs)
            #expect((waiting ?? 0) > 0)
            await #expect(throws: PuenteError.connectionIsOn) {
                try await world.store.removeConnection(id, in: world.workspace, by: "Ana")
            }

            try await world.store.switchConnection(id, on: false, in: world.workspace, by: "Ana")
            let lanes = try await world.store.connectionsOverview(in: world.workspace).lanes
            #expect(lanes.first { $0.lane == .connection(id) }?.isEnabled == false)
            try await world.store.removeConnection(id, in: world.workspace, by: "Ana")

            #expect(try await summary(id, world) == nil)
            #expect(try await account(id, world) == nil)
            let left: Int? = try await world.store.look(jobs)
            #expect(left == 0)
            let secrets: Int? = try await world.store.look(
                "SELECT COUNT(*) AS n FROM connection WHERE id = \(id.rawValue) AND secrets IS NOT NULL")
            #expect(secrets == 0)
            let open: Int? = try await world.store.look(
                "SELECT COUNT(*) AS n FROM activity WHERE connection_id = \(id.rawValue) AND state = 'waiting'")
            #expect(open == 0)
            #expect(
                try await events(id, world)
                    == ["connection.made", "connection.off", "connection.removed"])
            let again = try await made(world)
            #expect(again != id)
        }
    }
}
