import Domain
import Testing

@testable import Store

/// A contact that a CRM refuses for one of its fields is corrected in the dead letter itself.
@Suite struct DeadLetterValueTests {
    /// - Parameter value: what was to stand there.
    private func refusal(_ remote: String, _ rule: RefusedField.Rule = .kind, value: String? = "x") -> CallFailure {
        var failure = CallFailure(
            kind: .permanent, code: "INVALID", scope: .message, vendorText: "no",
            advice: LocalizedText(en: "Correct it.", es: "Corríjalo."))
        failure.field = RefusedField(name: remote, label: "Label", rule: rule, value: value)
        return failure
    }

    private func map(_ world: ConsoleWorld, _ rows: [(LocalField, String)]) async throws {
        try await world.store.saveMapping(
            FieldMapping(
                rows.map { MappingRow(local: $0.0, remote: $0.1, direction: .both, rule: .newest) }),
            of: world.crm, expecting: nil, by: "Ana", in: world.workspace)
    }

    private func refused(_ failure: CallFailure, _ world: ConsoleWorld) async throws -> DeadLetter {
        try await world.write("Hola", wamid: "1")
        try await world.recordAll()
        let (store, crm, workspace) = (world.store, world.crm, world.workspace)
        let contact = try #require(await store.look("SELECT id FROM contact", as: ContactID.self))
        let grip = try world.grip(.connection(crm))
        try await store.link([(contact, "r1")], grip: grip)
        try await store.setPages(
            account: "https://crm.example/a", contact: "https://crm.example/c/", of: crm, in: workspace)
        try await store.database.write { connection in
            try connection.enqueue(.upsert(of: contact, to: crm, in: workspace), id: store.ids.next(), at: store.now())
        }
        let turn = try await store.takeTurn(
            settling: [], claiming: 10, marksSending: true, grip: grip, policy: RetryPolicy())
        _ = try await store.takeTurn(
            settling: [],
            contacts: turn.contacts.map { ContactOutcome(job: $0, outcome: .discarded, failure: failure) },
            claiming: 0, marksSending: true, grip: grip, policy: RetryPolicy())
        let letters = try await store.deadLetters(DeadLetterQuery(), in: workspace).items
        return try required(letters.first)
    }

    private func mend(
        _ letter: DeadLetter, _ mend: DeadLetterMend, _ world: ConsoleWorld
    ) async throws
        -> DeadLetterReport
    {
        try await world.store.mendDeadLetter(letter.id, with: mend, in: world.workspace, by: "ana")
    }

    private func contact(_ letter: DeadLetter, _ world: ConsoleWorld) async throws -> ContactDetail {
        try required(await world.store.contact(required(letter.person?.id), in: world.workspace))
    }

    @Test(arguments: TestDatabase.available)
    func `it names the field on both sides, the value, the record and the row`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await map(world, [(.email, "email"), (.lastName, "lastname")])
            let letter = try await refused(refusal("lastname", value: "Fernández"), world)
            let value = try #require(letter.value)

            #expect(value.refused.name == "lastname" && value.refused.label == "Label")
            #expect(value.refused.value == "Fernández")
            #expect(value.local == .lastName && value.row == 2)
            #expect(value.title?.en == "Last name")
            #expect(value.present == "Fernández")
            #expect(letter.canBeMended)
            #expect(letter.recordPage == "https://crm.example/c/r1")
            #expect(letter.connection == world.crm)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a part of the name is corrected as an edit that can be put back, and it is tried again`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await map(world, [(.lastName, "lastname")])
            let letter = try await refused(refusal("lastname"), world)

            let report = try await mend(letter, .value("  Fernández Ruiz ", habits: .machine), world)

            #expect(report.settled == [letter.id])
            #expect(report.lanes.contains(.connection(world.crm)))
            #expect(try await contact(letter, world).person.name == "Lucía Fernández Ruiz")
            #expect(try await world.store.deadLetter(letter.id, in: world.workspace)?.id == nil)
            let actor = try await world.store.look("SELECT actor FROM change ORDER BY id DESC LIMIT 1", as: String.self)
            #expect(actor == "ana")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field of the company's own takes what it can hold`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let field = try await world.store.createField(
                FieldDraft(name: "Score", kind: .number), in: world.workspace, by: "Ana")
            try await map(world, [(.custom(field), "score")])
            let letter = try await refused(refusal("score", .required, value: nil), world)
            #expect(letter.value?.kind == .number && letter.value?.present == "")

            let wrong = await #expect(throws: PuenteError.self) {
                try await mend(letter, .value("many", habits: .machine), world)
            }
            let blank = await #expect(throws: PuenteError.self) {
                try await mend(letter, .value(" ", habits: .machine), world)
            }
            _ = try await mend(letter, .value("12", habits: .machine), world)

            #expect(wrong?.code == .invalid && wrong?.detail == "field_value")
            #expect(blank?.code == .invalid && blank?.detail == "value")
            let kept = try await world.store.look("SELECT value FROM contact_field", as: String.self)
            #expect(kept == "12")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an address takes the place of the one that is refused`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await map(world, [(.email, "email"), (.phone, "mobile")])
            let letter = try await refused(refusal("email"), world)
            let person = try await contact(letter, world)
            _ = try await world.store.editContact(
                person.person.id, ContactEdit(adding: [.init(.email, "lucia@bad.example")]), by: "Ana",
                in: world.workspace)
            #expect(
                try await world.store.deadLetter(letter.id, in: world.workspace)?.value?.present == "lucia@bad.example")

            let text = await #expect(throws: PuenteError.self) {
                try await mend(letter, .address(.init(.phone, "5215599999999")), world)
            }
            _ = try await mend(letter, .address(.init(.email, "lucia@good.example")), world)

            #expect(text?.detail == "cannot_be_mended")
            let holding = try await contact(letter, world).handles.filter { $0.kind == "email" && $0.validTo == nil }
            #expect(holding.map(\.address) == ["lucia@good.example"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what no value of the contact can mend is not offered`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await map(world, [(.phone, "mobile"), (.labels, "tags")])
            // It is the number by which WhatsApp knows her.
            let letter = try await refused(refusal("mobile"), world)
            #expect(letter.value?.local == .phone && !letter.canBeMended)

            let error = await #expect(throws: PuenteError.self) {
                try await mend(letter, .address(.init(.phone, "5215599999999")), world)
            }
            #expect(error?.detail == "cannot_be_mended")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field that no row writes is named, and no more`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await map(world, [(.email, "email")])
            let letter = try await refused(refusal("company", .required, value: nil), world)
            #expect(letter.value?.refused.name == "company")
            #expect(letter.value?.row == nil && letter.value?.local == nil)
            #expect(!letter.canBeMended)
        }
    }
}
