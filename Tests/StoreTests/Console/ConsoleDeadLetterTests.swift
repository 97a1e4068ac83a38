import Domain
import Testing

@testable import Store

@Suite struct ConsoleDeadLetterTests {
    /// One message that Meta refused for good, and one that the CRM did.
    private func failBoth(_ world: ConsoleWorld) async throws -> (send: DeadLetter, record: DeadLetter) {
        let ana = try await world.hire("ana")
        try await world.write("Hola", wamid: "wamid.1")
        _ = try await world.answer("Buenas", in: try await world.onlyConversation().id, by: ana)
        try await world.send(world.failed(.permanent, .discarded))
        try await world.record(world.refused)
        let letters = try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items
        return (
            try #require(letters.first { $0.jobKind == .send }),
            try #require(letters.first { $0.jobKind == .recordActivity })
        )
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter says what, who and why`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (send, record) = try await failBoth(world)

            #expect(send.message?.content == .text(TextContent(body: "Buenas\n— Ejemplo S.A.")))
            #expect(send.person?.displayName == "Lucía Fernández")
            #expect(send.laneName == "main")
            #expect(send.failure?.advice?.en == "Do something.")
            #expect(send.answerBy == world.clock.now + .hours(24))
            #expect(send.canBeMended)
            #expect(!send.mayHaveBeenSent)
            #expect(record.laneName == "hubspot")
            #expect(record.message?.content == .text(TextContent(body: "Hola")))
            #expect(record.heldUp > 0)
            #expect(!record.canBeMended)
            #expect(try await world.store.deadLetter(send.id, in: world.workspace)?.id == send.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `they are counted and filtered by kind, lane and contact`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (send, record) = try await failBoth(world)
            world.clock.advance(by: .hours(25))

            let counts = try await world.store.deadLetterCounts(in: world.workspace)
            #expect(counts.discarded.value == 2)
            #expect(counts.uncertain.value == 0)
            #expect(counts.byKind == [.send: 1, .recordActivity: 1])
            #expect(counts.byLane == [.number(world.number): 1, .connection(world.crm): 1])
            #expect(counts.overdue == 2)
            #expect(try await world.store.navigation(in: world.workspace).deadLetters.value == 2)

            func ids(_ query: DeadLetterQuery) async throws -> [JobID] {
                try await world.store.deadLetters(query, in: world.workspace).items.map(\.id)
            }
            #expect(try await ids(DeadLetterQuery(kinds: [.send, .markRead])) == [send.id])
            #expect(try await ids(DeadLetterQuery(lane: .connection(world.crm))) == [record.id])
            #expect(try await ids(DeadLetterQuery(contact: send.person?.id)).count == 2)
            #expect(try await ids(DeadLetterQuery(contact: ContactID(rawValue: 1))).isEmpty)
            #expect(try await ids(DeadLetterQuery(state: .uncertain)).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `retried together, each subject goes on where it stood, and others are passed over`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let (send, record) = try await failBoth(world)

            let report = try await world.store.retryDeadLetters(
                [send.id, record.id, JobID(rawValue: 1)], in: world.workspace, by: "ana")
            let twice = try await world.store.retryDeadLetters([send.id], in: world.workspace, by: "ana")

            #expect(report.settled == [send.id, record.id])
            #expect(report.lanes == [.number(world.number), .connection(world.crm)])
            #expect(report.conversations.count == 1)
            #expect(twice == DeadLetterReport())
            try await world.send(world.accepted("wamid.2"))
            try await world.record(world.recorded)
            try await world.record(world.recorded)
            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [])
            #expect(recount.ledger.connections.first?.recorded == 2)
            #expect(recount.ledger.connections.first?.dead == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `put away, the ledger says that the CRM will not have it`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (_, record) = try await failBoth(world)

            _ = try await world.store.dismissDeadLetters([record.id], in: world.workspace, by: "ana")

            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [])
            #expect(recount.ledger.connections.first?.notApplicable == 1)
            #expect(try await world.store.deadLetter(record.id, in: world.workspace)?.id == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message that did not leave is mended with another text`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (send, _) = try await failBoth(world)

            let report = try await world.store.mendDeadLetter(
                send.id, with: .content(.text(TextContent(body: "Buenas tardes"))), in: world.workspace, by: "ana")

            #expect(report.settled == [send.id])
            var sent: [MessageContent] = []
            try await world.send { job in
                sent.append(job.content)
                return world.accepted("wamid.2")(job)
            }
            #expect(sent == [.text(TextContent(body: "Buenas tardes\n— Ejemplo S.A."))])
            #expect(try await world.onlyConversation().preview == "Buenas tardes — Ejemplo S.A.")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `mended with another phone, the contact has it from then on`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (send, _) = try await failBoth(world)
            try await world.write("Hola", wamid: "wamid.9", from: ConsoleWorld.carlos)

            let taken = await #expect(throws: PuenteError.self) {
                try await world.store.mendDeadLetter(
                    send.id, with: .phone("5213398765432"), in: world.workspace, by: "ana")
            }
            _ = try await world.store.mendDeadLetter(
                send.id, with: .phone("5215599999999"), in: world.workspace, by: "ana")

