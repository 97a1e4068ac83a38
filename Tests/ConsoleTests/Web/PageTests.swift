import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

/// The pages with what a store really holds.
struct PageTests {
    @Test(
        arguments: [
            "/ledger", "/ledger?span=day", "/ledger?span=week", "/dead-letters", "/dead-letters?view=uncertain",
            "/dead-letters?view=overdue", "/dead-letters?view=crm&before=1.1", "/unrouted",
            "/unrouted?reason=unknownNumber",
            "/connections",
        ], [Language.english, .spanish])
    func `each page is there in both languages, empty and with something in it`(
        path: String, language: Language
    ) async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.store.setPreferences(
                language: language, theme: nil, of: world.ana, in: world.workspace)

            let empty = try await browser.get(path)
            try await world.deadLetter()
            try await world.receive([.unrouted(.unknownNumber, excerpt: "{\"a\":1}")])
            let full = try await browser.get(path)

            for answer in [empty, full] {
                #expect(answer.status == .ok)
                #expect(answer.text.contains("<html lang=\"\(language.rawValue)\""))
                #expect(answer.text.contains("aria-current=\"page\""))
            }
        }
    }

    @Test(arguments: [
        "/fragments/ledger?span=hour", "/fragments/dead-letters?view=crm", "/fragments/unrouted",
        "/fragments/connections", "/fragments/hooks", "/fragments/navigation?place=ledger", "/fragments/alarms",
    ])
    func `a fragment is a part, not a page`(path: String) async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.deadLetter()

            let answer = try await browser.get(path)

            #expect(answer.status == .ok)
            #expect(!answer.text.contains("<html"))
            #expect(answer.text.contains("id=\""))
        }
    }

    @Test func `the ledger shows what the store counted`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.write(wamid: "wamid.1")
            try await world.write(wamid: "wamid.1")
            try await world.write(wamid: "wamid.2")

            let text = try await browser.get("/ledger").text

            #expect(text.contains("Everything is accounted for"))
            #expect(text.contains("1 sent twice by Meta"))
        }
    }
}

struct DeadLetterPageTests {
    @Test func `a dead letter is told with its person, its reason and what the vendor said, escaped`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter()

            let text = try await browser.get("/dead-letters?open=\(job)").text

