import Domain
import Testing

@testable import Store

/// Everybody that a CRM knows and everybody here, brought together once.
@Suite struct BackfillTests {
    private static let makes = options { $0.makesContacts = true }

    private static func options(_ change: (inout BackfillOptions) -> Void = { _ in }) -> BackfillOptions {
        var options = BackfillOptions()
        change(&options)
        return options
    }

    private func record(
        _ id: String, _ phones: String..., name: String = "", email: String? = nil, contact: ContactID? = nil,
        isDeleted: Bool = false, fields: [String: String]? = nil
    ) -> RemoteIdentity {
        RemoteIdentity(
            remoteID: id, contact: contact, phones: phones, userID: nil, email: email, name: name,
            isDeleted: isDeleted, fields: fields)
    }

    private func start(_ options: BackfillOptions, _ world: ConsoleWorld) async throws -> Backfill {
        try await world.store.startBackfill(options, of: world.crm, in: world.workspace, by: "Ana")
    }

    private func newest(_ world: ConsoleWorld) async throws -> Backfill {
        try required(try await world.store.backfill(of: world.crm, in: world.workspace))
    }

    @discardableResult
    private func page(
        _ page: [RemoteIdentity], of backfill: Backfill, cursor: String = "c", isLast: Bool = true,
        comparing: Bool = false, _ world: ConsoleWorld
    ) async throws -> BackfillStep {
        let comparison = comparing ? SyncComparison(turn: world.turn(), context: ConsoleWorld.sync) : nil
        return try await world.store.backfill(
            backfill, page: page, cursor: cursor, isLast: isLast, comparing: comparison, rate: 1,
            grip: world.grip(.connection(world.crm))
        ).step
    }

    private func contacts(_ world: ConsoleWorld) async throws -> Int {
        try await world.store.look("SELECT COUNT(*) AS n FROM contact", as: Int.self) ?? 0
    }

    // MARK: From the CRM

    @Test(arguments: TestDatabase.available)
    func `whoever is here is linked, whoever is not is left where they are unless that is wished`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let backfill = try await start(Self.options(), world)

            let step = try await page(
                [record("r1", "5215512345678"), record("r2", "34600000002", name: "Eva"), record("r3", name: "Nadie")],
                of: backfill, world)

