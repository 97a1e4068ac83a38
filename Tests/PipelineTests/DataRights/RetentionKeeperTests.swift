import Domain
import Store
import Testing

@testable import Pipeline

@Suite struct RetentionKeeperTests {
    private func keeper(_ world: PipelineWorld, peopleAtOnce: Int = 500) -> RetentionKeeper {
        RetentionKeeper(store: world.store, peopleAtOnce: peopleAtOnce, logger: quiet)
    }

    private func contacts(_ world: PipelineWorld) async throws -> Int {
        try await world.count("SELECT COUNT(*) AS n FROM contact")
    }

    @Test func `people with whom nothing happened go, so many in a run, and then once an hour`() async throws {
        try await PipelineWorld.with { world in
            try await world.forget(after: 90)
            for _ in 0..<7 { try await world.addQuietContact() }
            try await world.receive("Hola", from: "5215512345678")
            let keeper = keeper(world, peopleAtOnce: 5)

            try await keeper.run(Retention()) { true }
            #expect(try await contacts(world) == 3)
            // There may be more: the next run goes on.
            try await keeper.run(Retention()) { true }
            #expect(try await contacts(world) == 1)

            try await world.addQuietContact()
            try await keeper.run(Retention()) { true }
            #expect(try await contacts(world) == 2)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM erasure WHERE reason = 'retention'") == 7)
        }
    }

    @Test func `nobody goes without a rule, after a restore, or once the node has to stop`() async throws {
        try await PipelineWorld.with { world in
            for _ in 0..<3 { try await world.addQuietContact() }
            try await keeper(world).run(Retention()) { true }
            #expect(try await contacts(world) == 3)

            try await world.forget(after: 90)
            try await world.hold(true)
            try await keeper(world).run(Retention()) { true }
            #expect(try await contacts(world) == 3)

            try await world.hold(false)
            try await keeper(world).run(Retention()) { false }
            #expect(try await contacts(world) == 3)

            try await keeper(world).run(Retention()) { true }
            #expect(try await contacts(world) == 0)
        }
    }

    @Test func `a rule of puente.yaml comes before the console's`() async throws {
        try await PipelineWorld.with { world in
            try await world.forget(after: 90)
            try await world.addQuietContact()
            var retention = Retention()
            retention.written = [.contacts]

            try await keeper(world).run(retention) { true }
            #expect(try await contacts(world) == 1)

            retention.contacts = .days(400)
            try await keeper(world).run(retention) { true }
            #expect(try await contacts(world) == 0)
        }
    }

    /// Nobody asked to be forgotten.
    @Test func `who goes by a rule leaves no fingerprint, and no webhook of others is looked through`() async throws {
        try await PipelineWorld.with { world in
            try await world.forget(after: 90)
            try await world.addQuietContact(phone: "5213398765432")
            try await world.receive("De 5213398765432 me dieron este número", from: "5215512345678")

            try await keeper(world).run(Retention()) { true }
            let folder = MediaFolder(path: world.folder + "/media")
            await DataRightsWork(store: world.store, folder: folder, logger: quiet).erase()

            #expect(try await world.count("SELECT COUNT(*) AS n FROM erasure WHERE state = 'done'") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM tombstone") == 0)
            let kept = "SELECT COUNT(*) AS n FROM intake WHERE CAST(body AS TEXT) LIKE '%me dieron%'"
            #expect(try await world.count(kept) == 1)
        }
    }
}

extension PipelineWorld {
    fileprivate func forget(after days: Int) async throws {
        try await store.setRetentionRules(RetentionRules([.contacts: days]), by: "Ana", in: workspace)
    }

    /// Somebody of years ago.
    fileprivate func addQuietContact(phone: String? = nil) async throws {
        let (workspace, id) = (workspace, store.ids.next(ContactRow.self))
        let handle = store.ids.next(HandleRow.self)
        try await store.database.write { connection in
            try connection.execute(
                "INSERT INTO contact (id, workspace_id, created_at, updated_at) VALUES (:id, :workspace_id, 1, 1)",
                ["id": id, "workspace_id": workspace])
            guard let phone else { return }
            try connection.execute(
                """
                INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                VALUES (:id, :workspace_id, :contact_id, 'phone', '', :phone, :phone, 1, 'webhook')
                """, ["id": handle, "workspace_id": workspace, "contact_id": id, "phone": phone])
        }
    }

    fileprivate func receive(_ text: String, from phone: String) async throws {
        let webhook = Self.webhook(["wamid.1"], from: phone).replacing("Hola", with: text)
        try await store.append([body(webhook)], node: 1)
        while try await interpreter().interpretSome() > 0 {}
    }

    fileprivate func hold(_ isHeld: Bool) async throws {
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO installation (name, value) VALUES ('held', :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, ["value": isHeld ? "1" : "0"])
        }
    }
}
