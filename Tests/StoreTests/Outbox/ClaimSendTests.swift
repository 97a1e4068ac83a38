import Domain
import Testing

@testable import Store

/// The gate decides again, on the facts of the transaction that marks the send.
@Suite struct ClaimSendTests {
    @Test(arguments: TestDatabase.available)
    func `a window that closed while the message waited wins`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            world.clock.advance(by: .hours(24))
            let jobs = try await world.store.claimSends(world.grip(.number(world.number)), limit: 10)
            guard case .refused(.windowClosed)? = jobs.first?.state else {
                Issue.record("not refused: \(jobs)")
                return
            }
            let message = try #require(try await world.store.message(accepted.message, in: world.workspace))
            #expect(message.status == .refused)
            #expect(message.deadLetter != nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message is marked as sending before anybody holds its permit, and only once`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            let grip = try world.grip(.number(world.number))
            let jobs = try await world.store.claimSends(grip, limit: 10)
            guard case .permitted(let permit, .phone("5215512345678"))? = jobs.first?.state else {
                Issue.record("not permitted: \(jobs)")
                return
            }
            #expect(permit.message == accepted.message)
            #expect(permit.epoch == grip.epoch)
            #expect(try await world.store.message(accepted.message, in: world.workspace)?.status == .sending)
            #expect(try await world.store.claimSends(grip, limit: 10).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a contact that must rest is written to later, and no attempt is used up`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            let grip = try world.grip(.number(world.number))
            let rests = [accepted.contact: world.clock.now + .seconds(6)]
            #expect(try await world.store.claimSends(grip, limit: 10, rests: rests).isEmpty)
            world.clock.advance(by: .seconds(6))
            let jobs = try await world.store.claimSends(grip, limit: 10, rests: rests)
            #expect(jobs.first?.job.attempt == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a person who answers takes the conversation over`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let ana = try await world.hire("ana")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: ana)
            let conversation = try await world.onlyConversation()
            #expect(conversation.owner == .person(ana))
            #expect(conversation.unread == 0)
            let error = await #expect(throws: PuenteError.self) {
                try await world.store.accept(
                    MessageCommand(
                        workspace: world.workspace, target: .conversation(conversation.id),
                        content: .text(TextContent(body: "bot")), author: .automation(rule: "r")))
            }
            #expect(error?.detail == "conversation_owned_by_person")
        }
    }
}
