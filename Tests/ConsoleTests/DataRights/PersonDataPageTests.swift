import Domain
import Foundation
import HTTPTypes
import Pipeline
import Store
import Testing

@testable import Console

extension ConsoleWorld {
    /// What the clock does beside the console.
    var rights: DataRightsWork {
        DataRightsWork(store: store, folder: parts.media, bodyPatience: .zero, logger: parts.logger)
    }

    func lucia() async throws -> ContactID {
        try await write()
        return try #require(try await store.contacts(in: workspace).items.first).person.id
    }

    func audit(_ query: AuditQuery = AuditQuery()) async throws -> [String] {
        try await store.audit(query, in: workspace).items.map(\.event)
    }
}

@Suite struct `The page of a person's data` {
    @Test func `says what is kept, for how long, and who looked at it`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            _ = try await browser.signIn()
            let conversation = try #require(
                try await world.store.conversations(.init(), in: world.workspace).items.first)
            _ = try await browser.get("/inbox/\(conversation.id)")

            let page = try await browser.get("/contacts/\(lucia)/data")

            #expect(page.status == .ok)
            #expect(page.text.contains("Data of Lucía Fernández") && page.text.contains("Erase this person"))
            #expect(page.text.contains("Ana Rivas") && page.text.contains("looked at a contact"))
            // Once, though it was seen twice.
            #expect(try await world.audit(.init(kind: .seen)) == ["contact.seen"])
        }
    }

    @Test func `is for agents to look at, and not to act upon`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")

            let page = try await browser.get("/contacts/\(lucia)/data")
            #expect(page.status == .ok && !page.text.contains("Erase for good") && !page.text.contains("All entries"))
            for path in ["/contacts/\(lucia)/exports", "/contacts/\(lucia)/erasures", "/retention"] {
                let answer = try await browser.submit(path, [("confirmation", "5678")], from: "/inbox")
                #expect(answer.status == .forbidden, "\(path)")
            }
            for path in ["/audit", "/audit.csv", "/retention", "/exports/\(lucia)", "/erasures/\(lucia)"] {
                #expect(try await browser.get(path).status == .forbidden, "\(path)")
            }
        }
    }

    @Test func `gives a copy as a file, and writes down who asked for it and who took it`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            _ = try await browser.signIn()
            let asked = try await browser.submit("/contacts/\(lucia)/exports", from: "/contacts/\(lucia)/data")
            #expect(asked.status == .seeOther && asked.location == "/contacts/\(lucia)/data")
            let waiting = try await browser.get("/contacts/\(lucia)/data").text
            #expect(waiting.contains("The copy is being made.") && waiting.contains("every 1s"))

            await world.rights.export()

            let list = try await browser.get("/fragments/contacts/\(lucia)/exports").text
            let path = try #require(list.firstMatch(of: #/href="(/exports/[^"]+)"/#)).1
            #expect(!list.contains("every 1s"))
            let file = try await browser.get(String(path))
            #expect(file.status == .ok && file.bytes.starts(with: Array("PK".utf8)))
            #expect(file.headers[.contentType] == "application/zip")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"person-\(lucia).zip\"")
            #expect(file.headers[.cacheControl] == "no-store")
            #expect(try await world.audit(.init(kind: .exported)) == ["contact.export_taken", "contact.exported"])
        }
    }

    @Test func `erases whom was named, and shows what went`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            _ = try await browser.signIn()
            let from = "/contacts/\(lucia)/data"
            let wrong = try await browser.submit("/contacts/\(lucia)/erasures", [("confirmation", "Lucas")], from: from)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("Nobody was erased.") && wrong.text.contains("value=\"Lucas\""))
            #expect(try await browser.submit("/contacts/\(lucia)/erasures", from: from).status == .unprocessableContent)

            let right = try await browser.submit(
                "/contacts/\(lucia)/erasures", [("confirmation", " lucia fernandez"), ("crm", "delete")], from: from)

            #expect(right.status == .seeOther)
            let path = try #require(right.location)
            #expect(try await browser.get(path).text.contains("The person is gone from every page and list."))
            #expect(try await browser.get(from).status == .notFound)
            #expect(try await !browser.get("/inbox").text.contains("Lucía"))
            await world.rights.erase()
            let report = try await browser.get(path).text
            #expect(report.contains("All of it is gone.") && report.contains("Erased by Ana Rivas"))
            #expect(!report.contains("Lucía"))
            #expect(try await browser.get("/audit?contact=\(lucia)").text.contains("href=\"\(path)\""))
        }
    }

    @Test func `takes the last digits of the number instead of the name`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            _ = try await browser.signIn()
            let answer = try await browser.submit(
                "/contacts/\(lucia)/erasures", [("confirmation", "5678")], from: "/contacts/\(lucia)/data")
            #expect(answer.status == .seeOther)
        }
    }

    @Test func `of another company is not there`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            try await world.stranger(email: "luis@otra.mx")
            _ = try await browser.signIn(email: "luis@otra.mx")

            #expect(try await browser.get("/contacts/\(lucia)/data").status == .notFound)
            let answer = try await browser.submit(
                "/contacts/\(lucia)/erasures", [("confirmation", "5678")], from: "/inbox")
            #expect(answer.status == .notFound)
            #expect(try await world.store.contact(lucia, in: world.workspace) != nil)
        }
    }
}

