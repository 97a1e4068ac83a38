import Domain
import Testing

@testable import Store

/// Somebody of whom only the user id is known is a contact like any other.
@Suite struct NoPhoneTests {
    private static let ana = Participant(userID: "MX.77", username: "ana_r", profileName: "Ana Ruiz")

    @Test(arguments: TestDatabase.available)
    func `they stand in the inbox, are found, answered and written to by their user id`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1", from: Self.ana)
            let conversation = try await world.onlyConversation()
            #expect(conversation.person.phone == nil && conversation.person.userID == "MX.77")
            #expect(conversation.person.displayName == "Ana Ruiz")
            for search in ["ana ruiz", "ana_r", "MX.77"] {
                #expect(try await world.conversations(ConversationQuery(search: search)).count == 1, "\(search)")
            }

            let staff = try await world.hire("beto")
            _ = try await world.answer("Buenas", in: conversation.id, by: staff)
            _ = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .address(.userID("MX.77"), from: world.number),
                    content: .text(TextContent(body: "¿Sigue ahí?")), author: .api(key: "ops")))
            #expect(try await world.conversations().count == 1)
            let grip = try world.grip(.number(world.number))
            for wamid in ["2", "3"] {
                let job = try #require(await world.store.claimSends(grip, limit: 10).first)
                guard case .permitted(_, let recipient) = job.state else {
                    Issue.record("refused")
                    return
                }
                #expect(recipient == .userID("MX.77"))
                _ = try await world.store.record(
                    [world.accepted(wamid)(job)], grip: grip, policy: RetryPolicy())
            }
            try await world.receive([
                .status(
                    ReceivedStatus(
                        messageID: "2", name: "read", at: world.clock.now, recipient: Participant(userID: "MX.77")))
            ])
            #expect(try await world.shownStatus(of: "2") == .read)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM gets them by their user id, and finds them by it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1", from: Self.ana)
            let grip = try world.grip(.connection(world.crm))
            let job = try #require(
                await world.store.claimActivities(grip, limit: 10, marksSending: false).first)
            #expect(job.contact.phone == nil && job.contact.userID == "MX.77")
            #expect(job.contact.profileName == "Ana Ruiz")
            try await world.store.link([(job.contact.id, "r1")], grip: grip)
            try await world.store.adopt(
                RemoteIdentity(
                    remoteID: "r1", contact: nil, phones: [], userID: "MX.77", email: "ana@x.mx", name: "Ana R."),
                connection: world.crm, in: world.workspace)
            let shown = try #require(await world.store.contact(job.contact.id, in: world.workspace))
            #expect(shown.person.name == "Ana R." && shown.handles.map(\.kind).contains("email"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `they are merged with their phone, and two again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1", from: Self.ana)
            try await world.write("Hola", wamid: "2", from: Participant(waID: "34600000001"))
            let contacts = try await world.store.database.read {
                try $0.rows("SELECT id FROM contact ORDER BY id", [:]).map { try $0.get("id", as: ContactID.self) }
            }
            let before = try await DatabaseImage.of(world.store, leaving: ["job"])
            let merge = try await world.store.merge(contacts[0], into: contacts[1], by: "Ana", in: world.workspace)
            let title = try #require(await world.store.change(merge.change, in: world.workspace)).title
            #expect(title.en == "Merged Ana Ruiz into +34600000001")
            let open = try await world.onlyConversation()
            #expect(open.person.phone == "34600000001" && open.person.userID == "MX.77")
            _ = try await world.store.undoMerge(merge.change, by: "Ana", in: world.workspace)
            #expect(try await DatabaseImage.of(world.store, leaving: ["job"]).differences(from: before) == [])
        }
    }
}
