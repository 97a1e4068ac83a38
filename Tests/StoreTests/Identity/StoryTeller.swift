import Domain
import Testing

@testable import Store

/// Lets a story happen.
struct StoryTeller {
    /// How webhooks come: each alone, or all that follow each other in one body.
    enum Pace: String, CaseIterable, CustomTestStringConvertible {
        case oneByOne, inOneBody
        var testDescription: String { rawValue }
    }

    let world: ConsoleWorld
    let pace: Pace
    private var waiting: [Update.Fact] = []
    private var changes = 0

    init(_ world: ConsoleWorld, pace: Pace) {
        self.world = world
        self.pace = pace
    }

    mutating func tell(_ story: Story) async throws {
        for event in story.events {
            world.clock.advance(by: .minutes(1))
            try await happen(event)
        }
        try await flush()
    }

    private mutating func happen(_ event: Story.Event) async throws {
        let (now, earlier) = (world.clock.now, world.clock.now - .minutes(5))
        switch event {
        case .wrote(let label, let words): try await hear(text(label, words, at: now))
        case .late(let label, let words): try await hear(text(label, words, at: earlier))
        case .echo(let label, let words): try await hear(text(label, words, at: now, .echo))
        case .history(let label, let words):
            try await hear(
                text(label, words, at: now - .days(90), .history(isInbound: true, status: nil)))
        case .read(let label, let words):
            try await hear(
                .status(
                    ReceivedStatus(
                        messageID: label, name: "read", at: now, recipient: StoryHandle.participant(words))))
        case .changed(let former, let present): try await hear(change(former, present, at: now))
        case .lateChange(let former, let present): try await hear(change(former, present, at: earlier))
        case .gave(let label, let phone, let words): try await hear(card(label, phone, words, "contact_request"))
        case .shared(let label, let phone, let words): try await hear(card(label, phone, words, nil))
        case .wroteSecond(let label, let words):
            try await flush()
            try await world.receive([text(label, words, at: now)], phoneNumberID: ConsoleWorld.secondPhoneNumberID)
        case .crm(let record, let words):
            try await flush()
            try await adopt(record, words)
        case .imported(let words):
            try await flush()
            try await makeContact(words)
        case .merged(let loser, let winner):
            try await flush()
            try await world.store.merge(
                contact(loser), into: contact(winner), by: "Ana", in: world.workspace)
        case .undone:
            try await flush()
            let change = try await merges()[0]
            #expect(try await world.store.undoMerge(change, by: "Ana", in: world.workspace).change.state == .undone)
        case .undoRefused:
            try await flush()
            let change = try await merges()[1]
            let error = await #expect(throws: PuenteError.self) {
                try await world.store.undoMerge(change, by: "Ana", in: world.workspace)
            }
            #expect(error?.detail == "merged_since")
        case .days(let days):
            try await flush()
            world.clock.advance(by: .days(days))
        }
    }

    private mutating func hear(_ fact: Update.Fact) async throws {
        waiting.append(fact)
        if pace == .oneByOne { try await flush() }
    }

    private mutating func flush() async throws {
        guard !waiting.isEmpty else { return }
        try await world.receive(waiting)
        waiting = []
    }

    // MARK: Facts

    private func text(
        _ label: String, _ words: String, at: Timestamp, _ origin: ReceivedMessage.Origin = .customer
    ) -> Update.Fact {
        world.text("Hola", wamid: label, from: StoryHandle.participant(words), at: at, origin: origin)
    }

    private mutating func change(_ former: String, _ present: String, at: Timestamp) -> Update.Fact {
        changes += 1
        let isNumber = former.contains("p")
        return .identityChange(
            IdentityChange(
                kind: isNumber ? .number : .userID, messageID: "change \(changes)", at: at,
                previous: StoryHandle.participant(former), current: StoryHandle.participant(present), text: ""))
    }

    private func card(_ label: String, _ phone: String, _ words: String, _ origin: String?) -> Update.Fact {
        let digits = StoryHandle.value(phone)
        let card = ContactCard(
            formattedName: "Ana", phones: [ContactCard.Phone(phone: "+\(digits)", waID: digits)], origin: origin)
        return .message(
            ReceivedMessage(
                id: label, origin: .customer, participant: StoryHandle.participant(words), at: world.clock.now,
                content: .contacts(ContactsContent(cards: [card]))))
    }

    // MARK: What people and CRMs do

    private func adopt(_ record: String, _ words: String) async throws {
        let words = words.split(separator: " ").map(String.init)
        func first(_ kind: HandleKind) -> String? {
            words.first { StoryHandle.kind($0) == kind && $0.first != "~" }.map(StoryHandle.value)
        }
        let name = words.first { $0.first == "~" }.map { String($0.dropFirst()) } ?? ""
        try await world.store.adopt(
            RemoteIdentity(
                remoteID: record, contact: nil, phones: [first(.phone)].compactMap(\.self), userID: first(.bsuid),
                email: first(.email), name: name),
            connection: world.crm, in: world.workspace)
    }

    private func makeContact(_ word: String) async throws {
        let value = StoryHandle.value(word)
        let claim = HandleClaim(
            kind: StoryHandle.kind(word).rawValue, scope: "", value: world.store.canonicalPhone(value), address: value)
        let (store, workspace, now) = (world.store, world.workspace, world.clock.now)
        try await store.database.write { connection in
            _ = try connection.makeContact(claim, in: workspace, store: store, evidence: "import", at: now)
        }
    }

    private func contact(_ word: String) async throws -> ContactID {
        let value = world.store.canonicalPhone(StoryHandle.value(word))
        return try required(
            await world.store.look(
                "SELECT contact_id FROM handle WHERE value = :value AND valid_to IS NULL", ["value": value]))
    }

    /// Those that stand, the latest first.
    private func merges() async throws -> [ChangeID] {
        try await world.store.changes(of: [.merge], in: world.workspace).items.filter { $0.state == .done }.map(\.id)
    }
}
