import Domain
import Testing

@testable import Store

/// Numbers at which nobody is reached: what marks them, what takes the mark off, and who is left alone for it.
@Suite struct UnreachableTests {
    @Test(arguments: TestDatabase.available)
    func `an undeliverable message marks the number it went to, with since when, how often and by which`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let first = try await world.sendInVain("wamid.1")
            let since = world.clock.now
            #expect(
                try await world.marks() == [
                    MarkedNumber("5215512345678", .init(since: since, lastAt: since, count: 1, message: first))
                ])

            world.clock.advance(by: .hours(1))
            let second = try await world.sendInVain("wamid.2")
            #expect(
                try await world.marks() == [
                    MarkedNumber(
                        "5215512345678", .init(since: since, lastAt: world.clock.now, count: 2, message: second))
                ])
            #expect(try await world.store.consentCoverage(in: world.workspace).unreachable == 1)
            let contact = try await world.only()
            #expect(try await world.unreachable() == [contact])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what Meta says of the message, or of what the person wants, says nothing of the number`(
        engine: TestDatabase
    ) async throws {
        for code in [131047, 131048, 131049, 131050, 130472, 131000, 131056] {
            try await engine.withWorld { world in
                try await world.sendInVain("wamid.1", code: code)
                #expect(try await world.marks() == [], "\(code)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `Meta's answer to the send marks the number as well`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.begin()
            try await world.send(world.failed(.permanent, code: "131026", .discarded))
            #expect(try await world.marks().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `news that came before its message was known marks the number, too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.begin()
            try await world.status("failed", of: "wamid.1", failures: [.undeliverable])
            #expect(try await world.marks() == [])
            try await world.send(world.accepted("wamid.1"))
            #expect(try await world.marks().count == 1)
        }
    }

    // MARK: Taking the mark off

    @Test(arguments: TestDatabase.available)
    func `the mark goes when the person writes`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.sendInVain("wamid.1")
            world.clock.advance(by: .minutes(5))
            try await world.write("Aquí sigo", wamid: "in.2")
            #expect(try await world.marks() == [])
            #expect(try await world.unreachable() == [])
        }
    }

    @Test(arguments: TestDatabase.available, ["delivered", "read"])
    func `the mark goes when a message arrives`(engine: TestDatabase, status: String) async throws {
        try await engine.withWorld { world in
            try await world.begin()
            try await world.send(world.accepted("wamid.0"))
            try await world.sendInVain("wamid.1")
            try await world.status("sent", of: "wamid.0")
            #expect(try await world.marks().count == 1)
            world.clock.advance(by: .minutes(5))
            try await world.status(status, of: "wamid.0")
            #expect(try await world.marks() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `late news says nothing of today`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.begin()
            try await world.send(world.accepted("wamid.0"))
            let before = world.clock.now
            world.clock.advance(by: .minutes(5))
            try await world.sendInVain("wamid.1")
            // Delivered before the other failed.
            try await world.hear("delivered", of: "wamid.0", at: before)
            #expect(try await world.marks().count == 1)

            // They wrote; that a message failed before is told afterwards.
            let failed = world.clock.now
            world.clock.advance(by: .minutes(5))
            _ = try await world.begin()
            try await world.send(world.accepted("wamid.3"))
            try await world.write("Hola otra vez", wamid: "in.3")
            try await world.hear("failed", of: "wamid.3", at: failed, failures: [.undeliverable])
            #expect(try await world.marks() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a new number has no mark, and neither has a person who has another one`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.sendInVain("wamid.1")
            let contact = try await world.only()
            _ = try await world.store.editContact(
                contact, ContactEdit(adding: [.init(.phone, "5213398765432")]), by: "Ana", in: world.workspace)
            #expect(try await world.unreachable() == [])
            #expect(try await world.marks().map(\.number) == ["5215512345678"])

            let handle = try #require(try await world.handle("5213398765432"))
            _ = try await world.store.editContact(
                contact, ContactEdit(ending: [handle]), by: "Ana", in: world.workspace)
            #expect(try await world.unreachable() == [contact])
            let marked = try #require(try await world.handle("5215512345678"))
            _ = try await world.store.editContact(
                contact, ContactEdit(adding: [.init(.phone, "5213398765432")], ending: [marked]), by: "Ana",
                in: world.workspace)
            #expect(try await world.unreachable() == [])
            #expect(try await world.store.consentCoverage(in: world.workspace).unreachable == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a person takes the mark off, and puts it back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.sendInVain("wamid.1")
            let before = try await world.marks()
            let (contact, workspace) = (try await world.only(), world.workspace)
            let handle = try #require(try await world.handle("5215512345678"))

            let change = try await world.store.tryNumberAgain(handle, of: contact, by: "Ana", in: workspace)
            #expect(try await world.marks() == [])
            let entry = try #require(try await world.store.history(of: contact, in: workspace).items.first)
            #expect(entry.facts == [.handle(kind: "phone", address: "5215512345678", .tried)])
            #expect(entry.canBePutBack)
            #expect(try await world.store.tryNumberAgain(handle, of: contact, by: "Ana", in: workspace) == nil)

            _ = try await world.store.putBack(
                entry.position, of: entry.change.id, for: contact, by: "Eva", in: workspace)
            #expect(try await world.marks() == before)
            let again = try #require(try await world.store.history(of: contact, in: workspace).items.first)
            #expect(again.facts == [.handle(kind: "phone", address: "5215512345678", .marked)])

            _ = try await world.store.tryNumberAgain(handle, of: contact, by: "Ana", in: workspace)
            #expect(try await world.marks() == [])
            #expect(change != nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a number of somebody else's is not tried again through a contact`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.sendInVain("wamid.1")
            let handle = try #require(try await world.handle("5215512345678"))
            let other = try await world.add(PersonSample(name: "Eva"))
            await #expect(throws: PuenteError.self) {
                try await world.store.tryNumberAgain(handle, of: other, by: "Ana", in: world.workspace)
            }
            #expect(try await world.marks().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a merge takes the mark along, and its undo gives it back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.sendInVain("wamid.1")
            let contact = try await world.only()
            let other = try await world.add(PersonSample(name: "Lucía", emails: ["lucia@ejemplo.mx"]))
            let before = try await world.marks()

            let merged = try await world.store.merge(contact, into: other, by: "Ana", in: world.workspace)
            #expect(try await world.unreachable() == [other])
            _ = try await world.store.undoMerge(merged.change, by: "Ana", in: world.workspace)
            #expect(try await world.unreachable() == [contact])
            #expect(try await world.marks() == before)
        }
    }

    // MARK: Who is left alone

    @Test(arguments: TestDatabase.available)
    func `programs are refused, a colleague may try, and who tries again lifts the mark`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.sendInVain("wamid.1")

            let refusal = await #expect(throws: PuenteError.self) { try await world.send("aviso") }
            #expect(refusal?.detail == "number_unreachable")
            #expect(refusal?.message == SendRefusal.numberUnreachable.sentence)
            let conversation = try await world.onlyConversation()
            let verdicts = try #require(
                try await world.store.writingVerdicts(to: conversation.person.id, in: world.workspace))
            // Nobody has read the company's name: the answer gets the line, and may leave.
            #expect(verdicts.answer == .senderNotNamed && verdicts.senderLine != nil)
            let refused = verdicts.templates.filter { $0.refusal == .numberUnreachable }.map(\.template.name)
            #expect(refused == [])  // promotions are refused for want of consent before

            _ = try await world.answer("¿Sigue ahí?", in: conversation.id, by: world.hire("eva"))
            try await world.send(world.failed(.permanent, code: "131026", .discarded))
            #expect(try await world.marks().map(\.mark.count) == [2])
            let letter = try #require(
                try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items.first)
            _ = try await world.store.retryDeadLetters([letter.id], in: world.workspace, by: "Ana")
            #expect(try await world.marks() == [])
            try await world.send("aviso")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who tries a message again lifts the mark of the number it goes to, and of no other`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let failed = try await world.sendInVain("wamid.1")
            _ = try await world.store.editContact(
                world.only(), ContactEdit(adding: [.init(.phone, "5213398765432")]), by: "Ana", in: world.workspace)
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    UPDATE handle SET unreachable_since = 1, unreachable_at = 1, unreachable_count = 1,
                        unreachable_message = :message
                    WHERE value = '5213398765432'
                    """, ["message": failed])
            }
            #expect(try await world.marks().count == 2)

            let eva = try await world.hire("eva")
            _ = try await world.store.tryAgain(failed, in: world.workspace, by: .staff(eva, name: "eva"))
            // The newer number is the one written to.
            #expect(try await world.marks().map(\.number) == ["5215512345678"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what waited for its turn does not leave any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await world.begin()
            try await world.send(world.accepted("wamid.1"))
            let waiting = try await world.send("aviso")
            try await world.status("failed", of: "wamid.1", failures: [.undeliverable])

            let jobs = try await world.store.claimSends(try world.grip(.number(world.number)), limit: 100)
            #expect(jobs.map(\.message) == [waiting.message])
            guard case .refused(.numberUnreachable)? = jobs.first?.state else {
                Issue.record("it left, or for another reason not: \(jobs)")
                return
            }
            let status: String? = try await world.store.look(
                "SELECT status FROM message WHERE id = :id", ["id": waiting.message])
            #expect(status == "refused")

            // Put back from the list, it is refused again: somebody must want the number tried.
            let letters = try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items
            let refused = try #require(letters.first { $0.failure?.code == SendRefusal.numberUnreachable.rawValue })
            _ = try await world.store.retryDeadLetters([refused.id], in: world.workspace, by: "Ana")
            #expect(try await world.marks().count == 1)
            let again = try await world.store.claimSends(try world.grip(.number(world.number)), limit: 100)
            guard case .refused(.numberUnreachable)? = again.first?.state else {
                Issue.record("it left, or for another reason not: \(again)")
                return
            }
        }
    }

    @Test(arguments: TestDatabase.available, ["sent", "failed"])
    func `a number that only a list told of is marked, whichever news confirms it`(
        engine: TestDatabase, first: String
    ) async throws {
        try await engine.withWorld { world in
            try await world.begin()
            try await world.store.database.write { connection in
                _ = try connection.execute("UPDATE handle SET evidence = 'import' WHERE kind = 'phone'")
            }
            try await world.send(world.accepted("wamid.1"))
            world.clock.advance(by: .minutes(1))
            if first == "sent" { try await world.status("sent", of: "wamid.1") }
            world.clock.advance(by: .minutes(1))
            try await world.status("failed", of: "wamid.1", failures: [.undeliverable])
            #expect(try await world.marks().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a number that came after the message is not marked by its failure`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.begin()
            try await world.send(world.accepted("wamid.1"))
            world.clock.advance(by: .minutes(1))
            try await world.receive([
                .identityChange(
                    IdentityChange(
                        kind: .number, messageID: "c", at: world.clock.now, previous: ConsoleWorld.lucia,
                        current: Participant(waID: "5215512340000"), text: ""))
            ])
            try await world.status("failed", of: "wamid.1", failures: [.undeliverable])
            #expect(try await world.marks() == [])
        }
    }
}