            #expect(step == .ended)
            let ended = try await newest(world)
            #expect(ended.state == .done)
            #expect(ended.counts.linked == 1)
            #expect(ended.counts.unknown == 1)
            #expect(ended.counts.withoutAddress == 1)
            #expect(try await contacts(world) == 1)
            // Nothing was written that could be put back.
            #expect(ended.changeID == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever is only there is made once, with number, address, label and no consent`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let backfill = try await start(
                Self.options {
                    $0.makesContacts = true
                    $0.label = "De HubSpot"
                }, world)

            // The second has the number of the first: a duplicate there makes nobody new here.
            try await page(
                [
                    record("r1", "34600000001", name: "Eva Ruiz", email: "eva@ejemplo.mx"),
                    record("r2", "34600000001", name: "Eva R."),
                ], of: backfill, cursor: "c1", isLast: false, world)
            let between = try await newest(world)
            #expect(between.cursor == "c1")
            // A record that changed meanwhile comes again.
            try await page([record("r1", "34600000001", name: "Eva Ruiz")], of: between, world)

            let ended = try await newest(world)
            #expect(ended.counts.made == 1)
            #expect(ended.counts.others == 1)
            #expect(try await contacts(world) == 1)
            #expect(try await world.store.look("SELECT remote_id FROM remote_ref", as: String.self) == "r1")
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "Eva Ruiz")
            #expect(try await world.store.look("SELECT name FROM label", as: String.self) == "De HubSpot")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact_label", as: Int.self) == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM consent_entry", as: Int.self) == 0)
            #expect(
                try await world.store.look("SELECT COUNT(*) AS n FROM handle WHERE evidence = 'crm'", as: Int.self) == 2
            )
        }
    }

    /// Pages overlap where a CRM's times are coarse, and whatever Puente writes there moves the record to their end.
    @Test(arguments: TestDatabase.available)
    func `a record that comes again is read again and counted once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let first = [record("r1", "34600000001"), record("r2", "34600000002"), record("r3", name: "Nadie")]
            let backfill = try await start(Self.options(), world)
            try await world.store.expect(2, of: backfill, grip: world.grip(.connection(world.crm)))

            try await page(first, of: backfill, isLast: false, world)
            try await page(first, of: newest(world), isLast: false, world)
            try await page([record("r2", "34600000002"), record("r4", "34600000004")], of: newest(world), world)

            let ended = try await newest(world)
            #expect([ended.counts.read, ended.done, ended.expected] == [4, 4, 4])
            #expect([ended.counts.unknown, ended.counts.withoutAddress, ended.counts.others] == [3, 1, 0])
            // Another one counts for itself.
            try await page(first, of: start(Self.options(), world), world)
            #expect(try await newest(world).counts.read == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nobody who had their data erased comes back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await world.add(PersonSample(name: "Eva", phones: ["34600000001"]))
            try await world.erase(contact, isTold: false)
            let backfill = try await start(Self.makes, world)

            try await page([record("r1", "34600000001", name: "Eva")], of: backfill, world)

            #expect(try await newest(world).counts.erased == 1)
            #expect(try await contacts(world) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who shares a switchboard is somebody of their own, and a number wherever it stands is its owner's`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34688000001", "34916660000", name: "Zoe")])
            let backfill = try await start(Self.makes, world)

            try await page(
                [
                    record("r1", "34916660000", "34688000001", name: "Zoe"),
                    record("r2", "34916660000", "34688000002", name: "Yan"),
                    record("r3", "34916660000", name: "Recepción"),
                ], of: backfill, world)

            #expect(try await contacts(world) == 2)
            let counts = try await newest(world).counts
            #expect([counts.made, counts.linked, counts.withoutAddress] == [1, 1, 1] as [Int])
            #expect(try await world.store.look("SELECT name FROM contact ORDER BY id", as: String.self) == "Zoe")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `all that was made and taken over is put back as one`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let known = try await world.add(PersonSample(name: "Luis", phones: ["34600000009"]))
            try await world.map(
                MappingRow(local: .note, remote: "note", direction: .both, rule: .crmWins),
                MappingRow(local: .name, remote: "name", direction: .both, rule: .crmWins))
            let backfill = try await start(Self.makes, world)
            try await page(
                [
                    record("r1", "34600000001", name: "Eva", fields: ["name": "Eva", "note": "Paga tarde"]),
                    record("r2", "34600000002", name: "Iván", fields: ["name": "Iván", "note": ""]),
                    record("r9", "34600000009", name: "Luis", fields: ["name": "Luis", "note": "Cliente"]),
                ], of: backfill, comparing: true, world)
            #expect(try await contacts(world) == 3)
            #expect(
                try await world.store.look("SELECT note FROM contact WHERE name = 'Eva'", as: String.self)
                    == "Paga tarde")
            // Somebody has to do with one of them.
            let label = try await world.makeLabel("VIP")
            let ivan = try required(
                try await world.store.look("SELECT id FROM contact WHERE name = 'Iván'", as: ContactID.self))
            try await world.store.addLabel(label, to: ivan, in: world.workspace, by: "Ana")

            let ended = try await newest(world)
            #expect(ended.isUndoable(at: world.clock.now))
            try await world.store.undo(try required(ended.changeID), in: world.workspace, by: "Ana")

            #expect(try await contacts(world) == 2)
            #expect(
                try await world.store.look("SELECT COUNT(*) AS n FROM contact WHERE name = 'Eva'", as: Int.self) == 0)
            // Whoever stays is known there as before.
            #expect(
                try await world.store.look(
                    "SELECT remote_id FROM remote_ref WHERE local_id = :id", ["id": ivan], as: String.self) == "r2")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM remote_ref", as: Int.self) == 2)
            #expect(
                try await world.store.look(
                    "SELECT note FROM contact WHERE id = :id", ["id": known], as: String.self) == "")
            #expect(
                try await world.store.look(
                    "SELECT COUNT(*) AS n FROM sync_state WHERE contact_id NOT IN (SELECT id FROM contact)",
                    as: Int.self) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one at a time; paused it does nothing, and stopped it is over`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let backfill = try await start(Self.makes, world)
            await #expect(throws: PuenteError.backfillAtWork) { _ = try await start(Self.makes, world) }

            try await world.store.pauseBackfill(of: world.crm, in: world.workspace)
            let step = try await page([record("r1", "34600000001")], of: backfill, world)
            #expect(step == .stopped)
            #expect(try await contacts(world) == 0)
            #expect(try await world.store.runningBackfill(world.grip(.connection(world.crm))) == nil)
            await #expect(throws: PuenteError.backfillMovedOn) {
                try await world.store.pauseBackfill(of: world.crm, in: world.workspace)
            }

            try await world.store.resumeBackfill(of: world.crm, in: world.workspace)
            try await page([record("r1", "34600000001")], of: backfill, isLast: false, world)
            try await world.store.stopBackfill(of: world.crm, in: world.workspace)
            let stopped = try await newest(world)
            #expect(stopped.state == .stopped)
            #expect(stopped.isUndoable(at: world.clock.now))
            _ = try await start(Self.makes, world)
        }
    }

    // MARK: To the CRM

    @Test(arguments: TestDatabase.available)
    func `contacts that the CRM lacks become jobs, a few at a time, and are counted when they are done`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            var people: [ContactID] = []
            for number in 1...3 {
                people.append(try await world.add(PersonSample(name: "P\(number)", phones: ["3460000000\(number)"])))
            }
            try await world.link(people[0], "r1")
            let grip = try world.grip(.connection(world.crm))
            _ = try await start(
                Self.options {
                    $0.readsCRM = false
                    $0.tellsCRM = true
                }, world)
            #expect(try await world.store.unlinkedCount(of: newest(world)) == 2)

            #expect(try await world.store.tellCRM(newest(world), most: 1, rate: 1, grip: grip) == .wentOn)
            #expect(try await world.store.tellCRM(newest(world), most: 1, rate: 1, grip: grip) == .waits)
            try await settle([people[1]: "r2"], world)
            #expect(try await world.store.tellCRM(newest(world), most: 1, rate: 1, grip: grip) == .wentOn)
            #expect(try await newest(world).counts.told == 1)
            try await settle([:], world)
            #expect(try await world.store.tellCRM(newest(world), most: 1, rate: 1, grip: grip) == .ended)

            let ended = try await newest(world)
            #expect(ended.state == .done)
            #expect(ended.counts.told == 1)
            #expect(ended.counts.failed == 1)
        }
    }

    /// Claims what is there: those named are linked, the others become dead letters.
    private func settle(_ links: [ContactID: String], _ world: ConsoleWorld) async throws {
        let grip = try world.grip(.connection(world.crm))
        let turn = try await world.store.takeTurn(
            settling: [], claiming: 10, marksSending: true, grip: grip, policy: RetryPolicy())
        #expect(turn.contacts.count == 1)
        #expect(turn.contacts.allSatisfy { $0.contact.remoteID == nil })
        let outcomes = turn.contacts.map { job in
            ContactOutcome(job: job, outcome: links[job.contact.id] == nil ? .discarded : .completed)
        }
        for (contact, record) in links { try await world.store.link([(contact, record)], grip: grip) }
        _ = try await world.store.takeTurn(
            settling: [], contacts: outcomes, claiming: 0, marksSending: true, grip: grip, policy: RetryPolicy())
    }

    // MARK: History

    @Test(arguments: TestDatabase.available)
    func `messages from before get onto the timelines, and the ledger stays true`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("¿Hay alguien?", wamid: "2")
            try await world.recordAll()
            let contact = try required(try await world.store.look("SELECT id FROM contact", as: ContactID.self))
            try await world.link(contact, "r1")
            // As if the first had come before the connection was there.
            try await world.store.database.write { connection in
                try connection.execute(
                    "DELETE FROM activity WHERE message_id = (SELECT MIN(id) FROM message)")
            }
            let grip = try world.grip(.connection(world.crm))
            _ = try await start(
                Self.options {
                    $0.readsCRM = false
                    $0.historySince = world.clock.now - .days(365 * 3)
                }, world)

            let (step, report) = try await world.store.recordHistory(newest(world), most: 10, rate: 1, grip: grip)

            #expect(step == .ended)
            #expect(report.lanes == [.connection(world.crm)])
            #expect(try await newest(world).counts.messages == 1)
            #expect(
                try await world.store.look("SELECT COUNT(*) AS n FROM activity WHERE state = 'waiting'", as: Int.self)
                    == 1)
            let turn = try await world.store.takeTurn(
                settling: [], claiming: 10, marksSending: true, grip: grip, policy: RetryPolicy())
            #expect(turn.jobs.count == 1)
        }
    }
}
