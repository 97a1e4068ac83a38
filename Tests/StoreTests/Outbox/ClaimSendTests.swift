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
    func `a file is uploaded only for a message that may leave`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let media = try await world.store.addMedia(
                .image, number: world.number, sha256: "cc", size: 1, mimeType: "image/png", filename: nil,
                in: world.workspace)
            let accepted = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .conversation(world.onlyConversation().id),
                    content: .media(MediaContent(kind: .image, storedID: media)),
                    author: .staff(world.hire("ana"), name: "Ana")))
            let grip = try world.grip(.number(world.number))
            let jobs = try await world.store.claimSends(grip, limit: 10)
            guard case .needsUpload(media)? = jobs.first?.state else {
                Issue.record("no upload: \(jobs)")
                return
            }
            try await world.store.release(jobs.map(\.job.id), grip: grip)

            world.clock.advance(by: .hours(24))
            let later = try await world.store.claimSends(grip, limit: 10)
            guard case .refused(.windowClosed)? = later.first?.state else {
                Issue.record("not refused: \(later)")
                return
            }
            #expect(try await world.store.message(accepted.message, in: world.workspace)?.status == .refused)
        }
    }

    /// A picture of the customer, fetched.
    private func picture(_ world: ConsoleWorld) async throws -> (file: MediaID, message: MessageID) {
        try await world.receive([
            .message(
                ReceivedMessage(
                    id: "wamid.in", origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                    content: .media(MediaContent(kind: .image, mediaID: "inbound", mimeType: "image/png"))))
        ])
        let grip = try world.grip(.media(world.number))
        let job = try required(await world.store.claimFetches(grip, limit: 1).first)
        _ = try await world.store.record(
            job, sha256: "cc", size: 1, mimeType: nil,
            result: JobResult(job: job.job.id, outcome: .completed, failure: nil), grip: grip, policy: RetryPolicy())
        return (job.media.id, try required(job.media.message))
    }

    /// - Returns: the row of the file that the new message shows.
    private func send(
        _ file: MediaID, from number: NumberID, _ world: ConsoleWorld
    ) async throws -> MediaID {
        let accepted = try await world.store.accept(
            MessageCommand(
                workspace: world.workspace, target: .address(.phone("5215512345678"), from: number),
                content: .media(MediaContent(kind: .image, storedID: file)), author: .api(key: "k")))
        let content = try await world.store.message(accepted.message, in: world.workspace)?.content
        guard case .media(let media)? = content else { throw Missing() }
        return try required(media.storedID)
    }

    @Test(arguments: TestDatabase.available)
    func `a customer's picture that is sent on stays with its message, and is uploaded`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (file, message) = try await picture(world)

            let copy = try await send(file, from: world.number, world)

            #expect(copy != file)
            #expect(try await world.store.mediaFile(file, in: world.workspace)?.message == message)
            let row = try #require(await world.store.storedMedia(copy, in: world.workspace))
            #expect(row.sha256 == "cc" && row.size == 1 && row.mimeType == "image/png" && row.kind == .image)
            #expect(row.metaID == nil && row.message != message)
            let jobs = try await world.store.claimSends(world.grip(.number(world.number)), limit: 10)
            guard case .needsUpload(copy)? = jobs.first?.state else {
                Issue.record("no upload: \(jobs)")
                return
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what Meta has of a file is used by the number that it was uploaded to, and by no other`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            var provision = ConsoleWorld.provision
            provision.numbers["second"] = .init(
                app: "main", phoneNumberID: "2", wabaID: "22", portfolioID: "70", displayNumber: "+34 600 000 002",
                accessToken: "t")
            _ = try await world.store.provision(provision)
            let second = try required(
                await world.store.numberAccounts().first { $0.phoneNumberID == "2" }
            ).id
            let file = try await world.store.addMedia(
                .image, number: world.number, sha256: "cc", size: 1, mimeType: "image/png", filename: nil,
                in: world.workspace)
            try await world.store.noteUpload(file, metaID: "uploaded", in: world.workspace)
            try await world.write("Hola", wamid: "wamid.in")
            try await world.receive([world.text("Hola", wamid: "wamid.2")], phoneNumberID: "2")

            let same = try await send(file, from: world.number, world)
            let other = try await send(file, from: second, world)

            #expect(same == file)
            #expect(other != file)
            #expect(try await world.store.storedMedia(other, in: world.workspace)?.number == second)
            #expect(try await world.store.storedMedia(other, in: world.workspace)?.metaID == nil)
            let jobs = try await world.store.claimSends(world.grip(.number(world.number)), limit: 10)
            guard case .permitted? = jobs.first?.state, case .media(let media)? = jobs.first?.content else {
                Issue.record("not permitted: \(jobs)")
                return
            }
            #expect(media.mediaID == "uploaded")
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

    @Test(arguments: TestDatabase.available)
    func `a program's message leaves the customer waiting, an agent's answer in the CRM does not`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("¿Hay talla 42?", wamid: "wamid.in")
            let asked = try await world.onlyConversation()
            func send(_ text: String, by author: MessageCommand.Author) async throws -> ConversationSummary {
                _ = try await world.store.accept(
                    MessageCommand(
                        workspace: world.workspace, target: .conversation(asked.id),
                        content: .text(TextContent(body: text)), author: author))
                return try await world.onlyConversation()
            }

            let afterNews = try await send("Su paquete va en camino", by: .api(key: "shop"))
            #expect(afterNews.preview == "Su paquete va en camino — Ejemplo S.A.")
            #expect(afterNews.unread == 1)
            #expect(afterNews.waitingSince == asked.waitingSince)

            let afterAnswer = try await send("Sí", by: .crm(connection: "hubspot"))
            #expect(afterAnswer.unread == 0)
            #expect(afterAnswer.waitingSince == nil)
        }
    }

    @Test func `a template that a CRM sends is no answer`() {
        let template = MessageContent.template(TemplateContent(name: "order_shipped", language: "es_MX"))
        #expect(!MessageCommand.Author.crm(connection: "hubspot").answers(with: template))
        #expect(MessageCommand.Author.staff(StaffID(rawValue: 1), name: "Ana").answers(with: template))
        #expect(!MessageCommand.Author.automation(rule: "r").answers(with: .text(TextContent(body: "Hola"))))
    }
}
