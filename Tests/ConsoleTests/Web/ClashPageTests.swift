import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `The forms of two people who edit at once` {
    private func hidden(_ name: String, in page: Browser.Answer) throws -> String {
        let fields = page.text.matches(of: #/<input type="hidden" name="([^"]+)" value="([^"]*)"/#)
        return String(try #require(fields.first { $0.1 == name }).2)
    }

    @Test func `show whose change it was and both values, and keep what was typed`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.write()
            let id = try #require(await world.store.contacts(in: world.workspace).items.first).person.id
            _ = try await browser.signIn()
            let path = "/contacts/\(id)"
            let drawn = try await browser.get(path)
            let token = try #require(drawn.token)
            let was = try ["was.name", "was.language", "was.note"].map { ($0, try hidden($0, in: drawn)) }
            _ = try await world.store.editContact(
                id, ContactEdit(name: "Lucy <L>", language: .set("pt_BR")), by: "Luis Paz", in: world.workspace)

            let mine = [("name", "Luz"), ("language", ""), ("note", "Llamar\r\nmañana")]
            let clash = try await browser.post(path + "/edits", [("csrf", token)] + was + mine)

            #expect(clash.status == .conflict)
            #expect(clash.text.contains("Luis Paz changed it"))
            #expect(clash.text.contains("Lucy &lt;L&gt;") && clash.text.contains("value=\"Luz\""))
            #expect(clash.text.contains("Llamar\nmañana"), "nothing typed is lost")
            #expect(clash.text.contains("name=\"choose.name\"") && !clash.text.contains("name=\"choose.language\""))
            #expect(try await world.store.contact(id, in: world.workspace)?.note == "")

            let now = try ["was.name", "was.language", "was.note"].map { ($0, try hidden($0, in: clash)) }
            let decided = [("name", "Luz"), ("language", "pt_BR"), ("note", "Llamar"), ("choose.name", "theirs")]
            // The browser sends the text, not its escaped form.
            let unescaped = now.map { ($0.0, $0.1.replacing("&lt;", with: "<").replacing("&gt;", with: ">")) }
            let saved = try await browser.post(path + "/edits", [("csrf", token)] + unescaped + decided)

            #expect(saved.location == path)
            let contact = try #require(await world.store.contact(id, in: world.workspace))
            #expect(contact.person.name == "Lucy <L>" && contact.note == "Llamar" && contact.language == "pt_BR")
        }
    }

    @Test func `write mine where I choose it`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.write()
            let id = try #require(await world.store.contacts(in: world.workspace).items.first).person.id
            _ = try await browser.signIn()
            let path = "/contacts/\(id)"
            _ = try await world.store.editContact(id, ContactEdit(name: "Lucy"), by: "Luis", in: world.workspace)

            let saved = try await browser.submit(
                path + "/edits",
                [
                    ("was.name", "Lucy"), ("was.language", ""), ("was.note", ""), ("name", "Luz"), ("language", ""),
                    ("note", ""), ("choose.name", "mine"),
                ], from: path)

            #expect(saved.location == path)
            #expect(try await world.store.contact(id, in: world.workspace)?.person.name == "Luz")
        }
    }

    @Test func `are held against what they showed for labels, fields, segments and rules, and saved when sent again`()
        async throws
    {
        try await ConsoleWorld.run { world, browser in
            let (store, workspace) = (world.store, world.workspace)
            let label = try await store.createLabel("VIP", color: .teal, in: workspace, by: "Ana")
            let field = try await store.createField(
                FieldDraft(name: "Nivel", kind: .text, choices: []), in: workspace, by: "Ana")
            let silent = try SegmentConditions(.any, [.condition(.activity(.never))])
            let segment = try await store.createSegment("Callados", silent, in: workspace, by: "Ana")
            let rule = try await store.createLabelRule(
                LabelRuleDraft(name: "Callados", conditions: silent, label: label), in: workspace, by: "Ana")
            _ = try await browser.signIn()
            let rows = [("m.0", "any"), ("s.0.0", "activity"), ("t.0.0", "never"), ("v.0.0", ""), ("do", "save")]
            for (page, path, fields) in [
                ("/labels", "/labels/\(label)", [("color", "teal")]), ("/fields", "/fields/\(field)", []),
                ("/segments/\(segment)", "/segments/\(segment)", rows),
                ("/label-rules/\(rule)", "/label-rules/\(rule)", rows + [("label", "\(label)")]),
            ] {
                let drawn = try await browser.get(page)
                let send = { (name: String, version: String) in
                    try await browser.post(
                        path,
                        [("csrf", drawn.token ?? ""), ("name", name), ("version", version)] + fields)
                }
                let version = try hidden("version", in: drawn)

                #expect(try await send("Primero", version).status == .seeOther, "\(page)")
                let stale = try await send("Segundo", version)
                #expect(stale.status == .conflict, "\(page)")
                #expect(stale.text.contains("Somebody else changed this meanwhile"), "\(page)")
                #expect(stale.text.contains("value=\"Segundo\""), "\(page)")
                // What it says now stands beside, and who changed it.
                #expect(stale.text.contains("<dd>Primero</dd>"), "\(page)")
                #expect(stale.text.contains(/Ana Rivas changed it: [^<]+ It says now:/), "\(page)")
                let again = try hidden("version", in: stale)
                #expect(again != version)
                #expect(try await send("Segundo", again).status == .seeOther, "\(page)")
            }
        }
    }
}
