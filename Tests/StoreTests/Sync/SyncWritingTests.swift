import Domain
import Testing

@testable import Store

/// What is written to a record, and read back of it: defaults, parts, templates, and what its fields cannot hold.
@Suite struct SyncWritingTests {
    private func row(
        _ local: LocalField, _ direction: SyncDirection = .both, _ rule: SyncRule = .crmWins,
        _ transforms: [FieldTransform] = [], fallback: String? = nil
    ) -> MappingRow {
        MappingRow(
            local: local, remote: "f", direction: direction, rule: rule, transforms: transforms, fallback: fallback)
    }

    @Test(arguments: TestDatabase.available)
    func `who says what stands for nothing says it, and is not told that it cannot be written`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.note, .both, .puenteWins, fallback: "lead"))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.store.editContact(contact, ContactEdit(note: "lead"), by: "Ana", in: world.workspace)

            let filled = try await world.compare(contact, ["f": ""])
            #expect(filled.fields == ["f": "lead"] && filled.refusals.isEmpty)
            try await world.accept(filled)
            let same = try await world.compare(contact, ["f": "lead"])
            #expect(same.gives.isEmpty && same.taken.isEmpty && same.conflicts.isEmpty)

            #expect(try await world.compare(contact, ["f": "customer"]).taken == [.note])
            #expect(try await world.snapshot(contact, .note)[.note] == "customer")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a part that is not there is filled by what stands for nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.name, .toCRM, .puenteWins, [.part(2, separator: " ")], fallback: "-"))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let outcome = try await world.compare(contact, ["f": ""])

            #expect(outcome.fields == ["f": "-"] && outcome.conflicts.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field that every company has, and nobody has a value of yet, is filled by what stands for nothing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.wellKnown(.leadSource), .both, .puenteWins, fallback: "ninguno"))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let outcome = try await world.compare(contact, ["f": ""])
            #expect(outcome.fields == ["f": "ninguno"] && outcome.conflicts.isEmpty)
            try await world.accept(outcome)
            let echo = try await world.compare(contact, ["f": "ninguno"])
            #expect(echo.gives.isEmpty && echo.taken.isEmpty && echo.conflicts.isEmpty)

            #expect(try await world.compare(contact, ["f": "feria"]).taken.count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a yes that goes back to what stands for nothing is a no`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let words = FieldTransform.choices(
                [.init(ours: "granted", theirs: "true"), .init(ours: "withdrawn", theirs: "false")], otherwise: nil)
            try await world.map(row(.marketingConsent, .both, .puenteWins, [words], fallback: "false"))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            #expect(try await world.compare(contact, ["f": "false"]).taken.isEmpty)
            #expect(try await world.compare(contact, ["f": "true"]).taken == [.marketingConsent])
            world.clock.advance(by: .seconds(2))
            #expect(try await world.compare(contact, ["f": "false"]).taken == [.marketingConsent])
            #expect(try await world.snapshot(contact, .marketingConsent)[.marketingConsent] == "withdrawn")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a template reads the fields that stand in for others, too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.note, .toCRM, .fillBlank, [.template("{{city|phone}}")]))
            let contact = try await world.linked(PersonSample(name: "Ana", phones: ["34600000001"]))

            #expect(try await world.compare(contact, ["f": ""]).fields == ["f": "+34600000001"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a template says at once what was taken for a field that every company has`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .wellKnown(.company), remote: "company", direction: .fromCRM, rule: .crmWins),
                MappingRow(
                    local: .note, remote: "f", direction: .toCRM, rule: .puenteWins,
                    transforms: [.template("De {{company}}")]))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let first = try await world.compare(contact, ["company": "Acme", "f": ""])
            #expect(first.fields == ["f": "De Acme"])
            try await world.accept(first)
            let second = try await world.compare(contact, ["company": "Bodega", "f": "De Acme"])
            #expect(second.fields == ["f": "De Bodega"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `since when and by whose word somebody agrees is told once it is known`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .marketingConsent, remote: "f", direction: .both, rule: .newest),
                MappingRow(local: .marketingConsentSource, remote: "source", direction: .toCRM, rule: .puenteWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            try await world.forgetDue()

            #expect(try await world.compare(contact, ["f": "granted", "source": ""]).taken == [.marketingConsent])

            #expect(try await world.due() == 1)
            let next = try await world.compare(contact, ["f": "granted", "source": ""])
            #expect(next.fields == ["source": "crm"])
            #expect(try await world.due() == 0)
        }
    }

    /// The CRM cuts what it is given, and writes languages with a country.
    @Test(arguments: TestDatabase.available)
    func `what the CRM cannot hold stays here, and is not written again and again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.note, .both, .newest))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.store.editContact(
                contact, ContactEdit(note: "Paga tarde"), by: "Ana", in: world.workspace)
            let context = ConsoleWorld.sync.knowing(nil) { text, _ in String(text.prefix(4)) }
            func compare(_ theirs: String) async throws -> SyncOutcome {
                let record = SyncRecord(contact: contact, remoteID: "r1", fields: ["f": theirs])
                return try required(
                    await world.store.merge([record], world.turn(), context: context, gives: .now).first)
            }

            let given = try await compare("")
            #expect(given.fields == ["f": "Paga"])
            try await world.accept(given)
            let echo = try await compare("Paga")
            #expect(echo.fields.isEmpty && echo.taken.isEmpty)
            #expect(try await world.snapshot(contact, .note)[.note] == "Paga tarde")

            #expect(try await compare("Pag").taken == [.note])
        }
    }
}