/// A number and its mark.
struct MarkedNumber: Equatable {
    let number: String
    let mark: UnreachableNumber

    init(_ number: String, _ mark: UnreachableNumber) {
        self.number = number
        self.mark = mark
    }
}

extension GraphFailure {
    fileprivate static let undeliverable = GraphFailure(code: 131_026, title: "Message undeliverable", details: nil)
}

extension ConsoleWorld {
    /// Lucía writes, and gets an answer that waits to be sent.
    @discardableResult
    fileprivate func begin() async throws -> MessageID {
        if try await conversations().isEmpty { try await write("Hola", wamid: "in.1") }
        let conversation = try await onlyConversation()
        let name = "ana\(store.ids.next(StaffRow.self))"
        return try await answer("Buenas, aquí Ejemplo S.A.", in: conversation.id, by: hire(name)).message
    }

    /// A message to her that Meta takes, and cannot deliver.
    @discardableResult
    fileprivate func sendInVain(_ wamid: String, code: Int = 131_026) async throws -> MessageID {
        let message = try await begin()
        try await send(accepted(wamid))
        try await status("failed", of: wamid, failures: [GraphFailure(code: code, title: "Failed", details: nil)])
        return message
    }

    fileprivate func hear(
        _ name: String, of wamid: String, at: Timestamp, failures: [GraphFailure] = []
    ) async throws {
        try await receive([
            .status(
                ReceivedStatus(messageID: wamid, name: name, at: at, recipient: Self.lucia, failures: failures))
        ])
    }

