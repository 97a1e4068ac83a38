import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `What sync did` {
    private static let log = "/connections/hubspot/changes"

    @Test func `stands in the log with both values, and is put back by itself`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.map(.note)
            let contact = try await world.linkedContact()
            try await world.compare(contact, ["f": "Cliente <VIP>"])
            _ = try await browser.signIn()

            let page = try await browser.get(Self.log).text
            #expect(page.contains("Cliente &lt;VIP&gt;") && page.contains("Lucía Fernández"))
            let change = try #require(try await world.store.syncChanges(.init(), in: world.workspace).items.first)
            let done = try await browser.submit(
                "/connections/hubspot/put-backs", [("id", "\(change.id)")], from: Self.log)

            #expect(done.status == .seeOther && done.location == Self.log)
            #expect(try await world.note(of: contact) == "")
            let after = try await browser.get(Self.log).text
            #expect(after.contains("Put back by Ana Rivas"))
        }
    }

    @Test func `is under a word that the connection is paused, why, and with a way to resume it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let crm = try #require(try await world.store.connectionAccounts().first).id

            #expect(try await !browser.get("/connections/hubspot").text.contains("Paused since"))
            _ = try await browser.submit("/connections/\(crm)/pauses", from: "/connections")

            for path in ["/connections/hubspot", "/fragments/connections/hubspot"] {
                let text = try await browser.get(path).text
                #expect(text.contains("Paused since") && text.contains("Ana Rivas paused"))
                #expect(text.contains("/connections/\(crm)/resumptions"))
            }
        }
    }

    @Test func `is put back for one person after a look at the counts`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.map(.note)
            let contact = try await world.linkedContact()
            try await world.compare(contact, ["f": "Uno"])
            try await world.compare(contact, ["f": "Dos"])
            _ = try await browser.signIn()
            let path = "/connections/hubspot/put-backs"

            let asked = try await browser.get("\(path)?contact=\(contact)").text
            #expect(asked.contains("1 field of 1 contact, in 2 changes."))
            let done = try await browser.submit(path, [("contact", "\(contact)")], from: "\(path)?contact=\(contact)")
            let result = try await browser.get(try #require(done.location)).text

            #expect(result.contains("1 field of 1 contact put back"))
            #expect(try await world.note(of: contact) == "")
        }
    }

    @Test func `that cannot be put back stays, with the reason`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.map(.note)
            let contact = try await world.linkedContact()
            try await world.compare(contact, ["f": "Uno"])
            try await world.map(MappingRow(local: .name, remote: "g", direction: .both, rule: .crmWins))
            _ = try await browser.signIn()
            let change = try #require(try await world.store.syncChanges(.init(), in: world.workspace).items.first)

            let done = try await browser.submit(
                "/connections/hubspot/put-backs", [("id", "\(change.id)")], from: Self.log)
            let result = try await browser.get(try #require(done.location)).text

            #expect(result.contains("The field is not mapped any more."))
            #expect(try await world.note(of: contact) == "Uno")
        }
    }

    @Test func `of some days is for administrators, and asks for a day`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let path = "/connections/hubspot/put-backs"
            #expect(try await browser.get(path).status == .unprocessableContent)
            #expect(try await browser.get("\(path)?from=2026-11-17").text.contains("nothing to put back"))
        }
    }

    @Test func `of some days is ended by administrators, too`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")

            let stop = try await browser.submit("/connections/hubspot/put-backs/1/stops", from: "/inbox")

            #expect(stop.status == .forbidden)
        }
    }

    @Test func `is filtered by person, field, kind and day`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.map(.note)
            let contact = try await world.linkedContact()
            try await world.compare(contact, ["f": "Cliente"])
            _ = try await browser.signIn()

            for filter in ["contact=\(contact)", "field=note", "kind=taken", "from=2026-11-17&to=2026-11-19"] {
                #expect(try await browser.get("\(Self.log)?\(filter)").text.contains("Cliente"), "\(filter)")
            }
            for filter in ["field=email", "kind=given", "to=2026-11-10"] {
                let page = try await browser.get("\(Self.log)?\(filter)").text
                #expect(page.contains("Nothing that fits"), "\(filter)")
            }
        }
    }

    @Test func `waits for a decision with an alarm, and is decided for both sides`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.map(.askedNote)
            let contact = try await world.linkedContact()
            try await world.compare(contact, ["f": "Uno"])
            _ = try await world.store.editContact(
                contact, ContactEdit(note: "Dos"), by: "Ana Rivas", in: world.workspace)
            try await world.compare(contact, ["f": "Tres"])
            _ = try await browser.signIn()
            let path = "/connections/hubspot/conflicts"

            let page = try await browser.get(path).text
            #expect(page.contains("Dos") && page.contains("Tres") && page.contains("Uno"))
            #expect(try await browser.get("/inbox").text.contains("says different things in Puente and HubSpot"))
            #expect(try await browser.get("/contacts/\(contact)").text.contains("1 field to decide"))
            let conflict = try #require(
                try await world.store.syncConflicts(in: world.workspace).items.first)

            let blank = try await browser.submit(
                "\(path)/resolutions", [("id", "\(conflict.id)"), ("choice", "value"), ("value", " ")], from: path)
            #expect(blank.status == .unprocessableContent)
            let done = try await browser.submit(
                "\(path)/resolutions", [("id", "\(conflict.id)"), ("choice", "theirs")], from: path)

            #expect(done.location == path)
            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 0)
            #expect(try await browser.get(path).text.contains("1 decided"))
        }
    }

    @Test func `leads from the card to the health of the connection, where everything is compared`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.map(.note)
            _ = try await browser.signIn()
            #expect(try await browser.get("/connections").text.contains("href=\"/connections/hubspot\""))

            let page = try await browser.get("/connections/hubspot")
            #expect(page.status == .ok && page.text.contains("80 of 100 in"))
            #expect(page.text.contains("Every 5\u{202F}min"))
            let done = try await browser.submit("/connections/hubspot/comparisons", from: "/connections/hubspot")

            #expect(done.location == "/connections/hubspot")
            #expect(try await browser.get("/connections/hubspot").text.contains("Everything is compared from now on."))
            #expect(try await browser.get("/connections/nobody").status == .notFound)
        }
    }
}
