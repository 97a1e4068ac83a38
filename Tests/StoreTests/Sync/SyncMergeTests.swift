import Domain
import Testing

@testable import Store

/// Comparing a contact with its record, on rows.
@Suite struct SyncMergeTests {
    private func row(
        _ local: LocalField, _ direction: SyncDirection = .both, _ rule: SyncRule = .crmWins,
        _ transforms: [FieldTransform] = [], fallback: String? = nil
    ) -> MappingRow {
        MappingRow(
            local: local, remote: "f", direction: direction, rule: rule, transforms: transforms, fallback: fallback)
    }

    @Test(arguments: TestDatabase.available)
    func `what is the same is agreed on, and changes nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.name))
            let contact = try await world.linked(PersonSample(name: "Ana Gómez"))

            let outcome = try await world.compare(contact, ["f": "Ana  Gómez "])

            #expect(outcome.gives.isEmpty && outcome.taken.isEmpty)
            #expect(try await world.changes().isEmpty)
            // Agreed: whoever changes alone is right.
            _ = try await world.store.editContact(contact, ContactEdit(name: "Ana G."), by: "Ana", in: world.workspace)
            #expect(try await world.compare(contact, ["f": "Ana Gómez"]).fields == ["f": "Ana G."])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a value that is taken stands in the history, the search and the log, and is no news to that CRM`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.name))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let outcome = try await world.compare(contact, ["f": "Zoraida Pla"])

            #expect(outcome.taken == [.name] && outcome.gives.isEmpty)
            #expect(try await world.snapshot(contact, .name)[.name] == "Zoraida Pla")
            let text: String? = try await world.store.look("SELECT search_text FROM contact", as: String.self)
            #expect(text?.contains("zoraida") == true)
            let change = try #require(try await world.changes(.taken).first)
            #expect(change.before == "Ana" && change.after == "Zoraida Pla" && change.actor == "HubSpot")
            let history = try await world.store.history(of: contact, in: world.workspace).items
            #expect(history.contains { $0.change.title.en == "From HubSpot" })
            #expect(try await world.due() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was given is agreed on once the CRM accepts it, and its echo is nothing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.name, .both, .puenteWins, [.letters(.upper)]))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let outcome = try await world.compare(contact, ["f": "Eva"], gives: .job)
            #expect(outcome.fields == ["f": "ANA"])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact'") == 1)
            #expect(try await world.changes().isEmpty)
            try await world.accept(outcome)

            let given = try #require(try await world.changes(.given).first)
            #expect(given.before == "Eva" && given.after == "ANA")
            let echo = try await world.compare(contact, ["f": "ANA"])
            #expect(echo.gives.isEmpty && echo.taken.isEmpty)
            #expect(try await world.changes().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what moves with every message is no edit in the log`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .name, remote: "name", direction: .both, rule: .puenteWins),
                MappingRow(local: .lastInboundAt, remote: "seen", direction: .toCRM, rule: .puenteWins))
            let contact = try await world.linked(
                PersonSample(name: "Ana", conversation: .init(lastInbound: world.clock.now - .hours(1))))

            try await world.accept(try await world.compare(contact, ["name": "Eva", "seen": ""]))

            let given = try await world.changes(.given)
            #expect(
                Dictionary(uniqueKeysWithValues: given.map { ($0.remote, $0.cause) }) == [
                    "name": .edit, "seen": .message,
                ])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each rule decides where both sides say something`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (earlier, later) = (world.clock.now - .hours(1), world.clock.now + .hours(1))
            for (rule, at, taken, given, asks) in [
                (SyncRule.crmWins, earlier, true, false, false), (.puenteWins, later, false, true, false),
                (.newest, later, true, false, false), (.newest, earlier, false, true, false),
                (.ask, later, false, false, true), (.fillBlank, later, false, false, false),
            ] {
                try await world.map(row(.note, .both, rule))
                let contact = try await world.add(PersonSample(name: "Ana"))
                _ = try await world.store.editContact(
                    contact, ContactEdit(note: "nuestra"), by: "Ana", in: world.workspace)
                try await world.link(contact, "\(contact)")

                let outcome = try await world.compare(contact, ["f": "suya"], at: at)

                #expect(outcome.taken.isEmpty != taken, "\(rule)")
                #expect(outcome.gives.isEmpty != given, "\(rule)")
                #expect(outcome.conflicts.isEmpty != asks, "\(rule)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `blanks overwrite nothing, and what stands for nothing fills them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.note, fallback: "sin nota"))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let outcome = try await world.compare(contact, ["f": ""])
            #expect(outcome.fields == ["f": "sin nota"])
            try await world.accept(outcome)
            #expect(try await world.compare(contact, ["f": "sin nota"]).gives.isEmpty)
            #expect(try await world.snapshot(contact, .note)[.note] == nil)

            _ = try await world.compare(contact, ["f": "Paga tarde"])
            let emptied = try await world.compare(contact, ["f": ""])
            #expect(emptied.gives.isEmpty && emptied.taken.isEmpty)
            #expect(try await world.snapshot(contact, .note)[.note] == "Paga tarde")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field that was not read is left alone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.name, .both, .puenteWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.store.editContact(contact, ContactEdit(name: "Eva"), by: "Ana", in: world.workspace)

            let outcome = try await world.compare(contact, [:])

            #expect(outcome.gives.isEmpty)
            #expect(try await world.due() == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `parts of a name, a language and a field of one's own are taken`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let date = try await world.makeField("Alta", .date)
            func both(_ local: LocalField, _ remote: String) -> MappingRow {
                MappingRow(local: local, remote: remote, direction: .both, rule: .crmWins)
            }
            try await world.map(
                both(.firstName, "first"), both(.lastName, "last"), both(.language, "lang"),
                both(.custom(date), "since"),
                MappingRow(
                    local: .note, remote: "greeting", direction: .toCRM, rule: .puenteWins,
                    transforms: [.template("Hola {{first_name}}")]))
            let contact = try await world.linked(PersonSample(name: "Ana Gómez"))

            let outcome = try await world.compare(
                contact,
                [
                    "first": "Eva", "last": "de la Cruz", "lang": "PT-br", "since": "2026-03-01T00:00:00Z",
                    "greeting": "",
                ])

            let ours = try await world.snapshot(contact, .name, .language, .custom(date))
            #expect(ours[.name] == "Eva de la Cruz" && ours[.language] == "pt-BR")
            #expect(ours[.custom(date)] == "2026-03-01")
            // What was taken is told to where else it belongs.
            #expect(outcome.fields["greeting"] == "Hola Eva")
            let again = try await world.compare(contact, ["first": "Eva", "since": "nunca", "lang": "Spanish"])
            #expect(again.refusals == ["since": .unreadable, "lang": .unreadable])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a number is taken, but none that WhatsApp knows gives way and none moves to another person`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.phone))
            let typed = try await world.linked(PersonSample(name: "Ana", phones: ["34600000001"], evidence: "crm"))
            let known = try await world.add(PersonSample(name: "Eva", phones: ["34600000002"]))
            try await world.link(known, "r2")

            #expect(try await world.compare(typed, ["f": "+34 600 000 003"]).taken == [.phone])
            #expect(try await world.snapshot(typed, .phone)[.phone] == "+34600000003")
            #expect(try await world.compare(known, ["f": "34600000004"]).refusals == ["f": .knownByWhatsApp])
            #expect(try await world.compare(typed, ["f": "34600000002"]).refusals == ["f": .heldByOther])
            #expect(try await world.compare(typed, ["f": "12345"]).refusals == ["f": .unreadable])
            #expect(try await world.snapshot(typed, .phone)[.phone] == "+34600000003")
            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two addresses the one that came from the CRM last is ours, and no older one goes back there`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.email))
            let contact = try await world.linked(
                PersonSample(name: "Ana", emails: ["una@ejemplo.mx", "otra@ejemplo.mx"], evidence: "person"))
            let told = try required(try await world.snapshot(contact, .email)[.email])
            _ = try await world.compare(contact, ["f": told])
            world.clock.advance(by: .minutes(1))

            #expect(try await world.compare(contact, ["f": "nueva@ejemplo.mx"]).taken == [.email])

            #expect(try await world.snapshot(contact, .email)[.email] == "nueva@ejemplo.mx")
            #expect(try await world.compare(contact, ["f": "nueva@ejemplo.mx"]).fields.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `labels that either side added are on both, what one took off is off`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.labels))
            let vip = try await world.makeLabel("VIP")
            let contact = try await world.linked(PersonSample(name: "Ana", labels: [vip]))

            let outcome = try await world.compare(contact, ["f": "Mayorista"])
            #expect(outcome.fields == ["f": "Mayorista;VIP"] && outcome.taken == [.labels])
            try await world.accept(outcome)
            #expect(try await world.snapshot(contact, .labels)[.labels] == "Mayorista;VIP")

            _ = try await world.compare(contact, ["f": "Mayorista"])
            #expect(try await world.snapshot(contact, .labels)[.labels] == "Mayorista")
            #expect(
                try await world.store.look("SELECT source FROM contact_label", as: String.self) == "crm")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a no of the CRM's is heard, its yes counts where nobody said no`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let words = FieldTransform.choices(
                [.init(ours: "granted", theirs: "yes"), .init(ours: "withdrawn", theirs: "no")], otherwise: nil)
            try await world.map(row(.marketingConsent, .both, .crmWins, [words]))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            func ours() async throws -> String? {
                try await world.snapshot(contact, .marketingConsent)[.marketingConsent]
            }

            #expect(try await world.compare(contact, ["f": "yes"]).taken == [.marketingConsent])
            #expect(try await ours() == "granted")
            world.clock.advance(by: .seconds(2))
            #expect(try await world.compare(contact, ["f": "no"]).taken == [.marketingConsent])
            #expect(try await ours() == "withdrawn")
            world.clock.advance(by: .seconds(2))
            let asked = try await world.compare(contact, ["f": "yes"])
            #expect(asked.fields == ["f": "no"] && asked.refusals == ["f": .optedOut])
            #expect(try await ours() == "withdrawn")
            let sources = try await world.store.look(
                "SELECT COUNT(*) AS n FROM consent_entry WHERE source = 'crm'", as: Int.self)
            #expect(sources == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `with a mapping a record is linked, and nothing of it is taken beside the mapping`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(row(.note))
            let contact = try await world.add(PersonSample(name: "Ana", phones: ["34600000001"]))

            try await world.store.adopt(
                RemoteIdentity(
                    remoteID: "r7", contact: nil, phones: ["34600000001"], userID: nil, email: "a@b.es", name: "Eva"),
                connection: world.crm, in: world.workspace)

            #expect(try await world.snapshot(contact, .name, .email)[.name] == "Ana")
            #expect(try await world.snapshot(contact, .name, .email)[.email] == nil)
            #expect(try await world.store.look("SELECT remote_id FROM remote_ref", as: String.self) == "r7")
        }
    }
}
