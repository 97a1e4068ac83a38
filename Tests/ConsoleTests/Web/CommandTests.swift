import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

/// What holds for every command and every page.
struct CommandTests {
    @Test func `a command without the session's token changes nothing`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter()

            let forgeries: [[(String, String)]] = [[], [("csrf", "")], [("csrf", "form_other")]]
            for fields in forgeries {
                let answer = try await browser.post("/dead-letters/retries", fields + [("id", "\(job)")])
                #expect(answer.status == .forbidden)
                #expect(answer.text.contains("<h1>"))
            }
            #expect(try await world.store.deadLetter(job, in: world.workspace) != nil)
        }
    }

    @Test func `the token may come in a header, as scripts send it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter()
            let token = try await browser.get("/dead-letters").token ?? ""

            let name = try #require(HTTPField.Name("X-CSRF-Token"))
            let answer = try await browser.post("/dead-letters/retries", [("id", "\(job)")], [name: token])

            #expect(answer.status == .seeOther)
        }
    }

    @Test func `the token of one session does not fit another`() async throws {
        try await ConsoleWorld.run { _, browser in
            let other = browser.stranger()
            _ = try await browser.signIn()
            _ = try await other.signIn()
            let token = try await other.get("/ledger").token ?? ""

            #expect(try await browser.post("/sign-out", [("csrf", token)]).status == .forbidden)
        }
    }

    @Test(arguments: ["/ledger", "/dead-letters", "/unrouted", "/connections"])
    func `a stranger sees no page and gets no fragment`(path: String) async throws {
        try await ConsoleWorld.run { _, browser in
            let page = try await browser.get(path)
            #expect(page.status == .seeOther)
            #expect(page.location?.hasPrefix("/sign-in?next=") == true)
            #expect(try await browser.get("/fragments" + path).status == .unauthorized)
            #expect(try await browser.post(path + "/x", [("csrf", "x")]).status != .ok)
        }
    }

    @Test(arguments: ["/sign-in", "/ledger", "/nowhere", "/dead-letters/06VSB000000A1"])
    func `every page is guarded by headers and kept by no cache`(path: String) async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            for visitor in [browser, browser.stranger()] {
                let answer = try await visitor.get(path)
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.strictTransportSecurity] == nil)
            }
        }
    }

    @Test func `an address that nobody has is a page for people and stays plain for programs`() async throws {
        try await ConsoleWorld.run { _, browser in
            let people = try await browser.get("/nowhere")
            #expect(people.status == .notFound)
            #expect(people.text.contains("<h1>"))

            let program = try await browser.get("/api/v1/nowhere")
            #expect(program.status == .notFound)
            #expect(!program.text.contains("<h1>"))
        }
    }

    @Test(arguments: [
        ("/imports/0000000000001/checks", "/imports/0000000000001"),
        ("/contacts/0000000000001/consent/entries", "/contacts/0000000000001/consent"),
        ("/contacts/0000000000001/erasures", "/contacts/0000000000001/data"), ("/labels/0000000000001", "/labels"),
        ("/segments/0000000000001/deletions?x=1", "/segments/0000000000001"), ("/bulk/drafts", "/contacts"),
    ])
    func `the address of a command, loaded as a page, leads to the page that it is of`(
        address: String, page: String
    ) async throws {
        try await ConsoleWorld.run { (_, browser) async throws in
            _ = try await browser.signIn()

            let answer = try await browser.get(address)

            #expect(answer.status == .seeOther && answer.location == page)
            #expect(try await browser.get("/sign-out").status == .notFound)
            #expect(try await browser.get("/fragments/segments/editor").status == .notFound)
        }
    }

    @Test func `a form that is too large is refused with its sentence`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let token = try await browser.get("/ledger").token ?? ""
            let answer = try await browser.post(
                "/dead-letters/retries", [("csrf", token), ("id", String(repeating: "x", count: 100_000))])

            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func `a script that is refused gets the sentence to say, and nothing to put in place of the page`()
        async throws
    {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")
            let token = try await browser.get("/connections").token ?? ""
            let number = try #require(try await world.store.numberAccounts().first).id

            let name = try #require(HTTPField.Name("HX-Request"))
            let answer = try await browser.post(
                "/connections/\(number)/pauses", [("csrf", token)], [name: "true"])

            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("<p data-sentence>Only an administrator may do this."))
            #expect(!answer.headers.contains { $0.name.rawName.lowercased().hasPrefix("hx-") })
        }
    }

    @Test func `language and theme are kept with the person and the browser`() async throws {
        try await ConsoleWorld.run { world, browser in
            let before = try await browser.submit(
                "/preferences", [("language", "es"), ("return", "/sign-in")], from: "/sign-in")
            #expect(before.location == "/sign-in")
            #expect(try await browser.get("/sign-in").text.contains("<html lang=\"es\""))

            _ = try await browser.signIn()
            let after = try await browser.submit(
                "/preferences", [("theme", "dark"), ("return", "//evil.example")], from: "/ledger")

            #expect(after.location == "/")
            #expect(try await browser.get("/ledger").text.contains("data-theme=\"dark\""))
            #expect(try await world.store.staff(email: "ana@ejemplo.mx")?.theme == "dark")
        }
    }

    @Test func `times are in the zone that the browser names`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.deadLetter()
            #expect(try await browser.get("/dead-letters").text.contains("23:02"))

            browser.setCookie("puente_zone", "America%2FMexico_City")

            #expect(try await browser.get("/dead-letters").text.contains("17:02"))
        }
    }
}