    fileprivate func only() async throws -> ContactID { try await onlyConversation().person.id }

    fileprivate func handle(_ number: String) async throws -> HandleID? {
        try await store.look(
            "SELECT id FROM handle WHERE value = :value AND valid_to IS NULL", ["value": number])
    }

    fileprivate func marks() async throws -> [MarkedNumber] {
        try await store.database.read { connection in
            try connection.rows(
                "SELECT value, \(UnreachableNumber.list) FROM handle h WHERE \(UnreachableNumber.holds("h"))", [:]
            ).map { MarkedNumber(try $0.get("value"), try required(UnreachableNumber($0))) }
        }
    }

    /// Whom the list, a segment and a row of the list name.
    fileprivate func unreachable() async throws -> Set<ContactID> {
        let listed = try await store.contacts(ContactQuery(isUnreachable: true), in: workspace).page.items
        let others = try await store.contacts(ContactQuery(isUnreachable: false), in: workspace).page.items
        #expect(listed.allSatisfy(\.isUnreachable) && !others.contains(where: \.isUnreachable))
        let found = Set(listed.map(\.person.id))
        #expect(try await members(SegmentConditions(.all, [.condition(.unreachable(isSo: true))])) == found)
        #expect(
            try await members(SegmentConditions(.all, [.condition(.unreachable(isSo: false))]))
                == Set(others.map(\.person.id)))
        return found
    }
}
