import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

struct AccountPageTests {
    @Test func `a new password needs the present one, keeps this browser and signs the others out`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let elsewhere = browser.stranger()
            _ = try await elsewhere.signIn()
            #expect(try await browser.get("/account").text.contains("1 other session is open."))

            let wrong = try await browser.submit(
                "/account/passwords", [("current", "no"), ("new", "nueva-contraseña")], from: "/account")
            let short = try await browser.submit(
                "/account/passwords", [("current", ConsoleWorld.password), ("new", "corta")], from: "/account")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("This is not your present password."))
            #expect(short.status == .unprocessableContent && short.text.contains("at least 10 characters"))
            #expect(try await elsewhere.get("/ledger").status == .ok)

            let right = try await browser.submit(
                "/account/passwords", [("current", ConsoleWorld.password), ("new", "nueva-contraseña")],
                from: "/account")

            #expect(right.location == "/account")
            #expect(try await browser.get("/account").text.contains("Your password is changed"))
            #expect(try await elsewhere.get("/ledger").status == .seeOther)
            #expect(try await elsewhere.signIn().status == .unprocessableContent)
            #expect(try await elsewhere.signIn(password: "nueva-contraseña").status == .seeOther)
        }
    }

    @Test func `who guesses the present password waits`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            for _ in 1...5 {
                _ = try await browser.submit(
                    "/account/passwords", [("current", "no"), ("new", "nueva-contraseña")], from: "/account")
            }

            let blocked = try await browser.submit(
                "/account/passwords", [("current", ConsoleWorld.password), ("new", "nueva-contraseña")],
                from: "/account")

            #expect(blocked.text.contains("Too many attempts."))
            #expect(try await browser.get("/account").status == .ok)
        }
    }

    @Test func `sessions left open elsewhere are ended`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let elsewhere = browser.stranger()
            _ = try await elsewhere.signIn()

            _ = try await browser.submit("/account/sessions", from: "/account")

            #expect(try await elsewhere.get("/ledger").status == .seeOther)
            #expect(try await browser.get("/account").text.contains("No other session is open."))
        }
    }
}

struct StaffPageTests {
    private func password(_ answer: Browser.Answer) throws -> String {
        try String(#require(answer.text.firstMatch(of: #/data-password>([^<]+)</#)).1)
    }

    private func id(_ email: String, _ world: ConsoleWorld) async throws -> StaffID {
        try #require(try await world.store.staff(email: email)).id
    }

    @Test func `somebody new is added, with a password that is shown once and works`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let added = try await browser.submit(
                "/staff", [("name", "Beto Solís"), ("email", "Beto@ejemplo.mx"), ("role", "agent")], from: "/staff")

            let password = try password(added)
            #expect(added.status == .ok && added.headers[.cacheControl] == "no-store")
            let list = try await browser.get("/staff").text
            #expect(list.contains("beto@ejemplo.mx") && !list.contains(password))
            let beto = browser.stranger()
            #expect(try await beto.signIn(email: "beto@ejemplo.mx", password: password).status == .seeOther)
            #expect(try await beto.get("/staff").status == .forbidden)
            #expect(try await !beto.get("/inbox").text.contains("href=\"/staff\""))
        }
    }

    @Test func `a mistake comes back with what was typed`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()

            let taken = try await browser.submit(
                "/staff", [("name", "Otra Ana"), ("email", "ana@ejemplo.mx"), ("role", "admin")], from: "/staff")

            #expect(taken.status == .unprocessableContent)
            #expect(taken.text.contains("Somebody signs in with this address already."))
            #expect(taken.text.contains("value=\"Otra Ana\"") && taken.text.contains("value=\"ana@ejemplo.mx\""))
        }
    }

    @Test func `a forgotten password is replaced, and a colleague is disabled and let in again`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn()
            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")
            let path = try await "/staff/\(id("beto@ejemplo.mx", world))"

            let reset = try await browser.submit(path + "/passwords", from: "/staff")
            #expect(try await beto.get("/inbox").status == .seeOther)
            let password = try password(reset)
            #expect(try await beto.signIn(email: "beto@ejemplo.mx", password: password).status == .seeOther)

            #expect(try await browser.submit(path + "/disablings", from: "/staff").location == "/staff")
            #expect(try await beto.get("/inbox").status == .seeOther)
            #expect(
                try await beto.signIn(email: "beto@ejemplo.mx", password: password).status == .unprocessableContent)

            _ = try await browser.submit(path + "/enablings", from: "/staff")
            #expect(try await beto.signIn(email: "beto@ejemplo.mx", password: password).status == .seeOther)
        }
    }

    @Test func `a colleague becomes administrator and agent again, from the next request on`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn()
            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")
            let path = try await "/staff/\(id("beto@ejemplo.mx", world))/roles"

            #expect(try await browser.get("/staff").text.contains("Make administrator"))
            #expect(try await browser.submit(path, [("role", "boss")], from: "/staff").status == .unprocessableContent)
            #expect(try await browser.submit(path, [("role", "admin")], from: "/staff").location == "/staff")
            #expect(try await browser.get("/staff").text.contains("Make agent"))
            #expect(try await beto.get("/staff").status == .ok)

            _ = try await browser.submit(path, [("role", "agent")], from: "/staff")
            #expect(try await beto.get("/staff").status == .forbidden)
        }
    }

    @Test func `nobody locks themselves out, and agents change nobody`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn()
            let ana = try await browser.submit("/staff/\(world.ana)/disablings", from: "/staff")
            #expect(ana.status == .conflict)
            let role = try await browser.submit("/staff/\(world.ana)/roles", [("role", "agent")], from: "/staff")
            #expect(role.status == .conflict)

            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")
            let paths = ["passwords", "disablings", "roles"].map { "/staff/\(world.ana)/\($0)" }
            for path in ["/staff"] + paths {
                #expect(
                    try await beto.submit(path, [("name", "X"), ("email", "x@ejemplo.mx")], from: "/account").status
                        == .forbidden)
            }
            #expect(try await world.store.staff(in: world.workspace).allSatisfy { $0.disabledAt == nil })
        }
    }

    @Test func `a colleague of another company is not found`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.stranger(email: "luis@otra.mx")
            _ = try await browser.signIn()
            let path = try await "/staff/\(id("luis@otra.mx", world))/passwords"

            #expect(try await browser.submit(path, from: "/staff").status == .notFound)
        }
    }
}
