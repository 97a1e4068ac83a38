import Domain
import Foundation
import HTTPTypes
import Pipeline
import Store
import Testing

@testable import Console

struct ContactPageTests {
    private func lucia(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.write()
        return try #require(await world.store.contacts(in: world.workspace).items.first).person.id
    }

    private func names(_ answer: Browser.Answer) -> [String] {
        answer.text.matches(of: #/class="contact-name"[^>]*>.*?<span>([^<]*)</span></a>/#).map { String($0.1) }
    }

    @Test func `the table is searched, filtered and shown in the columns that somebody chose`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            for name in ["Ana", "Zoé"] {
                _ = try await world.store.createContact(
                    ContactDraft(name: name, addresses: [.init(.email, "\(name)@ejemplo.mx")]), by: "Ana",
                    in: world.workspace)
            }
            _ = try await browser.signIn()

            let all = try await browser.get("/contacts?order=name")
            #expect(all.status == .ok && all.text.contains("3 contacts"))
            #expect(names(all) == ["Ana", "Lucía Fernández", "Zoé"])
            #expect(all.text.contains("aria-sort=\"ascending\""))
            #expect(try await names(browser.get("/contacts?q=lucia")) == ["Lucía Fernández"])
            #expect(try await names(browser.get("/contacts?q=55+1234-5678")) == ["Lucía Fernández"])
            #expect(try await browser.get("/contacts?q=nadie").text.contains("Nobody was found"))
            #expect(try await names(browser.get("/contacts?state=blocked")) == [])
            #expect(try await names(browser.get("/contacts?consent=unknown&order=name")).count == 3)
            for written in ["+52 1 55 1234 5678", "(55) 1234-5678", "٥٥١٢٣٤٥٦٧٨", "５５１２３４５６７８"] {
                let query = QueryText.url("/contacts", [("q", written)])
                #expect(try await names(browser.get(query)) == ["Lucía Fernández"], "\(written)")
            }
            // What no page of ours links to is passed over.
            #expect(try await names(browser.get("/contacts?state=x&label=y&order=z&after=w")).count == 3)

            let typed = try await browser.get("/contacts?q=zo%C3%A9&state=", [.hxRequest: "true"])
            #expect(typed.headers[.hxReplaceURL] == "/contacts?q=zo%C3%A9")

            #expect(all.text.contains("data-label=\"E-mail\"") && !all.text.contains("data-label=\"Language\""))
            let saved = try await browser.submit(
                "/contacts/columns", [("column", "language"), ("column", "phone"), ("column", "nonsense")],
                from: "/contacts?order=name")
            #expect(saved.status == .seeOther && saved.location == "/contacts?order=name")
            let chosen = try await browser.get("/contacts").text
            #expect(chosen.contains("data-label=\"Language\"") && !chosen.contains("data-label=\"E-mail\""))
            #expect(chosen.contains("/contacts/\(id)"))
        }
    }

    @Test func `a number is found in every writing that reaches one account`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await world.store.createContact(
                ContactDraft(name: "Sol", addresses: [.init(.phone, "5491123456789")]), by: "Ana", in: world.workspace)
            _ = try await world.store.createContact(
                ContactDraft(name: "Bia", addresses: [.init(.phone, "551187654321")]), by: "Ana", in: world.workspace)
            _ = try await browser.signIn()
            for (written, name) in [
                ("+54 9 11 2345-6789", "Sol"), ("+54 11 2345-6789", "Sol"), ("+54 11 15 2345-6789", "Sol"),
                ("+55 11 8765-4321", "Bia"), ("+55 11 98765-4321", "Bia"),
            ] {
                let query = QueryText.url("/contacts", [("q", written)])
                #expect(try await names(browser.get(query)) == [name], "\(written)")
            }
        }
    }

    @Test func `a number that its country's plan does not have is shown with a mark`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            let doubtful = try await world.store.createContact(
                ContactDraft(name: "Bia", addresses: [.init(.phone, "551161422966")]), by: "Ana", in: world.workspace)
            _ = try await browser.signIn()

            let mark = "As far as the numbering plan of its country is known here, there is no such number."
            guard case .saved(_, let bia, _) = doubtful else {
                throw PuenteError(.invalid, en: "not saved", es: "no se guardó")
            }
            #expect(try await browser.get("/contacts/\(bia)").text.contains(mark))
            #expect(try await !browser.get("/contacts/\(id)").text.contains(mark))
        }
    }

    @Test func `fields are shown as the company writes them`() async throws {
        try await ConsoleWorld.run { world, browser in
            let (store, workspace) = (world.store, world.workspace)
            let id = try await lucia(world)
            func note(_ name: String, _ kind: FieldKind, _ value: String) async throws -> FieldID {
                let field = try await store.createField(
                    FieldDraft(name: name, kind: kind, choices: []), in: workspace, by: "Ana")
                try await store.setField(field, of: id, to: value, habits: .machine, in: workspace, by: "Ana")
                return field
            }
            let fields = [
                try await note("Cumpleaños", .date, "1990-02-28"), try await note("Socia", .yesNo, "yes"),
                try await note("Compras", .number, "1234.5"),
            ]
            _ = try await browser.signIn()
            _ = try await browser.submit(
                "/contacts/columns", fields.map { ("column", "\($0)") }, from: "/contacts")

            let page = try await browser.get("/contacts").text
            #expect(page.contains("28 Feb 1990") && page.contains(">Yes</span>") && page.contains(">1,234.5</span>"))
            let history = try await browser.get("/contacts/\(id)/history").text
            #expect(history.contains("Socia: “Yes”") && history.contains("Cumpleaños: “28 Feb 1990”"))
            #expect(history.contains("Compras: “1,234.5”"))
        }
    }

    @Test func `pages of the table follow each other`() async throws {
        try await ConsoleWorld.run { world, browser in
            for number in 10..<65 {
                _ = try await world.store.createContact(
                    ContactDraft(name: "N\(number)"), by: "Ana", in: world.workspace)
            }
            _ = try await browser.signIn()
            let first = try await browser.get("/contacts?order=name")
            let next = try #require(first.text.firstMatch(of: #/href="(/contacts\?order=name&amp;after=[^"]+)"/#)).1
            let second = try await browser.get(String(next).replacing("&amp;", with: "&"))

            #expect(names(first) == (10..<60).map { "N\($0)" })
            #expect(names(second) == (60..<65).map { "N\($0)" })
            #expect(second.text.contains("href=\"/contacts?order=name\""))
        }
    }

    @Test func `a contact's page shows how they are reached, and keeps who looked`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            _ = try await browser.signIn()

            let page = try await browser.get("/contacts/\(id)")

            #expect(page.status == .ok)
            #expect(page.text.contains("+52 1 55 1234 5678") || page.text.contains("+52 55 1234 5678"))
            #expect(page.text.contains("from WhatsApp") && page.text.contains("¿Llegó mi pedido?"))
            #expect(
                try await browser.get(
                    "/inbox/\(world.store.conversations(ConversationQuery(), in: world.workspace).items[0].id)"
                ).text.contains("href=\"/contacts/\(id)\""))
            let seen: Int? = try await world.store.database.read { connection in
                try connection.value("SELECT COUNT(*) AS n FROM trail WHERE event = 'contact.seen'")
            }
            #expect(seen == 1)
            #expect(try await browser.get("/contacts/01HZY8V3K2M4N").status == .notFound)
            #expect(try await browser.get("/contacts/nobody").status == .notFound)
        }
    }

    @Test func `what is edited is told, listed in the history, and put back from there`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            let path = "/contacts/\(id)"
            _ = try await browser.signIn()

            let edited = try await browser.submit(
                path + "/edits", [("name", " Luz "), ("language", "es"), ("note", "uno\r\ndos")], from: path)
            #expect(edited.status == .seeOther && edited.location == path)
            let page = try await browser.get(path).text
            #expect(page.contains("Saved.") && page.contains("value=\"Luz\"") && page.contains("uno\ndos"))
            let same = try await browser.submit(
                path + "/edits", [("name", "Luz"), ("language", "es"), ("note", "uno\r\ndos")], from: path)
            #expect(same.location == path)
            #expect(try await browser.get(path).text.contains("Nothing was different."))

            let history = try await browser.get(path + "/history").text
            #expect(history.contains("Name: “Luz”") && history.contains("Ana Rivas"))
            let back = try #require(history.firstMatch(of: #/action="([^"]+/restorations)"/#)).1
            let restored = try await browser.submit(String(back), from: path + "/history")
            #expect(restored.location == path + "/history")
            let after = try await browser.get(path + "/history").text
            #expect(after.contains("Put back.") && after.contains("Name: empty, before “Luz”"))
            #expect(try await world.store.contact(id, in: world.workspace)?.person.name == "")
        }
    }

    @Test func `a mistake comes back with what was typed, and says whose an address is`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            _ = try await world.store.createContact(
                ContactDraft(name: "Zoé", addresses: [.init(.phone, "525511112222")]), by: "Ana", in: world.workspace)
            let path = "/contacts/\(id)"
            _ = try await browser.signIn()

            let taken = try await browser.submit(
                path + "/addresses", [("address", "55 1111 2222"), ("region", "MX")], from: path)
            #expect(taken.status == .unprocessableContent && taken.text.contains("Open Zoé"))
            #expect(taken.text.contains("value=\"55 1111 2222\""))
            let short = try await browser.submit(path + "/addresses", [("address", "12")], from: path)
            #expect(short.status == .unprocessableContent && short.text.contains("address-error"))
            let mail = try await browser.submit(path + "/addresses", [("address", "lucia@")], from: path)
            #expect(mail.status == .unprocessableContent && mail.text.contains("This is no e-mail address."))
            let long = try await browser.submit(
                path + "/edits", [("name", String(repeating: "x", count: 201))], from: path)
            #expect(long.status == .unprocessableContent && long.text.contains("at most 200 characters"))

            let added = try await browser.submit(path + "/addresses", [("address", "Luz@Ejemplo.mx")], from: path)
            #expect(added.location == path)
            let page = try await browser.get(path).text
            #expect(page.contains("Luz@ejemplo.mx"))
            let end = try #require(page.firstMatch(of: #/action="([^"]+/endings)"/#)).1
            #expect(try await browser.submit(String(end), from: path).location == path)
            #expect(try await browser.get(path).text.contains("What was valid before"))
        }
    }

    @Test func `somebody new is taken in, unless it is somebody who is there`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await lucia(world)
            _ = try await browser.signIn()
            func create(_ fields: [(String, String)]) async throws -> Browser.Answer {
                try await browser.submit("/contacts", fields, from: "/contacts/new")
            }

            let nothing = try await create([("name", " ")])
            #expect(nothing.status == .unprocessableContent && nothing.text.contains("at least a name"))
            let taken = try await create([("name", "Otra"), ("phone", "+52 1 55 1234 5678"), ("region", "MX")])
            #expect(taken.status == .unprocessableContent && taken.text.contains("Open Lucía Fernández"))
            let namesake = try await create([("name", "lucia fernandez"), ("email", "lu@ejemplo.mx")])
            #expect(namesake.status == .unprocessableContent && namesake.text.contains("name=\"sure\""))

            let made = try await create([
                ("name", "lucia fernandez"), ("phone", "0912-345-678"), ("region", "TW"), ("sure", "yes"),
            ])
            let path = try #require(made.location)
            #expect(made.status == .seeOther)
            let page = try await browser.get(path).text
            #expect(page.contains("+886 912 345 678") && page.contains("The contact is created."))
        }
    }

    @Test func `somebody new has a language and the company's fields from the start`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let points = try await world.field("Puntos", .number)
            let name = "field.\(points)"
            let fields = [("name", "Gloria"), ("language", "es")]

            let wrong = try await browser.submit("/contacts", fields + [(name, "muchos")], from: "/contacts/new")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("“muchos” is no number"))
            #expect(wrong.text.contains("name=\"\(name)\" value=\"muchos\""))
            #expect(wrong.text.contains("<option value=\"es\" selected>"))
            let made = try await browser.submit("/contacts", fields + [(name, "12")], from: "/contacts/new")
            #expect(made.status == .seeOther)

            let members = try await world.store.members(
                of: try SegmentConditions(
                    .all, [.condition(.number(points, .equals(12))), .condition(.language("es", isSo: true))]),
                in: world.workspace)
            #expect(members.items.map(\.person.name) == ["Gloria"])
        }
    }

    @Test func `the address of a contact that was merged leads to the one it became`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            try await world.store.database.write { [workspace = world.workspace] connection in
                try connection.execute(
                    """
                    INSERT INTO contact (id, workspace_id, merged_into, created_at, updated_at)
                    VALUES (5, :workspace_id, :into, 1, 1)
                    """, ["workspace_id": workspace, "into": id])
            }
            _ = try await browser.signIn()
            let former = ContactID(rawValue: 5)
            #expect(try await browser.get("/contacts/\(former)").location == "/contacts/\(id)")
            #expect(try await browser.get("/contacts/\(former)/history").location == "/contacts/\(id)/history")
        }
    }

    @Test func `changes are listed, looked into, and undone`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            _ = try await world.store.editContact(
                id, ContactEdit(name: "Luz"), by: "Ana Rivas", in: world.workspace)
            _ = try await browser.signIn()

            let list = try await browser.get("/changes").text
            #expect(list.contains("Edited Lucía Fernández") && !list.contains("every 1s"))
            #expect(try await browser.get("/changes?kind=import").text.contains("No changes yet"))
            let path = String(try #require(list.firstMatch(of: #/class="change-title" href="([^"]+)"/#)).1)
            let change = try await browser.get(path).text
            #expect(change.contains("Name: “Luz”") && change.contains("/contacts/\(id)/history"))

            let undone = try await browser.submit(path + "/undos", from: path)
            #expect(undone.location == path)
            #expect(try await browser.get(path).text.contains("Undone by Ana Rivas"))
            #expect(try await browser.submit(path + "/undos", from: "/changes").status == .conflict)
            #expect(try await world.store.contact(id, in: world.workspace)?.person.name == "")
            #expect(try await browser.get("/changes/01HZY8V3K2M4N").status == .notFound)
        }
    }

    @Test func `nobody of another company is shown or changed`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await lucia(world)
            try await world.stranger(email: "luis@otra.mx")
            _ = try await browser.signIn(email: "luis@otra.mx")
            let path = "/contacts/\(id)"

            #expect(try await names(browser.get("/contacts")) == [])
            #expect(try await browser.get(path).status == .notFound)
            #expect(try await browser.get(path + "/history").status == .notFound)
            #expect(try await browser.submit(path + "/edits", [("name", "x")], from: "/contacts").status == .notFound)
        }
    }
}