            #expect(taken?.detail == "handle_taken")
            var recipients: [Recipient] = []
            try await world.send { job in
                if case .permitted(_, let recipient) = job.state { recipients.append(recipient) }
                return world.accepted("wamid.2")(job)
            }
            #expect(recipients == [.phone("5215599999999")])
            let contact = try required(await world.store.contact(required(send.person?.id), in: world.workspace))
            #expect(contact.handles.map(\.address) == ["5215599999999", "5215512345678"])
            #expect(contact.handles.map { $0.validTo == nil } == [true, false])
            #expect(try await world.conversations(ConversationQuery(search: "5599999")).count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what the gate would refuse is refused at once`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (send, _) = try await failBoth(world)
            world.clock.advance(by: .hours(25))

            let error = await #expect(throws: PuenteError.self) {
                try await world.store.mendDeadLetter(
                    send.id, with: .content(.text(TextContent(body: "Tarde"))), in: world.workspace, by: "ana")
            }

            #expect(error?.code == .refused)
            #expect(error?.detail == "outside_service_window")
            #expect(try await world.store.deadLetter(send.id, in: world.workspace)?.state == .discarded)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what may have left is shown as such and is not mended`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            _ = try await world.answer("Buenas", in: try await world.onlyConversation().id, by: ana)
            try await world.send(world.failed(.unknown, code: "timeout", .uncertain))

            let waiting = try #require(
                await world.store.deadLetters(DeadLetterQuery(state: .uncertain), in: world.workspace).items.first)
            world.clock.advance(by: .hours(2))
            #expect(try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy()).count == 1)
            let settled = try #require(await world.store.deadLetter(waiting.id, in: world.workspace))
            let error = await #expect(throws: PuenteError.self) {
                try await world.store.mendDeadLetter(
                    settled.id, with: .content(.text(TextContent(body: "Otra vez"))), in: world.workspace, by: "ana")
            }

            #expect(waiting.mayHaveBeenSent)
            #expect(waiting.answerBy == nil)
            #expect(settled.mayHaveBeenSent)
            #expect(!settled.canBeMended)
            #expect(error?.detail == "cannot_be_mended")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what may have left is repeated only when that is said`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation().id
            _ = try await world.answer("Buenas", in: conversation, by: ana)
            try await world.send(world.failed(.unknown, code: "timeout", .uncertain))
            let waiting = try #require(
                await world.store.deadLetters(DeadLetterQuery(state: .uncertain), in: world.workspace).items.first)

            let early = try await world.store.retryDeadLetters([waiting.id], in: world.workspace, by: "ana")
            world.clock.advance(by: .hours(2))
            _ = try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy())
            let late = try await world.store.retryDeadLetters([waiting.id], in: world.workspace, by: "ana")
            let message = try #require(waiting.message?.id)
            let asked = await #expect(throws: PuenteError.self) {
                try await world.store.tryAgain(message, in: world.workspace, by: .staff(ana, name: "ana"))
            }
            let confirmed = try await world.store.retryDeadLetters(
                [waiting.id], in: world.workspace, by: "ana", confirmed: true)

            for report in [early, late] {
                #expect(report.settled.isEmpty)
                #expect(report.unconfirmed == [waiting.id])
            }
            #expect(asked?.detail == "may_have_been_sent")
            #expect(confirmed.settled == [waiting.id])
            #expect(confirmed.unconfirmed.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message says why it would be refused again`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let (send, record) = try await failBoth(world)
            #expect(send.refusal == nil)

            world.clock.advance(by: .hours(25))

            #expect(try await world.store.deadLetter(send.id, in: world.workspace)?.refusal == .windowClosed)
            #expect(try await world.store.deadLetter(record.id, in: world.workspace)?.refusal == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `too many at once are refused`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let jobs = (1...501).map { JobID(rawValue: $0) }

            let error = await #expect(throws: PuenteError.self) {
                try await world.store.retryDeadLetters(jobs, in: world.workspace, by: "ana")
            }

            #expect(error?.code == .invalid)
            #expect(error?.detail == "too_many")
        }
    }
}
