import Domain
import Testing

@testable import Store

@Suite struct ConsentLedgerTests {
    private static func draft(
        _ contact: ContactID, _ change: ConsentEntry.Change = .granted, _ source: ConsentSource = .import,
        isDouble: Bool = false, at: Timestamp
    ) -> ConsentEntryDraft {
        ConsentEntryDraft(
            contact: contact, purpose: .marketing, change: change, isDouble: isDouble, source: source, words: "Sí",
            at: at, actor: "Ana", evidence: ConsentEvidence(file: "clientes.csv", line: 2))
    }

    /// Runs one change and closes it.
    private func change(
        _ world: ConsoleWorld, _ kind: ChangeDraft.Kind,
        _ body: @escaping @Sendable (inout ChangeJournal) throws -> Void
    ) async throws -> ChangeID {
        let id = world.store.ids.next(ChangeRow.self)
        let (workspace, now) = (world.workspace, world.clock.now)
        try await world.store.database.write { connection in
            var journal = try ChangeJournal.begin(
                ChangeDraft(kind, title: .same("Test"), actor: "Ana"), on: connection, id: id, in: workspace, at: now)
            try body(&journal)
            try journal.save()
        }
        return id
    }

    @Test(arguments: TestDatabase.available)
    func `an import brings consent, and takes it along when it is undone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("STOP", wamid: "2", from: ConsoleWorld.carlos)
            let (lucia, carlos) = (try await world.contact(), try await world.contact("5213398765432"))
            try await world.leave()
            world.clock.advance(by: .minutes(1))
            let before = try await DatabaseImage.of(world.store)
            let (ids, now) = (world.store.ids, world.clock.now)

            let id = try await change(world, .import) { journal in
                try journal.recordConsent(
                    [Self.draft(lucia, at: now - .days(3)), Self.draft(carlos, at: now)], ids: ids, at: now)
            }

            #expect(try await world.marketing()?.word == .granted)
            #expect(try await world.consent().entries.first?.evidence.change == id)
            // A list makes no yes out of a no.
            #expect(try await world.marketing("5213398765432")?.word == .withdrawn)
            _ = try await world.store.undo(id, in: world.workspace, by: "Ana")
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was said after an import stays when the import is undone, and nothing of the import does`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let lucia = try await world.contact()
            let (ids, now) = (world.store.ids, world.clock.now)
            let id = try await change(world, .import) { journal in
                try journal.recordConsent(Self.draft(lucia, at: now - .days(3)), ids: ids, at: now)
            }
            world.clock.advance(by: .minutes(1))
            try await world.grant(isDouble: true)
            let said = world.clock.now

            _ = try await world.store.undo(id, in: world.workspace, by: "Ana")

            let standing = try await world.marketing()
            #expect(standing?.isDouble == true && standing?.since == said)
            #expect(try await world.consent().entries.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two contacts that are one person the strictest wins, and the merge can be undone`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("STOP", wamid: "2", from: ConsoleWorld.carlos)
            try await world.leave()
            world.clock.advance(by: .minutes(5))
            // The yes is newer than the no, and another contact's.
            try await world.grant(isDouble: true)
            let (lucia, carlos) = (try await world.contact(), try await world.contact("5213398765432"))
            let before = try await DatabaseImage.of(world.store)
            let (ids, now) = (world.store.ids, world.clock.now)