@Suite struct `The audit trail` {
    @Test func `is filtered by what, who, whom and which day`() async throws {
        try await ConsoleWorld.run { world, browser in
            let lucia = try await world.lucia()
            _ = try await browser.signIn()
            _ = try await browser.get("/contacts/\(lucia)/data")
            world.clock.move(.days(1))
            _ = try await browser.signIn()
            try await world.store.note(.contactsExported, of: 1, by: "ops", in: world.workspace)

            #expect(try await browser.get("/audit").text.contains("exported a list of contacts"))
            let ofDay = try await browser.get("/audit?day=2026-11-18").text
            #expect(ofDay.contains("looked at a contact") && !ofDay.contains("exported a list of contacts"))
            let ofKind = try await browser.get("/audit?kind=access").text
            #expect(ofKind.contains("signed in") && !ofKind.contains("looked at a contact"))
            let ofActor = try await browser.get("/audit?actor=ops").text
            #expect(ofActor.contains("exported a list") && !ofActor.contains("<span>signed in"))
            let ofPerson = try await browser.get("/audit?contact=\(lucia)").text
            #expect(ofPerson.contains("Only entries about") && !ofPerson.contains("exported a list of contacts"))
            #expect(try await browser.get("/audit?day=tomorrow&kind=x&contact=y").status == .ok)
        }
    }

    @Test func `leaves as a file that no spreadsheet program runs, which is written down`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.store.note(.contactSeen, of: 1, by: "=cmd()", in: world.workspace)

            let file = try await browser.get("/audit.csv")

            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.text.contains("Time (UTC),Who,Event,What,Contact"))
            #expect(file.text.contains("'=cmd()"))
            #expect(try await world.audit(.init(kind: .exported)) == ["audit.exported"])
        }
    }
}

@Suite struct `The page of data retention` {
    @Test func `tries rules, saves them, and says what is wrong with one`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await world.lucia()
            world.clock.move(.days(60))
            _ = try await browser.signIn()
            func send(_ days: String, _ what: String) async throws -> Browser.Answer {
                try await browser.submit(
                    "/retention",
                    [
                        ("messages", days), ("media", ""), ("contacts", ""), ("audit", "365"), ("imports", "30"),
                        ("do", what),
                    ],
                    from: "/retention")
            }
            let tried = try await send("30", "preview")
            #expect(tried.status == .ok && tried.text.contains("1 messages would go now."))
            #expect(try await world.store.retentionRules(in: world.workspace) == RetentionRules())
            let wrong = try await send("3", "save")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("whole number of days from 7 to 3650"))
            #expect(wrong.text.contains("value=\"3\""))

            #expect(try await send("30", "save").location == "/retention")

            #expect(try await world.store.retentionRules(in: world.workspace)[.messages] == 30)
            #expect(try await browser.get("/retention").text.contains("value=\"30\""))
        }
    }

    @Test func `leaves what puente.yaml says`() async throws {
        let settings: (inout ConsoleSettings) -> Void = {
            $0.retention.messages = .days(100)
            $0.retention.written = [.messages]
        }
        try await ConsoleWorld.run(settings: settings) { world, browser in
            _ = try await browser.signIn()
            let page = try await browser.get("/retention").text
            #expect(page.contains("100 days") && page.contains("Set in puente.yaml"))
            #expect(!page.contains("name=\"messages\""))

            _ = try await browser.submit(
                "/retention", [("messages", "10"), ("audit", "365"), ("imports", "30"), ("do", "save")],
                from: "/retention")
            #expect(try await world.store.retentionRules(in: world.workspace)[.messages] == nil)
        }
    }
}