            #expect(text.contains("Message to Lucía Fernández"))
            #expect(text.contains("Check the number."))
            #expect(text.contains("(#131026) &lt;b&gt;Undeliverable&lt;/b&gt;"))
            #expect(text.contains("id=\"dead-letter-\(job)\""))
            #expect(text.contains("<details open>"))
        }
    }

    @Test func `trying again wakes it, says so once, and keeps the view`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter()

            let answer = try await browser.submit(
                "/dead-letters/retries", [("id", "\(job)")], from: "/dead-letters?view=customers")

            #expect(answer.status == .seeOther)
            #expect(answer.location == "/dead-letters?view=customers")
            #expect(try await world.store.deadLetter(job, in: world.workspace) == nil)
            let sentence = "1 is being tried again."
            #expect(try await browser.get("/dead-letters").text.contains(sentence))
            #expect(try await !browser.get("/dead-letters").text.contains(sentence))
        }
    }

    @Test func `many are dismissed at once, and one that is gone is passed over`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let first = try await world.deadLetter()
            let second = try await world.deadLetter("Otra vez")

            _ = try await browser.submit(
                "/dead-letters/dismissals",
                [("id", "\(first)"), ("id", "\(second)"), ("id", "0000000000001"), ("id", "nonsense")],
                from: "/dead-letters")

            #expect(try await browser.get("/dead-letters").text.contains("2 were dismissed."))
            #expect(try await world.store.deadLetterCounts(in: world.workspace).discarded.value == 0)
        }
    }

    @Test func `a wrong number is mended where the number was refused`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter(code: "131026")
            let path = "/dead-letters/\(job)/corrections"

            let wrong = try await browser.submit(path, [("phone", "not a number")], from: "/dead-letters")
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("value=\"not a number\""))
            #expect(wrong.text.contains("This is not a phone number."))
            #expect(wrong.text.contains("aria-invalid=\"true\""))

            let right = try await browser.submit(path, [("phone", "55 8765 4321")], from: "/dead-letters")
            #expect(right.status == .seeOther)
            #expect(try await world.store.deadLetter(job, in: world.workspace) == nil)
        }
    }

    @Test func `a text is mended where the text was refused`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter("Con error", code: "131009x")
            let path = "/dead-letters/\(job)/corrections"
            #expect(
                try await browser.submit(path, [("text", " ")], from: "/dead-letters").status == .unprocessableContent)

            #expect(try await browser.submit(path, [("text", "Sin error")], from: "/dead-letters").status == .seeOther)

            let list = try await world.store.conversations(ConversationQuery(), in: world.workspace)
            #expect(list.items.first?.preview == "Sin error — Ejemplo S.A.")
        }
    }

    @Test func `what may have been sent stands in a view of its own and is sent again only by a person`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter(code: "timeout", kind: .unknown, outcome: .uncertain)

            let view = try await browser.get("/dead-letters?view=uncertain").text
            #expect(view.contains("dead-letter-\(job)"))
            #expect(view.contains("The customer may get it twice."))
            #expect(try await !browser.get("/dead-letters").text.contains("dead-letter-\(job)"))

            #expect(view.contains("name=\"confirmed\" value=\"yes\""))

            _ = try await browser.submit(
                "/dead-letters/retries", [("id", "\(job)"), ("confirmed", "yes")], from: "/dead-letters?view=uncertain")
            #expect(try await !browser.get("/dead-letters?view=uncertain").text.contains("dead-letter-\(job)"))
        }
    }

    @Test func `many are tried again without those that may have been sent, and the page says so`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let certain = try await world.deadLetter()
            let uncertain = try await world.deadLetter(
                "Otra", code: "timeout", kind: .unknown, outcome: .uncertain)

            _ = try await browser.submit(
                "/dead-letters/retries", [("id", "\(certain)"), ("id", "\(uncertain)")], from: "/dead-letters")

            let text = try await browser.get("/dead-letters").text
            #expect(text.contains("1 is being tried again."))
            #expect(text.contains("1 that may have been sent was left alone"))
            #expect(try await world.store.deadLetter(uncertain, in: world.workspace)?.state == .uncertain)
        }
    }

    @Test func `a text whose window has closed offers a template instead of another refusal`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter(code: "131047")
            #expect(try await browser.get("/dead-letters?open=\(job)").text.contains("Try again</button></form>"))

            world.clock.move(.hours(25))
            _ = try await browser.signIn()

            let text = try await browser.get("/dead-letters?open=\(job)").text
            #expect(text.contains("?templates=all#composer"))
            #expect(text.contains("Send an approved template instead."))
            #expect(!text.contains("Try again</button></form>"))
        }
    }

    @Test func `a text of many lines is mended in a field of many lines`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter("Uno, de Ejemplo S.A.\nDos", code: "131009x")

            let text = try await browser.get("/dead-letters?open=\(job)").text
            #expect(text.contains(#/<textarea[^>]* maxlength="4096"[^>]*>\nUno, de Ejemplo S\.A\.\nDos</textarea>/#))

            _ = try await browser.submit(
                "/dead-letters/\(job)/corrections", [("text", "Uno\r\nTres")], from: "/dead-letters")
            let thread = try await browser.get(
                "/inbox/\(try #require(world.store.conversations(ConversationQuery(), in: world.workspace).items.first).id)"
            )
            #expect(thread.text.contains("Tres"))
        }
    }

    @Test func `a dead letter of another company is neither seen nor settled`() async throws {
        try await ConsoleWorld.run { world, browser in
            let job = try await world.deadLetter()
            try await world.stranger(email: "luis@otra.mx")
            _ = try await browser.signIn(email: "luis@otra.mx")

            #expect(try await !browser.get("/dead-letters?open=\(job)").text.contains("Lucía"))
            _ = try await browser.submit("/dead-letters/dismissals", [("id", "\(job)")], from: "/ledger")

            #expect(try await world.store.deadLetter(job, in: world.workspace) != nil)
        }
    }
}
