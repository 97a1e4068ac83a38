import Domain
import HTTPTypes
import Pipeline
import Store
import Testing

@testable import Console

/// What a connection maps, as administrators see and change it.
struct MappingPageTests {
    private static let path = "/connections/hubspot/mapping"

    private static let rows = [
        MappingRow(local: .firstName, remote: "firstname", direction: .both, rule: .crmWins),
        MappingRow(local: .email, remote: "email", direction: .both, rule: .newest, transforms: [.letters(.lower)]),
    ]

    private static func form(
        _ local: LocalField, _ remote: String, direction: SyncDirection = .both, isOn: Bool = true
    ) -> [(String, String)] {
        [
            ("local", local.rawValue), ("remote", remote), ("direction", direction.rawValue), ("rule", "crm_wins"),
            ("fallback", ""),
        ] + (isOn ? [("is_on", "yes")] : [])
    }

    @Test func `the card of a CRM leads to its mapping, and back`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.map(Self.rows)

            #expect(try await browser.get("/connections").text.contains("href=\"\(Self.path)\""))
            let page = try await browser.get(Self.path).text
            #expect(page.contains("href=\"/connections\""))
            #expect(page.contains("2 fields are kept alike."))
            #expect(page.contains("First name &lt;b&gt;") && page.contains("Changed by Ana Rivas"))
            let id = try await world.connection()
            #expect(try await browser.get("/connections/\(id)/mapping").status == .ok)
            #expect(try await browser.get("/connections/nobody/mapping").status == .notFound)
        }
    }

    @Test func `agents neither see nor change it`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")

            for path in ["", ".yaml", "/rows/new", "/trial", "/file"] {
                #expect(try await browser.get(Self.path + path).status == .forbidden, "\(path)")
            }
            for path in ["/rows", "/standards", "/preparations", "/readings", "/rows/1/switches", "/files"] {
                let answer = try await browser.submit(Self.path + path, [("version", "none")], from: "/inbox")
                #expect(answer.status == .forbidden, "\(path)")
            }
            #expect(try await world.mapping() == nil)
        }
    }

    @Test func `the page says that somebody else changed it, before anything is saved`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.map(Self.rows)
            let page = try await browser.get("\(Self.path)/rows/1").text
            let news = try #require(page.firstMatch(of: #/hx-get="(/fragments/connections/hubspot/mapping[^"]*)"/#))
            let address = String(news.1)
            #expect(try await !browser.get(address).text.contains("changed this mapping"))

            try await world.map([Self.rows[0]])

            let told = try await browser.get(address).text
            #expect(told.contains("Ana Rivas changed this mapping") && told.contains("href=\"\(Self.path)\""))
            #expect(try await !browser.get(Self.path).text.contains("changed this mapping"))
        }
    }

    @Test func `a row is added, changed, moved, switched and removed`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let added = try await world.submit(browser, "/rows", Self.form(.lastName, "lastname"))
            #expect(added.location == "\(Self.path)#row-1")
            _ = try await world.submit(
                browser, "/rows",
                Self.form(.custom(try await world.field()), "hs_lead_status", direction: .toCRM) + [
                    ("t.0.kind", "choices"), ("t.0.text", "nuevo = NEW\n* = OPEN"), ("t.1.kind", ""),
                ])
            _ = try await world.submit(
                browser, "/rows/1", [("was", "last_name lastname")] + Self.form(.firstName, "firstname"))
            _ = try await world.submit(browser, "/rows/2/moves", [("to", "up")])
            _ = try await world.submit(browser, "/rows/2/switches", [("to", "off")])

            let rows = try #require(try await world.mapping()).mapping.rows
            #expect(rows.map(\.remote) == ["hs_lead_status", "firstname"])
            #expect(rows[0].transforms == [.choices([.init(ours: "nuevo", theirs: "NEW")], otherwise: "OPEN")])
            #expect(rows.map(\.isOn) == [true, false])
            let form = try await browser.get("\(Self.path)/rows/1").text
            #expect(form.contains("nuevo = NEW\n* = OPEN"))

            let gone = try await world.submit(browser, "/rows/1/deletions")
            #expect(gone.location == Self.path)
            #expect(try await browser.get(Self.path).text.contains("The row is removed."))
            #expect(try await world.mapping()?.mapping.rows.count == 1)
        }
    }

    @Test func `what does not fit stands beside its place, and nothing is saved`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            for (form, sentence) in [
                (Self.form(.name, ""), "Name the CRM&#39;s field"),
                ([("local", "nothing"), ("remote", "x")], "Choose a field of Puente."),
                (Self.form(.name, "nowhere"), "The CRM has no such field."),
                (Self.form(.createdAt, "createdate", direction: .toCRM), "does not let this field be written"),
                (Self.form(.profileName, "firstname"), "it can only be told"),
                (
                    Self.form(.name, "firstname", direction: .toCRM)
                        + [("t.0.kind", "template"), ("t.0.text", "{{shoe_size}}")], "is no field of Puente"
                ),
                (Self.form(.name, "firstname") + [("t.0.kind", "part"), ("t.0.part", "0")], "number of the part"),
                (Self.form(.name, "firstname") + [("t.0.kind", "choices"), ("t.0.text", "x")], "is no choice"),
            ] {
                let answer = try await world.submit(browser, "/rows", form)
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains(sentence), "\(sentence)")
            }
            #expect(try await world.mapping() == nil)
            // Switched off, a row may name what is not there yet.
            #expect(
                try await world.submit(browser, "/rows", Self.form(.name, "nowhere", isOn: false)).status == .seeOther)
        }
    }

    @Test func `who decided upon an older mapping looks again, and saves over it knowingly`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.map(Self.rows)
            let version = try #require(try await world.mapping()).version
            // Somebody else puts another row in front.
            try await world.map([MappingRow(local: .note, remote: "hs_note", direction: .both, rule: .ask)] + Self.rows)
            let form = [("version", "\(version)"), ("was", "email email")] + Self.form(.email, "email", isOn: false)

            let clash = try await browser.submit("\(Self.path)/rows/2", form, from: Self.path)

            #expect(clash.status == .conflict)
            #expect(clash.text.contains("Somebody else changed this meanwhile"))
            #expect(clash.text.contains("The row says now:"))
            #expect(clash.text.contains("action=\"\(Self.path)/rows/3\""))
            #expect(try await world.mapping()?.mapping.rows[2].isOn == true)
            let again = try await world.submit(
                browser, "/rows/3", [("was", "email email")] + Self.form(.email, "email", isOn: false))
            #expect(again.status == .seeOther)
            #expect(try await world.mapping()?.mapping.rows.map(\.isOn) == [true, true, false])
            let switched = try await browser.submit(
                "\(Self.path)/rows/1/deletions", [("version", "\(version)")], from: Self.path)
            #expect(switched.status == .conflict)
            #expect(try await world.mapping()?.mapping.rows.count == 3)
        }
    }

    @Test func `the standard is mapped again, and what is missing is made`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            #expect(try await world.submit(browser, "/standards").location == Self.path)
            #expect(try await world.mapping()?.mapping.rows.map(\.isOn) == [true, false])
            let page = try await browser.get(Self.path).text
            #expect(page.contains("Make 1 missing field in HubSpot"))
            world.crm.change { $0.made = ["whatsapp_conversation_url"] }
            _ = try await world.submit(browser, "/preparations")
            #expect(try await browser.get(Self.path).text.contains("1 field was made."))
        }
    }

    @Test func `a CRM that cannot be asked is said, its fields can be typed, and it is asked again in a while`()
        async throws
    {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            world.crm.change { $0.failure = SampleCRM.away }

            let page = try await browser.get(Self.path).text
            #expect(page.contains("could not be asked") && page.contains("HubSpot cannot be reached."))
            #expect(try await world.submit(browser, "/rows", Self.form(.name, "anything")).status == .seeOther)
            let standard = try await world.submit(browser, "/standards")
            #expect(standard.text.contains("HubSpot cannot be reached."))
            let asked = world.crm.timesAsked
            _ = try await browser.get(Self.path)
            #expect(world.crm.timesAsked == asked)

            world.crm.change { $0.failure = nil }
            world.clock.move(.seconds(31))
            #expect(try await browser.get(Self.path).text.contains("The CRM has no such field."))
            #expect(world.crm.timesAsked == asked + 1)
            _ = try await world.submit(browser, "/readings")
            _ = try await browser.get(Self.path)
            #expect(world.crm.timesAsked == asked + 2)
        }
    }

    @Test func `basic fields alone are warned of`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.map([Self.rows[0]])
            #expect(try await browser.get(Self.path).text.contains("23 %"))
            try await world.map(Self.rows)
            #expect(try await browser.get(Self.path).text.contains("23 %") == false)
        }
    }

    @Test func `a contact is found and tried with, and nothing is written`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.map(Self.rows)
            let contact = try await world.unlinked()
            world.crm.change { $0.record = ["firstname": "Lucía María", "email": "L@B.es"] }

            let found = try await browser.get("\(Self.path)/trial?q=lucia").text
            #expect(found.contains("\(Self.path)/trial?contact=\(contact)"))
            let unlinked = try await browser.get("\(Self.path)/trial?contact=\(contact)").text
            #expect(unlinked.contains("has no record in HubSpot yet"))
            let crm = try await world.connection()
            let grip = try #require(world.grips.first { $0.lane == .connection(crm) })
            try await world.store.link([(contact: contact, remoteID: "51")], grip: grip)

            let tried = try await browser.get("\(Self.path)/trial?contact=\(contact)").text
            #expect(tried.contains("Lucía María") && tried.contains("Puente would take the CRM&#39;s value."))
            #expect(try await world.store.contact(contact, in: world.workspace)?.person.name == "Lucía Fernández")
            world.crm.change { $0.record = nil }
            #expect(
                try await browser.get("\(Self.path)/trial?contact=\(contact)").text.contains("not in HubSpot any more"))
            #expect(try await browser.get("\(Self.path)/trial?contact=0000000000001").status == .notFound)
        }
    }

    @Test func `a file is looked through first, then saved with what cannot work switched off`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.map(Self.rows)
            let file = try await browser.get("\(Self.path).yaml")
            #expect(file.headers[.contentType] == "application/yaml; charset=utf-8")
            #expect(file.text.contains("  - local: first_name  # First name\n    remote: firstname\n"))
            // JSON is YAML.
            let text =
                #"{"puente_mapping":1,"rows":[{"local":"name","remote":"nowhere","direction":"both","rule":"ask"}]}"#

            let broken = try await world.submit(browser, "/files", [("text", #"{"puente_mapping":1,"rows":[{}]}"#)])
            #expect(broken.status == .unprocessableContent)
            #expect(broken.text.contains("Row 1, rule: this field is missing."))
            let read = try await world.submit(browser, "/files", [("text", text)])
            #expect(read.text.contains("Row 1: The CRM has no such field."))
            #expect(try await world.mapping()?.mapping.rows == Self.rows)

            let saved = try await world.submit(browser, "/files", [("text", text), ("confirmed", "yes")])
            #expect(saved.location == Self.path)
            #expect(
                try await world.mapping()?.mapping.rows == [
                    MappingRow(local: .name, remote: "nowhere", direction: .both, rule: .ask, isOn: false)
                ])
        }
    }
}

