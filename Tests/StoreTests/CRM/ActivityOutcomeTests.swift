import Domain
import Testing

@testable import Store

/// What a CRM's answers make of activities.
@Suite struct ActivityOutcomeTests {
    private struct Activity: Equatable {
        var state: String
        var remoteID: String?
        var reason: String?
    }

    private func activity(_ world: ConsoleWorld) async throws -> Activity {
        try await world.store.database.read { connection in
            let row = try required(connection.row("SELECT state, remote_id, reason FROM activity", [:]))
            return Activity(
                state: try row.get("state"), remoteID: try row.get("remote_id"), reason: try row.get("reason"))
        }
    }

    /// An answer that the CRM has, and an update that waits since Meta said something of it.
    private func updated(_ world: ConsoleWorld, _ status: String = "delivered") async throws -> AcceptedMessage {
        try await world.write("Hola", wamid: "wamid.in")
        try await world.recordAll()
        let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
        try await world.send(world.accepted("wamid.out"))
        try await world.recordAll()
        try await world.status(status, of: "wamid.out")
        return accepted
    }

    @Test(arguments: TestDatabase.available)
    func `a job names every handle of its contact, the newest first, also once the contact is linked`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let user = "MX.13491208655302741918"
            try await world.write("uno", wamid: "1", from: Participant(waID: "5215512345678", userID: user))
            try await world.write("dos", wamid: "2", from: Participant(waID: "5213398765432", userID: user))
            let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            let grip = try world.grip(.connection(world.crm))
            try await world.store.link([(contact: contact, remoteID: "7")], grip: grip)

            let job = try #require(await world.store.claimActivities(grip, limit: 1, marksSending: false).first)

            #expect(job.contact.remoteID == "7")
            #expect(job.contact.phones == ["5213398765432", "5215512345678"])
            #expect(job.contact.phone == "5213398765432")
            #expect(job.contact.userIDs == [user])
            #expect(job.contact.email == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an update that failed holds nobody up`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await updated(world)
            try await world.record(world.refused)
            try await world.write("¿Sigue ahí?", wamid: "wamid.in.2")

            try await world.recordAll()

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM activity WHERE state = 'recorded'") == 3)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE state = 'discarded'") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was deleted there is not brought up to date any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let accepted = try await updated(world)
            try await world.record { ActivityOutcome(job: $0, outcome: .completed, gone: .activity) }
            let row = { (column: String) in
                try await world.store.look(
                    "SELECT \(column) FROM activity WHERE message_id = :id", ["id": accepted.message],
                    as: String?.self)
            }
            #expect(try await row("state") == "recorded")
            #expect(try await row("remote_id") == .some(nil))
            #expect(try await row("reason") == "gone")

            try await world.status("read", of: "wamid.out")
            var claimed: [ActivityJob] = []
            try await world.record { job in
                claimed.append(job)
                return ActivityOutcome(job: job, outcome: .completed)
            }
            #expect(claimed.map(\.remoteID) == [nil])
            #expect(try await row("recorded_status") == "accepted")
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a contact that is gone there is linked anew`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            try await world.store.link([(contact, "r1")], grip: world.grip(.connection(world.crm)))

            try await world.record { job in
                #expect(job.contact.remoteID == "r1")
                return ActivityOutcome(job: job, outcome: .retried(at: world.clock.now), gone: .contact)
            }

            try await world.record { job in
                #expect(job.contact.remoteID == nil)
                #expect(job.contact.phone == "5215512345678")
                return world.recorded(job)
            }
            #expect(try await activity(world).state == "recorded")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an update that comes before its record says nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let message = try #require(await world.store.look("SELECT id FROM message", as: Int64.self))
            // As two nodes may make it whose clocks differ: the update's id is the smaller one.
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE job SET due_at = due_at + 1, ordering_key = 0 WHERE kind = 'crm.activity'")
            }
            try await world.enqueue(.updateActivity, key: 1, subject: message)

            try await world.record { ActivityOutcome(job: $0, outcome: .completed) }

            #expect(try await activity(world) == Activity(state: "waiting"))
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is put back in doubt keeps its attempt and its doubt`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            for _ in 1...3 {
                try await world.record { job in
                    var outcome = ActivityOutcome(job: job, outcome: .snoozed(until: world.clock.now))
                    outcome.isInDoubt = true
                    return outcome
                }
            }
            try await world.record { job in
                #expect(job.job.mustVerify)
                #expect(job.job.attempt == 1)
                return world.recorded(job)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what may have been written before it became a dead letter is looked for when a person tries again`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let unknown = ConsoleWorld.failure(.unknown, code: "timeout")
            let tryAgain = {
                let job: JobID = try required(await world.store.look("SELECT id FROM job WHERE state = 'discarded'"))
                _ = try await world.store.retryDeadLetters([job], in: world.workspace, by: "Ana")
            }
            try await world.record { ActivityOutcome(job: $0, outcome: .discarded, failure: unknown) }
            try await tryAgain()
            // Looked for in vain, and refused: what was said of it before still stands.
            try await world.record { job in
                #expect(job.job.mustVerify)
                return world.refused(job)
            }
            try await tryAgain()
            try await world.record { job in
                #expect(job.job.mustVerify)
                return world.recorded(job)
            }

            try await world.write("¿Hola?", wamid: "2")
            try await world.record(world.refused)
            try await tryAgain()
            try await world.record { job in
                #expect(!job.job.mustVerify)
                return world.recorded(job)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a row that nobody can read becomes a dead letter, and the others are recorded`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE message SET content = 'not JSON' WHERE wamid = '1'")
            }
            let turn = try await world.store.takeTurn(
                settling: [], claiming: 10, marksSending: true, grip: world.grip(.connection(world.crm)),
                policy: RetryPolicy())
            #expect(turn.jobs.count == 1)
            #expect(turn.report.workspaces == [world.workspace])
            let ledger = try await world.store.recount(in: world.workspace)
            #expect(ledger.ledger.connections.first?.dead == 1)
            #expect(ledger.differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM is told since when, and why`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await updated(world)
            try await world.record { job in
                #expect(job.status == .delivered)
                #expect(job.statusAt == world.clock.now)
                #expect(job.statusFailure == nil)
                return world.recorded(job)
            }
            _ = try await world.answer("Otra", in: world.onlyConversation().id, by: world.hire("eva"))
            world.clock.advance(by: .seconds(9))
            try await world.send(world.failed(.permanent, code: "131026", .discarded))
            try await world.record { job in
                #expect(job.status == .failed)
                #expect(job.statusAt == world.clock.now)
                #expect(job.statusFailure?.code == "131026")
                return world.recorded(job)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM that takes nothing has not been heard of`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let heard = { try await world.store.connections(in: world.workspace).first?.lastOkAt }
            try await world.write("Hola", wamid: "1")
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)
            try await world.record { ActivityOutcome(job: $0, outcome: .retried(at: world.clock.now)) }
            try await world.record(world.refused)
            // An update of what it does not have is over without a call.
            let second: Int64? = try await world.store.look("SELECT id FROM message WHERE wamid = '2'")
            try await world.enqueue(.updateActivity, subject: required(second))
            try await world.record { ActivityOutcome(job: $0, outcome: .completed) }
            #expect(try await heard() == nil)

            try await world.write("¿Hola?", wamid: "3", from: Participant(waID: "5215500000003"))
            world.clock.advance(by: .seconds(5))
            try await world.record(world.recorded)

            #expect(try await heard() == world.clock.now)
        }
    }
}
