import Domain
import Testing

@testable import Store

/// What an import writes, and that all of it can be put back.
@Suite struct ImportWritingTests {
    /// Rows that touch everything that an import can touch.
    private static let rich: [JudgedRow] = [
        .person(2, "34600000001", name: "Ana", email: "ana@example.com") {
            $0.language = "es"
            $0.note = "Cliente desde 2019"
            $0.labels = ["VIP", "Feria"]
            $0.fields = [
                ImportedPerson.Field(key: "city", value: FieldValue(choice: "Puebla")),
                ImportedPerson.Field(key: "vip", value: FieldValue(isYes: true)),
            ]
        },
        .person(3, "34600000002", "34600000003", name: "Luis") { $0.optedOut = true },
        .person(4, email: "sola@example.com") { $0.labels = ["feria"] },
    ]

    private static let options = ImportOptions.having {
        $0.labels = ["Lista 1"]
        $0.consent = ImportOptions.everybodyAgreed.consent
        $0.newFields = [
            ImportField(key: "city", name: "Ciudad", kind: .text), ImportField(key: "vip", name: "VIP", kind: .yesNo),
        ]
    }

    @Test(arguments: TestDatabase.available)
    func `an import that is undone leaves the database equal to before`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            let known = try required(ConsoleWorld.lucia.waID)
            let before = try await world.image()

            let record = try await world.bring(
                Self.rich + [.person(5, known, name: "Lucía C.", email: "lucia@example.com") { $0.labels = ["VIP"] }],
                Self.options)

            #expect(record.state == .done)
            #expect(record.result?.new == 3)
            #expect(record.result?.fills == 1)
            #expect(record.result?.consents == 3)
            #expect(record.result?.withdrawals == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM label") == 3)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact_label") == 8)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact_field") == 2)
            let undone = try await world.store.undo(
                try required(record.changeID), in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await world.image().differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an import that took over what was known is undone to what was known, ended addresses too`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.bring(
                Self.rich + [.person(5, "34600000005", name: "Iván", email: "ivan@example.com")], Self.options)
            let before = try await world.image()
            var over = Self.options
            over.existing = .overwrite
            over.labels = ["Lista 2"]

            let record = try await world.bring(
                [
                    .person(2, "34600000001", name: "Ana María", email: "ana.maria@example.com") {
                        $0.language = "pt_BR"
                        $0.note = "Se mudó"
                        $0.optedOut = true
                        $0.fields = [ImportedPerson.Field(key: "city", value: FieldValue(choice: "Mérida"))]
                    },
                    // An address that the row before has ended is somebody else's by now.
                    .person(3, email: "ana@example.com"), .optingOut(4, "34600000005", email: "sola@example.com"),
                ], over)

            #expect(try await world.verdicts(record) == [.changes, .new, .rejected])
            #expect(record.result?.withdrawals == 3)
            let ended = "SELECT COUNT(*) AS n FROM handle WHERE value = 'ana@example.com' AND valid_to IS NOT NULL"
            #expect(try await world.store.look(ended) == 1)
            let undone = try await world.store.undo(try required(record.changeID), in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await world.image().differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the same list a second time changes nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring(Self.rich, Self.options)
            let before = try await world.image()

            let second = try await world.bring(Self.rich, Self.options)

            #expect(try await world.verdicts(second) == [.same, .same, .same])
            #expect(second.state == .done)
            #expect(second.changeID == nil)
            #expect(second.result?.written == 0)
            #expect(try await world.image().differences(from: before) == [])
            #expect(try await world.store.changes(in: world.workspace).items.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever opted out stays so, whatever the list says`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let out = JudgedRow.person(2, "34600000001") { $0.optedOut = true }
            try await world.bring([out])
            let before = try await world.store.look("SELECT standing FROM consent", as: String.self)

            let record = try await world.bring([.person(2, "34600000001", name: "Ana")], .everybodyAgreed)

            let row = try await world.store.importRows(record.id, in: world.workspace).items[0]
            #expect(row.notes.map(\.code) == ["opted_out"])
            #expect(before == "withdrawn")
            #expect(try await world.store.look("SELECT standing FROM consent", as: String.self) == "withdrawn")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM consent_entry") == 1)
            #expect(record.result?.consents == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `everybody agreed but those whose own row says no, and a no takes back what is here only by opting out`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let record = try await world.bring(
                [
                    .person(2, "34600000001", name: "Ana"),
                    .person(3, "34600000002", name: "Dan") { $0.agreed = false },
                    .person(4, "34600000003", name: "Eva") {
                        $0.agreed = false
                        $0.optedOut = true
                    },
                ], .everybodyAgreed)
            #expect(record.result?.consents == 1)
            #expect(record.result?.withdrawals == 1)
            let standing = """
                SELECT s.standing FROM contact c LEFT JOIN consent s ON s.contact_id = c.id WHERE c.name = :name
                """
            let expectations: [(name: String, standing: String?)] = [
                ("Ana", "granted"), ("Dan", nil), ("Eva", "withdrawn"),
            ]
            for (name, expected) in expectations {
                let found = try await world.store.look(standing, ["name": name], as: String?.self)
                #expect(found == .some(expected), "\(name)")
            }

