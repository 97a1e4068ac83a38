import Domain
import Testing

@testable import Store

/// What the CRMs are told.
@Suite struct ErasureNoticeTests {
    private func turn(_ world: ConsoleWorld) async throws -> CRMTurn {
        try await world.store.takeTurn(
            settling: [], claiming: 10, marksSending: false, grip: world.grip(.connection(world.crm)),
            policy: RetryPolicy())
    }

    private func settle(_ outcome: ContactOutcome, _ world: ConsoleWorld) async throws {
        _ = try await world.store.takeTurn(
            settling: [], contacts: [outcome], claiming: 0, marksSending: false,
            grip: world.grip(.connection(world.crm)), policy: RetryPolicy())
    }

    private func notice(_ erasure: ErasureID, _ world: ConsoleWorld) async throws -> Erasure.Notice.State? {
        try await world.store.erasure(erasure, in: world.workspace)?.notices.first?.state
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM that has a record is told by ids alone, and the job forgets them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let lucia = try await world.onlyConversation().person.id
            try await world.link(lucia, to: "hs-4711")
            try await world.recordAll()

            let erasure = try await world.erase(lucia, wish: .delete, isTold: false)
            #expect(erasure.notices.map(\.state) == [.waiting])
            #expect(erasure.notices.map(\.wish) == [.delete])
            let job = try #require(try await turn(world).contacts.first)
            #expect(job.erasure?.remoteIDs == ["hs-4711"] && job.erasure?.wish == .delete)
            #expect(job.contact.name == "" && job.contact.phones == [])

            try await settle(ContactOutcome(job: job, outcome: .completed, remoteID: "hs-4711"), world)
            #expect(try await notice(erasure.id, world) == .done)
            try await world.expectNothing(of: ["hs-4711"])
            #expect(try await TableCounts.of(world.store)["contact"] == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM that refuses is a dead letter, which may be tried again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let lucia = try await world.onlyConversation().person.id
            try await world.link(lucia, to: "hs-4711")
            try await world.recordAll()
            let erasure = try await world.erase(lucia, isTold: false)
            let job = try #require(try await turn(world).contacts.first)

            let failure = ConsoleWorld.failure(.permanent, code: "FORBIDDEN")
            try await settle(ContactOutcome(job: job, outcome: .discarded, failure: failure), world)

            #expect(try await notice(erasure.id, world) == .failed)
            let letter = try #require(
                try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items.first)
            #expect(letter.jobKind == .tellErasure && letter.person == nil)
            _ = try await world.store.retryDeadLetters([letter.id], in: world.workspace, by: "Ana")
            #expect(try await notice(erasure.id, world) == .waiting)
            #expect(try await turn(world).contacts.first?.erasure?.remoteIDs == ["hs-4711"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter that is put away knows the record no more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let lucia = try await world.onlyConversation().person.id
            try await world.link(lucia, to: "hs-4711")
            try await world.recordAll()
            let erasure = try await world.erase(lucia, isTold: false)
            let job = try #require(try await turn(world).contacts.first)
            let failure = ConsoleWorld.failure(.permanent, code: "FORBIDDEN")
            try await settle(ContactOutcome(job: job, outcome: .discarded, failure: failure), world)

            _ = try await world.store.dismissDeadLetters([job.job.id], in: world.workspace, by: "Ana")

            #expect(try await notice(erasure.id, world) == .failed)
            try await world.expectNothing(of: ["hs-4711"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM without a record is told nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.store.database.write { connection in
                try connection.makeContact(
                    HandleClaim(kind: "phone", scope: "", value: "5215512345678", address: "5215512345678"),
                    in: world.workspace, store: world.store, evidence: "api", at: world.clock.now)
            }

            let erasure = try await world.erase(lucia, isTold: false)

            #expect(erasure.notices.map(\.state) == [.notThere])
            #expect(erasure.state == .done)
            #expect(try await turn(world).contacts.isEmpty)
        }
    }

    /// The CRM was asked to find or make the contact while they were erased.
    @Test(arguments: TestDatabase.available)
    func `a link that comes late links nobody`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let lucia = try await world.onlyConversation().person.id
            try await world.erase(lucia, isTold: false)

            try await world.link(lucia, to: "hs-4711")

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM remote_ref") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM that erased somebody itself is told of on the page of their data`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let lucia = try await world.onlyConversation().person.id
            #expect(try await world.store.holdings(of: lucia, in: world.workspace)?.erasedInCRM == nil)

            try await world.store.note(.erasedInCRM, of: lucia.rawValue, by: "hubspot", in: world.workspace)

            let holdings = try #require(try await world.store.holdings(of: lucia, in: world.workspace))
            #expect(holdings.erasedInCRM?.connection == "hubspot")
            #expect(holdings.messages.value == 1 && holdings.handles == 1 && holdings.conversations == 1)
        }
    }
}