            let id = try await change(world, .bulk) { journal in
                let entries = try journal.connection.consentHistory(of: carlos, in: journal.workspace).entries
                for entry in entries {
                    try journal.update(
                        .consentEntry, key: ["id": entry.id], set: ["contact_id": lucia], of: lucia)
                }
                try journal.recomputeConsent(
                    of: lucia, merging: [carlos], by: MergeDraft(actor: "Ana"), ids: ids, at: now)
            }

            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.consent().entries.first?.source == .merge)
            #expect(try await world.marketing("5213398765432") == nil)
            _ = try await world.store.undo(id, in: world.workspace, by: "Ana")
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a STOP after a merge outlives the merge's undo`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("STOP", wamid: "2", from: ConsoleWorld.carlos)
            try await world.grant()
            let (lucia, carlos) = (try await world.contact(), try await world.contact("5213398765432"))
            let (ids, now) = (world.store.ids, world.clock.now)
            let id = try await change(world, .bulk) { journal in
                for entry in try journal.connection.consentHistory(of: carlos, in: journal.workspace).entries {
                    try journal.update(
                        .consentEntry, key: ["id": entry.id], set: ["contact_id": lucia], of: lucia)
                }
                try journal.recomputeConsent(
                    of: lucia, merging: [carlos], by: MergeDraft(actor: "Ana"), ids: ids, at: now)
            }
            world.clock.advance(by: .minutes(1))
            try await world.write("BAJA", wamid: "3")

            _ = try await world.store.undo(id, in: world.workspace, by: "Ana")

            #expect(try await world.marketing()?.word == .withdrawn)
            #expect(try await world.marketing("5213398765432")?.word == .withdrawn)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the share of customers without a confirmed yes is counted, and they are listed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for number in 1...4 {
                try await world.write("Hola", wamid: "\(number)", from: Participant(waID: "521550000000\(number)"))
            }
            try await world.grant("5215500000001", isDouble: true)
            try await world.grant("5215500000002")
            world.clock.advance(by: .minutes(1))
            try await world.write("STOP", wamid: "5", from: Participant(waID: "5215500000003"))

            let coverage = try await world.store.consentCoverage(in: world.workspace)
            #expect(coverage == ConsentCoverage(customers: 4, double: 1, single: 1, withdrawn: 1))
            #expect(coverage.withoutDouble == 3 && coverage.unasked == 1)
            let page = try await world.store.unconfirmedContacts(limit: 2, in: world.workspace)
            let rest = try await world.store.unconfirmedContacts(before: page.next, limit: 2, in: world.workspace)
            let listed = (page.items + rest.items).map { $0.person.phone }
            #expect(Set(listed) == ["5215500000002", "5215500000003", "5215500000004"])
            #expect(rest.next == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two people who change different settings at once both do`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            async let words: Void = store.changeConsentSettings(in: workspace, by: "Ana") {
                $0.withdrawalWords = ["Fuera"]
            }
            async let hours: Void = store.changeConsentSettings(in: workspace, by: "Beto") { $0.questionHours = 48 }
            _ = try await (words, hours)
            let settings = try await store.consentSettings(in: workspace)
            #expect(settings.withdrawalWords == ["Fuera"] && settings.questionHours == 48)
            #expect(settings.reminderHours == 20)
            let error = await #expect(throws: PuenteError.self) {
                try await store.changeConsentSettings(in: workspace, by: "Ana") { $0.questionHours = 0 }
            }
            #expect(error?.detail == "question_hours")
        }
    }

    @Test(
        arguments: TestDatabase.available,
        [
            "UPDATE consent_entry SET words = 'Otra cosa'", "UPDATE consent_entry SET at = at - 1",
            "UPDATE consent_entry SET change = 'granted'", "UPDATE consent_entry SET evidence = '{}'",
            "DELETE FROM consent_entry", "DELETE FROM consent_entry WHERE contact_id > 0",
        ])
    func `the database changes no entry and lets none go`(engine: TestDatabase, sql: String) async throws {
        try await engine.withWorld { world in
            try await world.write("STOP", wamid: "1")
            let before = try await DatabaseImage.of(world.store)
            await #expect(throws: SQLError.self) {
                try await world.store.database.write { _ = try $0.execute(sql) }
            }
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nothing but the answer to a question confirms, in the database too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            for source in ConsentSource.allCases where source != .optIn && source != .merge {
                await #expect(throws: (any Error).self, "\(source)") {
                    try await world.store.recordConsent(
                        ConsentEntryDraft(
                            contact: world.contact(), purpose: .marketing, change: .granted, isDouble: true,
                            source: source, words: "Sí", at: world.clock.now, actor: "Ana"), in: world.workspace)
                }
            }
            #expect(try await world.consent().entries.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `many customers are counted beside the work, and few while somebody waits`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for number in 1...4 {
                try await world.write("Hola", wamid: "\(number)", from: Participant(waID: "521550000000\(number)"))
            }
            func coverage(_ most: Int) async throws -> ConsentCoverage {
                try await world.store.consentCoverage(in: world.workspace, countingAtMost: most)
            }
            try await world.store.keepCoverage(countingAtMost: 4)
            try await world.grant("5215500000001", isDouble: true)
            #expect(try await coverage(3) == ConsentCoverage(customers: 4, double: 1, single: 0, withdrawn: 0))
            try await world.store.keepCoverage(countingAtMost: 3)
            let counted = world.clock.now
            world.clock.advance(by: .minutes(1))
            try await world.grant("5215500000002", isDouble: true)
            #expect(
                try await coverage(3)
                    == ConsentCoverage(customers: 4, double: 1, single: 0, withdrawn: 0, countedAt: counted))
            #expect(try await coverage(4) == ConsentCoverage(customers: 4, double: 2, single: 0, withdrawn: 0))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a list that few are in goes on to its end, a part of the customers at a time`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for number in 1...9 {
                let phone = "521550000000\(number)"
                try await world.write("Hola", wamid: "\(number)", from: Participant(waID: phone))
                if number % 4 != 0 { try await world.grant(phone, isDouble: true) }
                world.clock.advance(by: .seconds(1))
            }
            var listed: [String?] = []
            var pages = 0
            var before: ListPosition?
            repeat {
                let page = try await world.store.unconfirmedContacts(
                    before: before, lookingThrough: 2, in: world.workspace)
                listed += page.items.map(\.person.phone)
                before = page.next
                pages += 1
            } while before != nil && pages < 20
            #expect(listed == ["5215500000008", "5215500000004"])
            #expect(pages < 6)
        }
    }
}
