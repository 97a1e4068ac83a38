import Domain
import Testing

@testable import Store

/// Whoever a CRM is to be told of is noted by the database itself.
@Suite struct SyncTriggerTests {
    private static let name = MappingRow(local: .name, remote: "name", direction: .both, rule: .ask)
    private static let seen = MappingRow(local: .lastInboundAt, remote: "seen", direction: .toCRM, rule: .puenteWins)

    private func execute(_ sql: String, _ contact: ContactID, _ world: ConsoleWorld) async throws {
        let arguments: SQLArguments = ["workspace_id": world.workspace, "contact": contact]
        try await world.store.database.write { try $0.execute(sql, arguments) }
    }

    @Test(arguments: TestDatabase.available)
    func `a change in each table that fields read is noted once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let label = try await world.makeLabel("VIP")
            let field = try await world.makeField("Ciudad", .text)
            let contact = try await world.linked(PersonSample(name: "Ana", phones: ["34600111222"]))
            try await world.map(Self.name)
            let own = "workspace_id = :workspace_id AND contact_id = :contact"
            for sql in [
                "UPDATE contact SET name = 'Eva' WHERE workspace_id = :workspace_id AND id = :contact",
                "UPDATE contact SET note = 'x' WHERE workspace_id = :workspace_id AND id = :contact",
                "UPDATE handle SET valid_to = 5 WHERE \(own)",
                """
                INSERT INTO contact_label (workspace_id, contact_id, label_id, actor, added_at)
                VALUES (:workspace_id, :contact, \(label.rawValue), 'Ana', 1)
                """,
                "DELETE FROM contact_label WHERE \(own)",
                """
                INSERT INTO contact_field (workspace_id, contact_id, field_id, value, folded, changed_at)
                VALUES (:workspace_id, :contact, \(field.rawValue), 'Lima', 'lima', 1)
                """,
                "UPDATE contact_field SET value = 'Quito' WHERE \(own)",
                "DELETE FROM contact_field WHERE \(own)",
                """
                INSERT INTO consent (workspace_id, contact_id, purpose, standing, since, entry_id)
                VALUES (:workspace_id, :contact, 'marketing', 'granted', 1, 1)
                """,
                "UPDATE consent SET standing = 'withdrawn' WHERE \(own)",
                "DELETE FROM consent WHERE \(own)",
            ] {
                try await world.forgetDue()
                try await execute(sql, contact, world)
                #expect(try await world.due() == 1, "\(sql)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what no field reads, and who has no record, is not noted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await world.linked(PersonSample(name: "Ana", phones: ["34600111222"]))
            let stranger = try await world.add(PersonSample(name: "Eva"))
            let rename = "UPDATE contact SET name = 'X' WHERE workspace_id = :workspace_id AND id = :contact"
            try await execute(rename, contact, world)
            #expect(try await world.due() == 0)
            try await world.map(Self.name)

            try await execute(rename.replacing("'X'", with: "'Y'"), stranger, world)
            for sql in [
                "UPDATE contact SET updated_at = 9, search_text = 'x' WHERE workspace_id = :workspace_id AND id = :contact",
                "UPDATE handle SET number_kind = 'mobile' WHERE workspace_id = :workspace_id AND contact_id = :contact",
                """
                INSERT INTO consent (workspace_id, contact_id, purpose, standing, since, entry_id)
                VALUES (:workspace_id, :contact, 'service', 'granted', 1, 1)
                """,
                """
                INSERT INTO contact_state (workspace_id, contact_id, state, since, actor)
                VALUES (:workspace_id, :contact, 'blocked', 1, 'Ana')
                """,
            ] { try await execute(sql, contact, world) }

            #expect(try await world.due() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `messages are noted only where a field reads them, and told every five minutes`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let now = world.clock.now
            let contact = try await world.linked(
                PersonSample(name: "Ana", conversation: .init(lastInbound: now - .hours(1))))
            let grip = try world.grip(.connection(world.crm))
            try await world.map(Self.name)
            try await world.write(contact)
            #expect(try await world.due() == 0)

            try await world.map(Self.name, Self.seen)
            try await world.write(contact)
            #expect(try await world.store.takeDue(grip: grip).contacts == [contact])
            try await world.write(contact)
            #expect(try await world.store.takeDue(grip: grip).contacts == [])
            world.clock.advance(by: .minutes(5))
            #expect(try await world.store.takeDue(grip: grip).contacts == [contact])
            #expect(try await world.due() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is due becomes a job, and another is not written while it waits`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.name)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            let grip = try world.grip(.connection(world.crm))
            for name in ["Eva", "Eva M."] {
                _ = try await world.store.editContact(
                    contact, ContactEdit(name: name), by: "Ana", in: world.workspace)
                #expect(try await world.store.takeDue(grip: grip).contacts == [contact])
            }
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact'") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `another name of a label is news of whoever has it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.name)
            let label = try await world.makeLabel("VIP")
            _ = try await world.linked(PersonSample(name: "Ana", labels: [label]))
            try await world.forgetDue()

            try await world.store.database.write { try $0.execute("UPDATE label SET name = 'Oro'") }

            #expect(try await world.due() == 1)
        }
    }
}