            let again = try await world.check([.person(2, "34600000001") { $0.agreed = false }], .everybodyAgreed)

            let row = try await world.store.importRows(again.id, in: world.workspace).items[0]
            #expect(row.verdict == .same)
            #expect(row.notes.map(\.code) == ["still_agrees"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `consent out of a list is a claim with its words, by single opt-in`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34600000001")], .everybodyAgreed)

            let row = try await world.store.database.read { connection in
                try connection.row("SELECT purpose, change, is_double, source, words, evidence FROM consent_entry")
            }
            let entry = try required(row)
            #expect(try entry.get("purpose") == "marketing")
            #expect(try entry.get("change") == "granted")
            #expect(try entry.get("is_double", as: Int.self) == 0)
            #expect(try entry.get("source") == "import")
            #expect(try entry.get("words") == "Acepto ofertas.")
            #expect(try entry.get("evidence", as: String.self).contains("Feria de Puebla"))
            #expect(try await world.store.look("SELECT is_double FROM consent") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a restart in the middle goes on exactly there`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let before = try await world.image()
            let rows = (1...25).map { JudgedRow.person($0, "346000000\(10 + $0)", name: "Nr. \($0)") }
            let record = try await world.check(rows)
            try await world.store.confirmImport(
                record.id, in: world.workspace, by: "Ana", worker: ConsoleWorld.worker)

            let half = try await world.goOn(record.id, slice: 4, atMost: 3)
            #expect(half.state == .importing)
            #expect(half.position == 12)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 12)
            try await world.store.releaseImports(of: nil)
            let other = try required(try await world.store.claimImport(by: "another start"))
            #expect(other.id == record.id)
            // Who had it before writes no more.
            let stale = ImportClaim(other, by: ConsoleWorld.worker)
            let step = try await world.store.writeImportSlice(
                stale, rows: 10, pace: ImportPace(share: 0, rate: 0, left: nil))
            guard case .stopped = step else { throw Missing() }

            try await world.store.releaseImports(of: "another start")
            let done = try await world.goOn(record.id, slice: 4)

            #expect(done.state == .done)
            #expect(done.result?.new == 25)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 25)
            #expect(try await world.store.changes(in: world.workspace).items.count == 1)
            _ = try await world.store.undo(try required(done.changeID), in: world.workspace, by: "Ana")
            #expect(try await world.image().differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is cancelled keeps what it wrote, and that can be put back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let before = try await world.image()
            let record = try await world.check((1...9).map { .person($0, "3460000000\($0)") })
            try await world.store.confirmImport(
                record.id, in: world.workspace, by: "Ana", worker: ConsoleWorld.worker)
            _ = try await world.goOn(record.id, slice: 3, atMost: 1)

            try await world.store.cancelImport(record.id, in: world.workspace)

            let cancelled = try await world.found(record.id)
            #expect(cancelled.state == .cancelled)
            #expect(cancelled.isUndoable(at: world.clock.now))
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 3)
            _ = try await world.store.undo(try required(cancelled.changeID), in: world.workspace, by: "Ana")
            #expect(try await world.image().differences(from: before) == [])
            await #expect(throws: PuenteError.importMovedOn) {
                try await world.store.cancelImport(record.id, in: world.workspace)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what Meta says of a number goes before what the list says`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let phone = try required(ConsoleWorld.lucia.waID)
            let record = try await world.bring([.person(2, phone, name: "Lucía Campos")])

            try await world.receive([world.text("Hola", wamid: "1")])

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
            let evidence = "SELECT evidence FROM handle WHERE kind = 'phone' AND valid_to IS NULL"
            #expect(try await world.store.look(evidence, as: String.self) == "webhook")
            // She has written since: she stays, and what the list said of her goes.
            let undone = try await world.store.undo(
                try required(record.changeID), in: world.workspace, by: "Ana")
            #expect(undone.keptRows > 0)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
            #expect(try await world.store.keptContacts(of: undone.id, in: world.workspace) == 1)
            let stayed = try await world.store.rows(of: undone.id, kept: true, in: world.workspace).items
            #expect(stayed.count == undone.keptRows && stayed.allSatisfy { $0.outcome == .kept })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `somebody out of a list can be written to`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34600000002", "34600000001", name: "Ana")])

            let contact = try await world.store.database.read { connection in
                try connection.value("SELECT id FROM contact", as: ContactID.self)
            }
            let recipient = try await world.store.database.read { connection in
                try connection.recipient(
                    contact: try required(contact), portfolio: "7", in: world.workspace)
            }
            // The first of the row.
            #expect(recipient == .phone("34600000002"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whom a list brings is searched and sorted like everybody else`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring(Self.rich, Self.options)
            let before = try await world.image()

            try await world.store.database.write { [workspace = world.workspace] connection in
                for row in try connection.rows("SELECT id FROM contact", [:]) {
                    try connection.writeSearchText(of: try row.get("id"), in: workspace)
                }
            }

            #expect(try await world.image().differences(from: before) == [])
            let text = try await world.store.look("SELECT search_text FROM contact WHERE name = 'Ana'", as: String.self)
            #expect(text?.contains("  ana@example.com") == true)
        }
    }
}
