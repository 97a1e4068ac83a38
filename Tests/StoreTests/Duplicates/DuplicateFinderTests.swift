import Domain
import Testing

@testable import Store

@Suite struct DuplicateFinderTests {
    /// A contact as a list brought it.
    @discardableResult
    private func add(
        _ name: String, phone: String? = nil, email: String? = nil, _ world: ConsoleWorld
    ) async throws -> ContactID {
        let (store, workspace, now) = (world.store, world.workspace, world.clock.now)
        let id: ContactID = store.ids.next()
        let handles = [("phone", phone), ("email", email)].compactMap { kind, value in value.map { (kind, $0) } }
        let rows = handles.map { (store.ids.next(HandleRow.self), $0.0, $0.1) }
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO contact (id, workspace_id, name, search_text, created_at, updated_at)
                VALUES (:id, :workspace_id, :name, '', :now, :now)
                """, ["id": id, "workspace_id": workspace, "name": name, "now": now])
            for (handle, kind, value) in rows {
                try connection.execute(
                    """
                    INSERT INTO handle
                        (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                    VALUES (:id, :workspace_id, :contact_id, :kind, '', :value, :value, :now, 'import')
                    ON CONFLICT DO NOTHING
                    """,
                    [
                        "id": handle, "workspace_id": workspace, "contact_id": id, "kind": kind, "value": value,
                        "now": now,
                    ])
            }
            try connection.writeSearchText(of: id, in: workspace)
        }
        return id
    }

    private func compareChanged(_ world: ConsoleWorld) async throws {
        world.clock.advance(by: .minutes(2))
        while try await world.store.compareChangedContacts(limit: 3, in: world.workspace) {}
    }

    private func pass(_ world: ConsoleWorld, limit: Int = 3) async throws {
        try await world.store.beginDuplicatePass(in: world.workspace)
        while try await world.store.goOnWithDuplicatePass(limit: limit, in: world.workspace) {}
    }

    private func open(_ world: ConsoleWorld) async throws -> [DuplicateSummary] {
        try await world.store.duplicates(in: world.workspace).items
    }

    @Test(arguments: TestDatabase.available)
    func `contacts that changed are compared with those they share something with`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await add("Lucía Fernández", phone: "5215512345678", world)
            try await add("Pedro Páramo", phone: "5215598765432", world)
            try await compareChanged(world)
            #expect(try await open(world).isEmpty)

            let again = try await add("FERNANDEZ, Lucia", phone: "5215512345679", world)
            try await compareChanged(world)

            let found = try await open(world)
            #expect(found.map(\.a.id) == [lucia] && found.map(\.b.id) == [again])
            #expect(found.first?.reasons.map(\.kind) == [.nearNumber, .sameName])
            #expect(found.first?.score == 72)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a pass over all finds the same, goes on after a restart, and ends`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for number in 1...9 {
                try await add("Ana Ruiz \(number)", phone: "52155123456\(number)0", world)
                try await add("Ana Ruiz \(number)", phone: "52155123456\(number)1", world)
            }
            try await world.store.beginDuplicatePass(in: world.workspace)
            #expect(try await world.store.goOnWithDuplicatePass(limit: 4, in: world.workspace))
            let half = try #require(await world.store.duplicateScan(in: world.workspace).pass)
            #expect(half.compared == 4 && half.total == 18)
            // Asked for again while it runs: it goes on.
            try await world.store.beginDuplicatePass(in: world.workspace)
            while try await world.store.goOnWithDuplicatePass(limit: 4, in: world.workspace) {}

            #expect(try await open(world).count == 9)
            let scan = try await world.store.duplicateScan(in: world.workspace)
            #expect(scan.pass == nil && scan.finishedAt == world.clock.now)
            #expect(try await world.store.duplicatePassesDue(after: .hours(24)).isEmpty)
            world.clock.advance(by: .hours(25))
            #expect(try await world.store.duplicatePassesDue(after: .hours(24)) == [world.workspace])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what nobody decided follows the facts, what somebody decided stays`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let first = try await add("Ana Ruiz", phone: "5215512345670", world)
            try await add("Ana Ruiz", phone: "5215512345671", world)
            try await add("Eva Soto", phone: "5215587654320", world)
            try await add("Eva Soto", phone: "5215587654321", world)
            try await pass(world)
            let found = try await open(world)
            #expect(found.count == 2)
            let eva = try #require(found.first { $0.a.name == "Eva Soto" })
            try await world.store.dismissDuplicates([eva.id], by: "Ana", in: world.workspace)

            let (workspace, now) = (world.workspace, world.clock.now)
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE contact SET name = 'Rosa Luna', updated_at = :now WHERE workspace_id = :workspace_id AND id = :id",
                    ["now": now, "workspace_id": workspace, "id": first])
            }
            try await pass(world)

            #expect(try await open(world).isEmpty)
            let dismissed = try await world.store.duplicates(.dismissed, in: world.workspace).items
            #expect(dismissed.map(\.id) == [eva.id] && dismissed.first?.settledBy == "Ana")
            try await world.store.reopenDuplicates([eva.id], by: "Ana", in: world.workspace)
            #expect(try await open(world).map(\.id) == [eva.id])
        }
    }

    /// Somebody who was taken in again and again is not everybody.
    @Test(arguments: TestDatabase.available)
    func `those who were merged already hide no duplicate`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            func addAna() async throws -> ContactID {
                let id = try await add("Ana Ruiz", world)
                try await store.database.write { connection in
                    try connection.execute(
                        "UPDATE contact SET username = 'ana' WHERE workspace_id = :workspace_id AND id = :id",
                        ["workspace_id": workspace, "id": id])
                }
                return id
            }
            let known = try await addAna()
            var others: [ContactID] = []
            for _ in 0...DuplicateKeys.mostShared { others.append(try await addAna()) }
            try await pass(world, limit: 200)
            #expect(try await open(world).isEmpty)
            for other in others { try await store.merge(other, into: known, by: "Ana", in: workspace) }

            let again = try await addAna()
            try await compareChanged(world)

            let found = try await open(world)
            #expect(found.map(\.b.id) == [again])
            #expect(found.first?.reasons.map(\.kind) == [.sameUsername, .sameName])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an undone merge brings back no suggestion of somebody who was erased`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let people = try await [
                add("Ana Ruiz", phone: "5215512345670", world), add("Ana Ruiz", phone: "5215512345671", world),
                add("Ana Ruiz", phone: "5215512345672", world),
            ]
            try await pass(world)
            let merge = try await world.store.merge(people[1], into: people[0], by: "Ana", in: world.workspace)
            _ = try await world.store.erase(people[2], wish: .tell, by: "Ana", in: world.workspace)

            try await world.store.undoMerge(merge.change, by: "Ana", in: world.workspace)

            #expect(try await open(world).map(\.b.id) == [people[1]])
        }
    }

    /// A shop's own address on every receipt, a name that half of all have.
    @Test(arguments: TestDatabase.available)
    func `what many share suggests nobody, and costs no more than what few share`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (workspace, ids, now) = (world.workspace, world.store.ids, world.clock.now)
            try await world.store.database.write { connection in
                try connection.executeMany(
                    """
                    INSERT INTO contact (id, workspace_id, name, username, search_text, created_at, updated_at)
                    VALUES (:id, :workspace_id, 'Cliente', 'cliente', '', :now, :now)
                    """,
                    (0..<120).map { _ in ["id": ids.next(ContactRow.self), "workspace_id": workspace, "now": now] })
            }
            try await pass(world, limit: 50)
            #expect(try await open(world).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the same record in a CRM, and the number that one gave up and the other has`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1", from: Participant(waID: "34600000001", profileName: "Ana Ruiz"))
            try await world.write("Buenas", wamid: "2", from: Participant(waID: "34600000002", profileName: "Ana Ruiz"))
            let contacts = try await world.store.database.read {
                try $0.rows("SELECT id FROM contact ORDER BY id", [:]).map { try $0.get("id", as: ContactID.self) }
            }
            try await world.store.link(
                contacts.map { ($0, "r1") }, grip: world.grip(.connection(world.crm)))
            try await world.receive([
                .identityChange(
                    IdentityChange(
                        kind: .number, messageID: "c", at: world.clock.now, previous: Participant(waID: "34600000001"),
                        current: Participant(waID: "34600000003"), text: ""))
            ])
            try await pass(world)
            let found = try #require(await open(world).first)
            #expect(found.reasons.map(\.kind) == [.sameRecord, .nearNumber, .sameName])
            #expect(found.reasons.first?.detail == "HubSpot r1")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a merge settles its suggestion and carries the others over`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let people = try await [
                add("Ana Ruiz", phone: "5215512345670", world), add("Ana Ruiz", phone: "5215512345671", world),
                add("Ana Ruiz", phone: "5215512345672", world),
            ]
            try await pass(world)
            #expect(try await open(world).count == 3)
            let before = try await DatabaseImage.of(world.store, leaving: ["job"])

            let merge = try await world.store.merge(people[1], into: people[0], by: "Ana", in: world.workspace)

            let left = try await open(world)
            #expect(left.map(\.a.id) == [people[0]] && left.map(\.b.id) == [people[2]])
            let figures = try await world.store.duplicateFigures(in: world.workspace)
            #expect(figures.before == 3 && figures.living == 2 && figures.merged == 1)
            #expect(figures.shareMerged == 3333)
            #expect(figures.byReason.map(\.reason) == [.nearNumber])
            _ = try await world.store.undo(merge.change, in: world.workspace, by: "Ana")
            let differences = try await DatabaseImage.of(world.store, leaving: ["job"]).differences(from: before)
            #expect(differences == [])
        }
    }
}
