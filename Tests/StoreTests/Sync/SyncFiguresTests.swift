import Domain
import Testing

@testable import Store

/// The comparison of everything, and what connections are judged by.
@Suite struct SyncFiguresTests {
    private static let note = MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins)

    @Test(arguments: TestDatabase.available)
    func `everything is compared part by part, once in its time and when a person asks`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.note)
            for index in 0..<3 {
                _ = try await world.linked(PersonSample(name: "P\(index)"), record: "r\(index)")
            }
            try await world.forgetDue()
            let grip = try world.grip(.connection(world.crm))
            func goOn() async throws -> Bool {
                try await world.store.continueComparison(every: .days(7), limit: 2, grip: grip)
            }

            #expect(try await goOn())
            #expect(try await world.due() == 2)
            let between = try await world.store.syncWalkProgress(of: world.crm, in: world.workspace)
            #expect(between == SyncWalkProgress(done: 2, all: 3))
            #expect(try await goOn() == false)
            #expect(try await world.due() == 3)
            #expect(try await world.store.syncWalkProgress(of: world.crm, in: world.workspace) == nil)

            try await world.forgetDue()
            world.clock.advance(by: .days(6))
            #expect(try await goOn() == false)
            #expect(try await world.due() == 0)
            try await world.store.compareAll(of: world.crm, in: world.workspace)
            #expect(try await goOn())
            #expect(try await world.due() == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of a system that cannot be read all is known that was agreed on, and blank is the rest`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let city = MappingRow(local: .wellKnown(.city), remote: "city", direction: .both, rule: .crmWins)
            let mail = MappingRow(local: .email, remote: "mail", direction: .both, rule: .crmWins)
            try await world.map(Self.note, city, mail)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Paga tarde", "city": "Lima", "mail": ""])

            let agreed = try await world.store.agreedFields(
                of: [contact], FieldMapping([Self.note, city, mail]), with: world.crm, in: world.workspace)

            #expect(agreed == [contact: ["f": "Paga tarde", "city": "Lima", "mail": ""]])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what the CRM has accepted counts as compared, and as synchronised`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.note)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.store.editContact(
                contact, ContactEdit(note: "Paga tarde"), by: "Ana", in: world.workspace)
            let outcome = try await world.compare(contact, ["f": ""])
            world.clock.advance(by: .minutes(9))
            try await world.accept(outcome)

            let now = world.clock.now
            let sync = try await world.store.sync(ofContact: contact, in: world.workspace)
            #expect(sync[world.crm]?.comparedAt == now)
            let record = try #require(await world.store.contact(contact, in: world.workspace)?.remoteRefs.first)
            #expect(record.syncedAt == now && record.seenAt < now && !record.isSwitchedOff)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `rows for fields that an account lacks, or describes otherwise, are switched off`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let mapping = FieldMapping([
                Self.note, MappingRow(local: .email, remote: "mail", direction: .both, rule: .crmWins),
                MappingRow(local: .language, remote: "lang", direction: .both, rule: .newest),
            ])
            let fields = [
                RemoteField(name: "f", label: "F", shape: .text),
                RemoteField(name: "mail", label: "Mail", shape: .number),
            ]

            let fitting = try await world.store.fitting(mapping, to: fields, in: world.workspace)
            #expect(fitting.rows.map(\.isOn) == [true, false, false])
            let any = try await world.store.fitting(mapping, to: nil, in: world.workspace)
            #expect(any.rows.allSatisfy { $0.isOn })
        }
    }

    @Test func `a share of errors above one in two hundred needs a look, none without work`() {
        #expect(SyncErrors(failed: 0, recorded: 0).share == nil)
        #expect(!SyncErrors(failed: 0, recorded: 0).isTooHigh)
        #expect(!SyncErrors(failed: 1, recorded: 199).isTooHigh)
        #expect(SyncErrors(failed: 1, recorded: 198).isTooHigh)
        // Statuses and contacts are work, too.
        #expect(!SyncErrors(failed: 1, recorded: 1, kept: 198).isTooHigh)
    }
}
