import Domain
import Testing

@testable import Store

/// A CRM that refuses a contact at every look makes one dead letter of it.
@Suite struct StandingRefusalTests {
    private func linked(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.write("Hola", wamid: "1")
        try await world.recordAll()
        let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
        try await world.store.link([(contact, "r1")], grip: world.grip(.connection(world.crm)))
        return contact
    }

    private func refusal(_ value: String, _ text: String = "no") -> CallFailure {
        var failure = CallFailure(
            kind: .permanent, code: "INVALID_NUMBER", scope: .message, vendorText: text,
            advice: LocalizedText(en: "Correct it.", es: "Corríjalo."))
        failure.field = RefusedField(name: "lastname", label: "Last Name", rule: .kind, value: value)
        return failure
    }

    /// Something about the contact changed, and the CRM answers with the failure, or takes it.
    private func tell(_ contact: ContactID, _ failure: CallFailure?, _ world: ConsoleWorld) async throws {
        let (store, crm, workspace) = (world.store, world.crm, world.workspace)
        try await store.database.write { connection in
            try connection.enqueue(
                .upsert(of: contact, to: crm, in: workspace), id: store.ids.next(), at: store.now())
        }
        try await answer(failure, world)
    }

    private func answer(_ failure: CallFailure?, _ world: ConsoleWorld) async throws {
        let grip = try world.grip(.connection(world.crm))
        let turn = try await world.store.takeTurn(
            settling: [], claiming: 10, marksSending: true, grip: grip, policy: RetryPolicy())
        #expect(turn.contacts.count == 1)
        _ = try await world.store.takeTurn(
            settling: [],
            contacts: turn.contacts.map {
                ContactOutcome(job: $0, outcome: failure == nil ? .completed : .discarded, failure: failure)
            }, claiming: 0, marksSending: true, grip: grip, policy: RetryPolicy())
    }

    private func letters(_ world: ConsoleWorld) async throws -> [DeadLetter] {
        try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items
    }

    @Test(arguments: TestDatabase.available)
    func `six refusals of one contact are one dead letter, with the newest reason`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await tell(contact, refusal("Ruiz"), world)
            let first = try #require(try await letters(world).first)
            for count in 2...6 {
                world.clock.advance(by: .minutes(5))
                try await tell(contact, refusal("Ruiz", "for the \(count)th time"), world)
            }

            let found = try await letters(world)
            #expect(found.map(\.id) == [first.id])
            #expect(found.first?.attempts == 6)
            #expect(found.first?.failure?.vendorText == "for the 6th time")
            #expect(found.first?.createdAt == first.createdAt)
            #expect(found.first?.changedAt == world.clock.now)
            #expect(found.first?.answerBy == first.answerBy)
            let errors = try await world.store.syncErrors(of: world.crm, in: world.workspace)
            #expect(errors.failed == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what the CRM takes at last needs nobody any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await tell(contact, refusal("Ruiz"), world)
            try await tell(contact, nil, world)

            #expect(try await letters(world).isEmpty)
            #expect(try await world.store.deadLetterCounts(in: world.workspace).discarded.value == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `tried again and refused again it is the same dead letter`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await tell(contact, refusal("Ruiz"), world)
            let letter = try #require(try await letters(world).first)
            _ = try await world.store.retryDeadLetters([letter.id], in: world.workspace, by: "ana")
            try await answer(refusal("Ruiz"), world)

            #expect(try await letters(world).map(\.id) == [letter.id])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `put away it stays quiet until the value or the reason is another`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await tell(contact, refusal("Ruiz"), world)
            _ = try await world.store.dismissDeadLetters(
                try await letters(world).map(\.id), in: world.workspace, by: "ana")

            try await tell(contact, refusal("Ruiz", "in other words"), world)
            #expect(try await letters(world).isEmpty)
            #expect(try await world.store.syncErrors(of: world.crm, in: world.workspace).failed == 0)

            // Known as long as it comes again, though what is done is forgotten after a day.
            world.clock.advance(by: .days(20))
            try await tell(contact, refusal("Ruiz"), world)
            world.clock.advance(by: .days(20))
            try await world.store.prune(Retention())
            try await tell(contact, refusal("Ruiz"), world)
            #expect(try await letters(world).isEmpty)

            try await tell(contact, refusal("Díaz"), world)
            #expect(try await letters(world).count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `after the CRM took it, the old refusal is news again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await tell(contact, refusal("Ruiz"), world)
            _ = try await world.store.dismissDeadLetters(
                try await letters(world).map(\.id), in: world.workspace, by: "ana")
            try await tell(contact, nil, world)
            try await tell(contact, refusal("Ruiz"), world)

            #expect(try await letters(world).count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was put away is forgotten after a month without it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await tell(contact, refusal("Ruiz"), world)
            _ = try await world.store.dismissDeadLetters(
                try await letters(world).map(\.id), in: world.workspace, by: "ana")
            world.clock.advance(by: .days(31))
            try await world.store.prune(Retention())

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact'") == 0)
        }
    }
}
