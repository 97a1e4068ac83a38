import Domain
import Testing

@testable import Store

/// Whose a contact is, by e-mail address on both sides.
@Suite struct SyncOwnerTests {
    private static let marta = "marta@ejemplo.example"
    private static let jorge = "jorge@ejemplo.example"

    private static func row(_ rule: SyncRule = .crmWins) -> MappingRow {
        MappingRow(local: .wellKnown(.owner), remote: "f", direction: .both, rule: rule)
    }

    private func compare(
        _ contact: ContactID, _ owner: String, _ users: Set<String>?, _ world: ConsoleWorld
    ) async throws -> SyncOutcome {
        let record = SyncRecord(contact: contact, remoteID: "r1", fields: ["f": owner])
        let outcomes = try await world.store.merge(
            [record], world.turn(), context: ConsoleWorld.sync.knowing(users), gives: .now)
        return try #require(outcomes.first)
    }

    private func field(_ world: ConsoleWorld) async throws -> FieldID {
        try #require(
            try await world.store.fields(archived: false, in: world.workspace).first { $0.key == "owner" }
        ).id
    }

    private func owner(of contact: ContactID, _ world: ConsoleWorld) async throws -> String? {
        let field = LocalField.custom(try await field(world))
        return try await world.snapshot(contact, field)[field]
    }

    private func set(_ owner: String, of contact: ContactID, _ world: ConsoleWorld) async throws {
        try await world.store.setField(
            try await field(world), of: contact, to: owner, habits: .machine, in: world.workspace, by: "Ana")
    }

    @Test(arguments: TestDatabase.available)
    func `the CRM's owner is taken, and another spelling of the address is no other owner`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.row())
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await compare(contact, Self.marta, [Self.marta], world)
            #expect(try await owner(of: contact, world) == Self.marta)

            try await set("Marta@Ejemplo.example", of: contact, world)
            let outcome = try await compare(contact, Self.marta, [Self.marta], world)

            #expect(outcome.gives.isEmpty && outcome.taken.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an owner whom the CRM lacks is noted and not given, until it knows them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.row())
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await compare(contact, Self.marta, [Self.marta], world)
            try await set("Jorge@ejemplo.example", of: contact, world)

            let refused = try await compare(contact, Self.marta, [Self.marta], world)

            #expect(refused.gives.isEmpty && refused.refusals == ["f": .noSuchUser])
            let open = try await world.store.syncConflicts(of: world.crm, in: world.workspace).items
            #expect(open.map(\.refusal) == [.noSuchUser])
            #expect(try await owner(of: contact, world) == "Jorge@ejemplo.example")
            let given = try await compare(contact, Self.marta, [Self.marta, Self.jorge], world)
            #expect(given.fields == ["f": "Jorge@ejemplo.example"])
            #expect(try await world.store.syncConflicts(of: world.crm, in: world.workspace).items.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an owner whom the CRM lacks cannot be chosen, and raises no alarm`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.row())
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await compare(contact, Self.marta, [Self.marta], world)
            try await set(Self.jorge, of: contact, world)
            _ = try await compare(contact, Self.marta, [Self.marta], world)
            let open = try #require(
                try await world.store.syncConflicts(of: world.crm, in: world.workspace).items.first)
            func choose(_ choice: SyncChoice, _ users: Set<String>) async throws -> SyncResolution {
                try await world.store.resolve(
                    [open.id], choosing: choice, context: ConsoleWorld.sync.knowing(users), by: "Ana",
                    in: world.workspace)
            }

            #expect(try await choose(.ours, [Self.marta]).refused == [open.id: .noSuchUser])
            #expect(try await choose(.value("eva@ejemplo.example"), [Self.marta]).refused == [open.id: .noSuchUser])
            #expect(try await world.store.navigation(in: world.workspace).conflicts.isEmpty)
            #expect(try await choose(.ours, [Self.marta, Self.jorge]).resolved == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM that takes any address gets any, and a person may take the owner off`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.row(.puenteWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await compare(contact, Self.marta, nil, world)
            try await set(Self.jorge, of: contact, world)

            let given = try await compare(contact, Self.marta, nil, world)

            #expect(given.fields == ["f": Self.jorge])
        }
    }
}