extension ConsoleWorld {
    fileprivate func connection() async throws -> ConnectionID {
        try #require(try await store.connectionAccounts().first).id
    }

    fileprivate func mapping() async throws -> KeptMapping? {
        try await store.mapping(of: try await connection(), in: workspace)
    }

    fileprivate func map(_ rows: [MappingRow]) async throws {
        try await store.saveMapping(
            FieldMapping(rows), of: try await connection(), expecting: try await mapping()?.version, by: "Ana Rivas",
            in: workspace)
    }

    /// A form of the mapping, upon what it says now.
    fileprivate func submit(
        _ browser: Browser, _ path: String, _ fields: [(String, String)] = []
    ) async throws -> Browser.Answer {
        let version = try await mapping().map { "\($0.version)" } ?? "none"
        let page = "/connections/hubspot/mapping"
        return try await browser.submit(page + path, [("version", version)] + fields, from: page)
    }

    fileprivate func field() async throws -> FieldID {
        _ = try await store.createField(
            FieldDraft(name: "Estado", kind: .choice, choices: ["nuevo", "viejo"]), in: workspace, by: "Ana")
        return try #require(try await store.fields(in: workspace).first).id
    }

    fileprivate func unlinked() async throws -> ContactID {
        let draft = ContactDraft(name: "Lucía Fernández")
        guard case .saved(_, let contact, _) = try await store.createContact(draft, by: "Ana", in: workspace) else {
            throw PuenteError(.invalid, en: "not saved", es: "no se guardó")
        }
        return contact
    }
}
