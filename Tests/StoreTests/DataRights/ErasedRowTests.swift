import Domain
import Testing

@testable import Store

/// Rows of lists that name somebody who had their data erased: what they say of others counts, and nothing else is kept.
@Suite struct ErasedRowTests {
    private static let lucia = "5215512345678"
    private static let carlos = "5213398765432"
    /// Lucía's, with a number of Carlos's beside hers.
    private static let row = JudgedRow.person(2, lucia, carlos, name: "Lucía Fernández") { $0.optedOut = true }

    /// Carlos is here and has agreed.
    private func meetCarlos(_ world: ConsoleWorld) async throws {
        try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
        try await world.grant(Self.carlos)
    }

    private func expectOptOut(_ list: ImportRecord, _ world: ConsoleWorld) async throws {
        let done = try await world.write(list)

        #expect(done.state == .done && done.result?.withdrawals == 1)
        #expect(try await world.marketing(Self.carlos)?.word == .withdrawn)
        #expect(try await world.store.contacts(in: world.workspace).items.count == 1)
    }

    @Test(arguments: TestDatabase.available)
    func `that such a row opts out counts for whoever else it names`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await meetCarlos(world)
            try await world.erase(try await world.makeLucia())

            let list = try await world.check([Self.row])

            let rows = try await world.store.importRows(list.id, in: world.workspace).items
            #expect(rows.map(\.verdict) == [.rejected])
            #expect(rows.first?.notes.map(\.code) == ["erased", "opt_out_counts"])
            #expect(list.report?.withdrawals == 1)
            try await world.expectNothing(of: ConsoleWorld.traces)
            try await expectOptOut(list, world)
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `so it does when they are erased between the check and the writing`(engine: TestDatabase) async throws {
        for isKnown in [false, true] {
            for isEnded in [false, true] {
                try await engine.withWorld { world in
                    try await meetCarlos(world)
                    let known = isKnown ? try await world.makeLucia() : nil
                    let list = try await world.check([Self.row])
                    var lucia = known
                    if lucia == nil { lucia = try await world.makeLucia() }

                    _ = try await world.store.erase(
                        try #require(lucia), wish: .tell, by: "Ana", in: world.workspace)
                    if isEnded {
                        try await world.endErasures()
                        try await world.record(world.recorded)
                        try await world.expectNothing(of: ConsoleWorld.traces)
                    }

                    try await expectOptOut(list, world)
                }
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nothing is kept of their duplicates and rejected rows, nor of what their marks say`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.erase(try await world.makeLucia())
            let note = ImportNote(code: "plus_missing", sentence: .same("Perhaps +\(Self.lucia)."))
            let named = ImportedPerson(phones: [Self.lucia])

            let list = try await world.check([
                JudgedRow(
                    number: 2, judgement: .accepted(ImportedPerson(phones: [Self.lucia], name: "Lucía Fernández")),
                    notes: [note], cells: ["Lucía Fernández", Self.lucia]),
                JudgedRow(
                    number: 3, judgement: .duplicate, notes: [note], cells: ["Lucía Fernández", Self.lucia],
                    named: named),
                JudgedRow(
                    number: 4, judgement: .rejected, notes: [note], cells: ["\(Self.lucia) / 12"], named: named),
                .rejected(5),
            ])

            try await world.expectNothing(of: ConsoleWorld.traces)
            let rows = try await world.store.importRows(list.id, in: world.workspace).items
            #expect(rows.map(\.verdict) == [.rejected, .duplicate, .rejected, .rejected])
            #expect(rows.map { $0.notes.map(\.code) } == [["erased"], ["erased"], ["erased"], ["no_handle"]])
            #expect(rows.last?.cells == ["x", "=1"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an accepted row keeps no number of theirs that stands beside`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.erase(try await world.makeLucia())

            let list = try await world.check([
                .person(2, Self.carlos, name: "Carlos") {
                    $0.optedOut = true
                    $0.besides = ImportedPerson.Reach(phones: [Self.lucia], emails: ["lucia@correo.mx"])
                }
            ])

            #expect(try await world.verdicts(list) == [.new])
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }

    /// What a person stopped inside WhatsApp they may resume there. What a list says of them stays.
    @Test(arguments: TestDatabase.available)
    func `a list's own no outlasts a resume of Meta's`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await meetCarlos(world)
            world.clock.advance(by: .minutes(1))
            try await world.prefer("stop", phone: Self.carlos)
            world.clock.advance(by: .minutes(1))
            let rows = [JudgedRow.person(2, Self.carlos) { $0.optedOut = true }, .optingOut(3, Self.carlos)]

            let list = try await world.check(rows, slice: 1)
            #expect(list.report?.withdrawals == 1)
            #expect(try await world.write(list).result?.withdrawals == 1)
            #expect(try await world.bring(rows).result?.withdrawals == 0)

            world.clock.advance(by: .minutes(1))
            try await world.prefer("resume", phone: Self.carlos)
            #expect(try await world.marketing(Self.carlos)?.word == .withdrawn)
        }
    }
}
