import Domain
import Testing

@testable import Store

/// How an import moves on, who works on it, and what goes when it is of no use any more.
@Suite struct ImportStateTests {
    private static let phones = (1...9).map { JudgedRow.person($0, "3460000000\($0)") }

    @Test(arguments: TestDatabase.available)
    func `nothing is confirmed that cannot be taken, and one list is written at a time`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let empty = try await world.check([.rejected(2)])
            let first = try await world.check(Self.phones)
            let second = try await world.check(Self.phones)

            await #expect(throws: PuenteError.nothingToImport) {
                try await world.store.confirmImport(empty.id, in: world.workspace, by: "Ana")
            }
            try await world.store.confirmImport(
                first.id, in: world.workspace, by: "Ana", worker: ConsoleWorld.worker)
            await #expect(throws: PuenteError.importAtWork) {
                try await world.store.confirmImport(second.id, in: world.workspace, by: "Ana")
            }
            await #expect(throws: PuenteError.importMovedOn) {
                try await world.store.confirmImport(first.id, in: world.workspace, by: "Ana")
            }
            await #expect(throws: PuenteError.noImport) {
                try await world.store.confirmImport(ImportID(rawValue: 1), in: world.workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who holds an import has it alone, until the claim ends`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let record = try await world.check(Self.phones)
            try await world.store.confirmImport(record.id, in: world.workspace, by: "Ana")

            let one = try await world.store.claimImport(by: "one")
            let two = try await world.store.claimImport(by: "two")
            #expect(one?.id == record.id)
            #expect(two == nil)

            try await world.store.database.write { connection in
                try connection.execute("UPDATE import SET claimed_until = 1")
            }
            #expect(try await world.store.claimImport(by: "two")?.id == record.id)
            try await world.store.releaseImports(of: "one")
            #expect(try await world.store.claimImport(by: "three") == nil)
            try await world.store.releaseImports(of: "two")
            #expect(try await world.store.claimImport(by: "three")?.id == record.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what a node held goes on elsewhere as soon as its lease has ended`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let record = try await world.check(Self.phones)
            try await world.store.confirmImport(record.id, in: world.workspace, by: "Ana")
            _ = try await world.store.join(
                name: "here", token: "first start", isAlone: false, times: .long)
            #expect(try await world.store.claimImport(by: "first start")?.id == record.id)
            #expect(try await world.store.claimImport(by: "elsewhere") == nil)

            _ = try await world.store.join(
                name: "here", token: "second start", isAlone: false, times: .long)

            #expect(try await world.store.claimImport(by: "second start")?.id == record.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a node that was away and is back keeps what it holds`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let record = try await world.check(Self.phones)
            try await world.store.confirmImport(record.id, in: world.workspace, by: "Ana")
            for isStart in [true, false] {
                _ = try await world.store.join(
                    name: "here", token: "here", isAlone: false, isStart: isStart, times: .long)
                if isStart { #expect(try await world.store.claimImport(by: "here")?.id == record.id) }
            }

            #expect(try await world.store.claimImport(by: "elsewhere") == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who reads for long holds on to the import`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let record = try await world.check(Self.phones)
            try await world.store.confirmImport(record.id, in: world.workspace, by: "Ana")
            let claim = ImportClaim(try required(try await world.store.claimImport(by: "one")), by: "one")
            try await world.store.database.write { connection in
                try connection.execute("UPDATE import SET claimed_until = 1")
            }

            #expect(try await world.store.renewImport(claim))

            #expect(try await world.store.claimImport(by: "two") == nil)
            try await world.store.cancelImport(record.id, in: world.workspace)
            #expect(try await world.store.renewImport(claim) == false)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a check that is asked for anew forgets the one before`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let record = try await world.check(Self.phones)
            try await world.store.checkImport(
                record.id, plan: "{}", options: ImportOptions(), in: world.workspace, by: ConsoleWorld.worker)
            let claim = try await world.claim(record.id)

            #expect(try await world.store.clearImportRows(claim) == true)

            #expect(try await world.store.importRows(record.id, in: world.workspace).items.isEmpty)
            #expect(try await world.found(record.id).report == nil)
            try await world.store.failImport(claim, saying: .same("The file is damaged."))
            let failed = try await world.found(record.id)
            #expect(failed.state == .failed)
            #expect(failed.failure == .same("The file is damaged."))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `lists that nobody went on with are given up, and rows go with the time for undoing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let left = try await world.check(Self.phones)
            let done = try await world.bring(Self.phones)
            #expect(try await world.store.forgetImportRows(olderThan: .days(30), in: world.workspace) == false)

            world.clock.advance(by: .days(8))
            try await world.store.abandonImports()
            #expect(try await world.found(left.id).state == .cancelled)
            #expect(try await world.found(done.id).state == .done)

            world.clock.advance(by: .days(31))
            while try await world.store.forgetImportRows(olderThan: .days(30), in: world.workspace) {}
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM import_row") == 0)
            let forgotten = try await world.found(done.id)
            #expect(forgotten.report == nil)
            #expect(forgotten.result?.new == 9)
            #expect(!forgotten.isUndoable(at: world.clock.now))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a file is spent when no import reads it any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let draft = ImportDraft(fileName: "a.csv", size: 1, sha256: "abc", plan: "{}", actor: "Ana")
            let first = try await world.store.makeImport(draft, in: world.workspace)
            let second = try await world.store.makeImport(draft, in: world.workspace)
            #expect(try await world.store.spentImportFiles() == [])

            try await world.store.cancelImport(first, in: world.workspace)
            #expect(try await world.store.spentImportFiles() == [])
            try await world.store.cancelImport(second, in: world.workspace)

            let spent = try await world.store.spentImportFiles()
            #expect(spent == [SpentImportFile(workspace: world.workspace, sha256: "abc")])
            try await world.store.forgetImportFile(spent[0])
            #expect(try await world.store.spentImportFiles() == [])
            #expect(try await world.found(first).isFileKept == false)
        }
    }
}

extension LeaseTimes {
    /// A lease that outlasts the test.
    fileprivate static let long = {
        var times = LeaseTimes()
        times.lease = .hours(1)
        return times
    }()
}
