import Domain
import Foundation
import HTTPTypes
import Secrets
import Store
import Testing

@testable import Console

struct SignInTests {
    @Test func `the right password opens the inbox, and a new session each time`() async throws {
        try await ConsoleWorld.run { _, browser in
            let first = try await browser.signIn()
            let session = browser.cookies["puente_session"]
            #expect(first.status == .seeOther)
            #expect(first.location == "/inbox")

            let again = try await browser.stranger().signIn()

            let lines = again.headers[values: .setCookie].joined(separator: "\n")
            #expect(lines.contains("HttpOnly") && lines.contains("SameSite=Lax"))
            #expect(!lines.contains("Secure"))
            #expect(session != nil && !lines.contains(session ?? ""))
        }
    }

    @Test func `a wrong password and an unknown address get the same answer`() async throws {
        try await ConsoleWorld.run { _, browser in
            let wrong = try await browser.signIn(password: "wrong")
            let unknown = try await browser.stranger().signIn(email: "nobody@ejemplo.mx", password: "wrong")

            #expect(wrong.status == .unprocessableContent)
            #expect(unknown.status == .unprocessableContent)
            #expect(wrong.text.contains("sign-in-problem"))
            let sentence = #/id="sign-in-problem".*/#
            #expect(
                wrong.text.firstMatch(of: sentence)?.output == unknown.text.firstMatch(of: sentence)?.output)
            #expect(browser.cookies["puente_session"] == nil)
        }
    }

    @Test func `the address that was typed is still there after a mistake, the password is not`() async throws {
        try await ConsoleWorld.run { _, browser in
            let answer = try await browser.signIn(password: "no-es-esta")

            #expect(answer.text.contains("value=\"ana@ejemplo.mx\""))
            #expect(!answer.text.contains("no-es-esta"))
        }
    }

    @Test func `who keeps guessing waits, even with the right password, and then comes in`() async throws {
        try await ConsoleWorld.run { world, browser in
            for _ in 1...5 { _ = try await browser.signIn(password: "wrong") }

            let blocked = try await browser.signIn()
            #expect(blocked.status == .tooManyRequests)
            #expect(blocked.headers[.retryAfter] == "2")

            world.clock.move(.seconds(3))
            #expect(try await browser.signIn().status == .seeOther)
        }
    }

    @Test func `one address that tries many accounts waits as well`() async throws {
        try await ConsoleWorld.run { _, browser in
            for number in 1...30 {
                _ = try await browser.signIn(email: "guess\(number)@ejemplo.mx", password: "wrong")
            }

            #expect(try await browser.signIn().status == .tooManyRequests)
        }
    }

    @Test func `a disabled person cannot come in, and is out at once`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            let beto = try #require(try await world.store.staff(email: "beto@ejemplo.mx"))
            _ = try await browser.signIn(email: beto.email)
            try await world.store.setDisabled(true, staff: beto.id, in: world.workspace)

            #expect(try await browser.get("/ledger").status == .seeOther)
            #expect(try await browser.stranger().signIn(email: beto.email).status == .unprocessableContent)
        }
    }

    @Test func `without the token of this browser nobody is signed in`() async throws {
        try await ConsoleWorld.run { _, browser in
            let fields = [("email", "ana@ejemplo.mx"), ("password", ConsoleWorld.password)]

            let bare = try await browser.post("/sign-in", fields)
            _ = try await browser.get("/sign-in")
            let wrong = try await browser.post("/sign-in", [("csrf", "door_of-another-browser")] + fields)

            #expect(bare.status == .unprocessableContent)
            #expect(wrong.status == .unprocessableContent)
            #expect(browser.cookies["puente_session"] == nil)
        }
    }

    @Test func `a form that another site sends is refused, token or not`() async throws {
        try await ConsoleWorld.run { _, browser in
            let token = try await browser.get("/sign-in").token ?? ""
            let answer = try await browser.post(
                "/sign-in", [("csrf", token), ("email", "ana@ejemplo.mx"), ("password", ConsoleWorld.password)],
                [.fetchSite: "cross-site"])

            #expect(answer.status == .unprocessableContent)
        }
    }

    @Test func `a page asked for before signing in comes after it`() async throws {
        try await ConsoleWorld.run { _, browser in
            let sent = try await browser.get("/dead-letters?view=crm")
            #expect(sent.location == "/sign-in?next=%2Fdead-letters%3Fview%3Dcrm")
            #expect(try await browser.get(sent.location ?? "").text.contains("value=\"/dead-letters?view=crm\""))

            let entered = try await browser.signIn(next: "/dead-letters?view=crm")

            #expect(entered.location == "/dead-letters?view=crm")
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=y",
        "inbox", "",
    ])
    func `no other place is gone to after signing in`(next: String) async throws {
        try await ConsoleWorld.run { (_, browser) async throws in
            #expect(try await browser.signIn(next: next).location == "/inbox")
        }
    }

    @Test func `signing out ends the session on the server`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let session = browser.cookies["puente_session"] ?? ""

            let out = try await browser.submit("/sign-out", from: "/ledger")

            #expect(out.location == "/sign-in")
            browser.setCookie("puente_session", session)
            let back = try await browser.get("/ledger")
            #expect(back.status == .seeOther)
            #expect(back.location?.contains("ended=yes") == true)
        }
    }

    @Test func `an idle session ends`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            world.clock.move(.hours(11))
            #expect(try await browser.get("/ledger").status == .ok)
            world.clock.move(.hours(13))

            #expect(try await browser.get("/ledger").status == .seeOther)
            #expect(try await browser.get("/fragments/ledger").status == .unauthorized)
            #expect(try await browser.get("/events").status == .unauthorized)
        }
    }

    @Test func `over https cookies are secure and bound to the host`() async throws {
        try await ConsoleWorld.run {
            $0.publicURL = "https://puente.ejemplo.mx"
        } _: { _, browser in
            let answer = try await browser.signIn()

            let lines = answer.headers[values: .setCookie]
            #expect(lines.contains { $0.hasPrefix("__Host-puente_session=") && $0.contains("Secure") })
            #expect(answer.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test func `a hash of another cost is renewed when its owner signs in`() async throws {
        try await ConsoleWorld.run { world, browser in
            let costly = try await PasswordHasher(cost: .standard).hash(ConsoleWorld.password)
            try await world.store.setPassword(costly, of: world.ana, in: world.workspace)

            _ = try await browser.signIn()

            let hash = try await world.store.staff(email: "ana@ejemplo.mx")?.passwordHash
            #expect(hash?.rawValue.contains("m=19456") == true)
            #expect(try await browser.stranger().signIn().status == .seeOther)
        }
    }

    @Test func `the demonstration shows how to come in`() async throws {
        try await ConsoleWorld.run {
            $0.demo = .init(email: "ana@example.com", password: "p4ss")
        } _: { _, browser in
            let text = try await browser.get("/sign-in").text

            #expect(text.contains("<code>ana@example.com</code>") && text.contains("<code>p4ss</code>"))
        }
    }
}
