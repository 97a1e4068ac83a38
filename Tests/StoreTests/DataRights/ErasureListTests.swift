import Domain
import Testing

@testable import Store

@Suite struct ErasureListTests {
    private static let rows: [JudgedRow] = [
        .person(2, "5215512345678", name: "Lucía Fernández"),
        .person(3, "5213398765432", name: "Carlos"),
        JudgedRow(number: 4, judgement: .rejected, notes: [], cells: ["+52 1 (55) 1234-5678 / casa", "L."]),
        JudgedRow(number: 5, judgement: .duplicate, notes: [], cells: ["Lucía  Fernández", ""]),
        .rejected(6),
    ]

    @Test(arguments: TestDatabase.available)
    func `a list that waits says nothing of the person any more, and goes on without them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let list = try await world.check(Self.rows)
            try await world.exemplify(list.id)
            let lucia = try await world.makeLucia()

            let erasure = try await world.erase(lucia)

            try await world.expectNothing(of: ConsoleWorld.traces + ["1234-5678"])
            #expect(erasure.counts[.mentions] ?? 0 >= 4)
            #expect(try await world.verdicts(list) == [.rejected, .new, .rejected, .duplicate, .rejected])
            let rows = try await world.store.importRows(list.id, in: world.workspace).items
            #expect(rows.map(\.cells) == [[], [], [], [], ["x", "=1"]])
            #expect(rows[0].notes.map(\.code) == ["erased"] && rows[1].person?.name == "Carlos")
            let report = try #require(try await world.found(list.id).report)
            #expect(report.examples.map(\.person) == ["Carlos"] && report.rejections.map(\.count) == [2])
            #expect(report.rejections.first?.samples.map(\.written) == ["x"])

            try await world.write(list)

            let people = try await world.store.contacts(in: world.workspace).items.map(\.person.phone)
            #expect(people == ["5213398765432"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever was erased is not taken in again from a list, and the list keeps nothing of them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.erase(try await world.makeLucia())

            let list = try await world.check(Array(Self.rows.prefix(2)))

            #expect(try await world.verdicts(list) == [.rejected, .new])
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `pairs that may be one person go with either of them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let lucia = try await world.makeLucia()
            let carlos = try #require(
                try await world.store.contacts(search: "5213398765432", in: world.workspace).items.first
            ).person.id
            let (a, b) = (min(lucia, carlos), max(lucia, carlos))
            let arguments: SQLArguments = ["workspace_id": world.workspace, "a": a, "b": b]
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO duplicate
                        (id, workspace_id, contact_a, contact_b, score, reason, reasons, state, found_at)
                    VALUES (7, :workspace_id, :a, :b, 60, 'name', '["Lucía Fernández"]', 'open', 1)
                    """, arguments)
            }

            try await world.erase(lucia)

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM duplicate") == 0)
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }
}

extension ConsoleWorld {
    /// What the check of a list shows of it.
    fileprivate func exemplify(_ list: ImportID) async throws {
        var report = try required(try await found(list).report)
        report.examples = ["Lucía Fernández", "Carlos"].map {
            ImportReport.Example(row: 2, verdict: .new, person: $0, contact: nil, changes: [])
        }
        let samples = ["55 1234 5678", "x"].map {
            ImportReport.Tally.Sample(row: 4, written: $0, sentence: .same("No."))
        }
        report.rejections = [.init(code: "no", title: .same("No"), count: 2, samples: samples)]
        let text = try JSONText.encode(report)
        let workspace = workspace
        try await store.database.write { connection in
            try connection.execute(
                "UPDATE import SET report = :report WHERE workspace_id = :workspace_id AND id = :id",
                ["report": text, "workspace_id": workspace, "id": list])
        }
    }
}
