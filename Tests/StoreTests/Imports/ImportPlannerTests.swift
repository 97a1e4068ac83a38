import Domain
import Testing

@testable import Store

/// Who a row is, and what it changes.
@Suite struct ImportPlannerTests {
    @Test(arguments: TestDatabase.available)
    func `a row is whoever holds its first number, and else somebody new`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let known = try required(ConsoleWorld.lucia.waID)

            let record = try await world.check([
                .person(2, known, email: "lucia@example.com"), .person(3, "34600000001"),
                .person(4, "34600000002", known), .rejected(5),
            ])

            #expect(try await world.verdicts(record) == [.fills, .new, .new, .rejected])
            let rows = try await world.store.importRows(record.id, in: world.workspace).items
            #expect(rows[0].contact != nil)
            #expect(rows[2].contact == nil)
            #expect(rows[2].notes.map(\.code) == ["phone_of_another"])
            #expect(rows[3].cells == ["x", "=1"])
        }
    }

    /// A household, a switchboard.
    @Test(arguments: TestDatabase.available)
    func `who shares a further number stays two people, each with their own consent, labels and note`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let agreed = ImportOptions.having {
                $0.consent = .init(of: .column, words: "Acepto ofertas.", source: "Web")
            }

            let record = try await world.bring(
                [
                    .person(2, "34688000001", "34916660000", name: "Zoe"),
                    .person(3, "34688000002", "34916660000", name: "Yan") {
                        $0.agreed = true
                        $0.labels = ["VIP"]
                        $0.note = "Debe 300 euros"
                    },
                ], agreed)

            #expect(try await world.verdicts(record) == [.new, .new])
            let rows = try await world.store.importRows(record.id, in: world.workspace).items
            #expect(rows[1].notes.map(\.code) == ["phone_of_another"])
            let marked = "SELECT c.name FROM contact c JOIN"
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 2)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM consent") == 1)
            for table in ["consent", "contact_label"] {
                let name = "\(marked) \(table) x ON x.contact_id = c.id"
                #expect(try await world.store.look(name, as: String.self) == "Yan")
            }
            #expect(try await world.store.look("SELECT name FROM contact WHERE note <> ''", as: String.self) == "Yan")
            let holder = "\(marked) handle h ON h.contact_id = c.id WHERE h.value = '34916660000'"
            #expect(try await world.store.look(holder, as: String.self) == "Zoe")
            let again = try await world.check(
                [.person(2, "34688000002", "34916660000", name: "Yan") { $0.agreed = true }], agreed)
            #expect(try await world.verdicts(again) == [.same])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an address finds who has no number, and joins nobody to somebody's number`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            try await world.bring([
                .person(2, email: "sola@example.com"), .person(3, "34600000001", email: "casa@example.com"),
            ])

            let record = try await world.check([
                .person(2, "34600000009", email: "Sola@example.com"),
                .person(3, "34600000008", email: "casa@example.com"), .person(4, email: "casa@example.com"),
            ])

            let rows = try await world.store.importRows(record.id, in: world.workspace).items
            #expect(rows.map(\.verdict) == [.fills, .new, .same])
            #expect(rows[0].changes.map(\.item) == [.phone])
            #expect(rows[1].notes.map(\.code) == ["email_of_another"])
            try await world.write(record)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is known is filled in, overwritten or left, as was asked for`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34600000001", name: "Ana")])
            let other = JudgedRow.person(2, "34600000001", name: "Ana María", email: "ana@example.com") {
                $0.note = "VIP"
            }

            let filled = try await world.check([other])
            let over = try await world.check([other], .having { $0.existing = .overwrite })
            let kept = try await world.check([other], .having { $0.existing = .skip })

            let changes = try await world.store.importRows(filled.id, in: world.workspace).items[0].changes
            #expect(changes.map(\.item) == [.email, .note])
            let all = try await world.store.importRows(over.id, in: world.workspace).items[0].changes
            #expect(all.first == ImportChange(.name, before: "Ana", after: "Ana María"))
            #expect(try await world.verdicts(filled) == [.fills])
            #expect(try await world.verdicts(over) == [.changes])
            #expect(try await world.verdicts(kept) == [.kept])
            try await world.write(kept)
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "Ana")
            try await world.write(over)
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "Ana María")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an address that takes another's place ends it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34600000001", email: "old@example.com")])
            let before = try await world.image()

            let record = try await world.bring(
                [.person(2, "34600000001", email: "new@example.com")], .having { $0.existing = .overwrite })

            let valid = "SELECT address FROM handle WHERE kind = 'email' AND valid_to IS NULL"
            #expect(try await world.store.look(valid, as: String.self) == "new@example.com")
            _ = try await world.store.undo(try required(record.changeID), in: world.workspace, by: "Ana")
            #expect(try await world.image().differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whose last message could not be delivered is known as dead until they are heard of`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let conversation = try required(try await world.conversations().first)
            let ana = try await world.hire("ana")
            _ = try await world.answer("Buenas", in: conversation.id, by: ana)
            try await world.send(world.failed(.permanent, code: "131026", .discarded))
            let row = JudgedRow.person(2, try required(ConsoleWorld.lucia.waID))

            let dead = try await world.plan([row])
            #expect(dead.map(\.isDead) == [true])
            #expect(dead[0].notes.map(\.code) == ["dead_number"])

            world.clock.advance(by: .minutes(5))
            try await world.receive([world.text("Aquí sigo", wamid: "2")])
            let alive = try await world.plan([row])
            #expect(alive.map(\.isDead) == [false])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a row of a contact that is here already counts for nothing but that they opted out`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34600000001", "34600000002", name: "Ana")])
            let record = try await world.check(
                [
                    .person(2, "34600000001"),
                    .person(3, "34600000002", name: "Otra") { $0.optedOut = true },
                ], .everybodyAgreed)

            #expect(try await world.verdicts(record) == [.fills, .duplicate])
            let shown = try await world.store.importRows(record.id, in: world.workspace).items[1]
            #expect(shown.notes.map(\.code) == ["duplicate_contact", "opt_out_counts"])
            let done = try await world.write(record)
            #expect(done.result?.withdrawals == 1)
            #expect(done.result?.changes == 0)
            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "Ana")
            #expect(try await world.store.look("SELECT standing FROM consent", as: String.self) == "withdrawn")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a user id is whom WhatsApp told of, before any number that a list has`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let userID = "MX.13491208655302741918"
            try await world.receive([world.text("Hola", wamid: "1", from: Participant(userID: userID))])
            try await world.bring([.person(2, "34600000001", name: "Ana")])

            let record = try await world.check([
                .person(2, "34600000001") { $0.userID = userID }, .person(3) { $0.userID = "MX.unknown" },
            ])

            let rows = try await world.store.importRows(record.id, in: world.workspace).items
            let known = "SELECT contact_id FROM handle WHERE kind = 'bsuid'"
            #expect(rows[0].contact == (try await world.store.look(known, as: ContactID.self)))
            #expect(rows[0].notes.map(\.code).contains("phone_of_another"))
            #expect(rows[1].verdict == .rejected)
            #expect(rows[1].notes.map(\.code) == ["user_id_unknown"])
        }
    }
}
