import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

struct UnroutedPageTests {
    private func onlyEntry(_ world: ConsoleWorld) async throws -> UnroutedEntry {
        try #require(try await world.store.unrouted(UnroutedQuery(), in: world.workspace).items.first)
    }

    @Test func `an entry shows its reason, and its whole body as plain text`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive(
                [.unrouted(.unknownNumber, excerpt: "<script>")], body: "{\"x\":\"<script>alert(1)</script>\"}")
            let entry = try await onlyEntry(world)

            let page = try await browser.get("/unrouted")
            #expect(page.text.contains("&lt;script&gt;") && !page.text.contains("<pre class=\"vendor-text\"><script"))
            #expect(page.text.contains("/unrouted/\(entry.id)/body"))

            let body = try await browser.get("/unrouted/\(entry.id)/body")
            #expect(body.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(body.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
            #expect(body.text == "{\"x\":\"<script>alert(1)</script>\"}")
        }
    }

    @Test func `routing again hands the body to the interpreter`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownNumber, excerpt: "{}")])
            let entry = try await onlyEntry(world)

            let answer = try await browser.submit("/unrouted/routings", [("id", "\(entry.id)")], from: "/unrouted")

            #expect(answer.location == "/unrouted")
            #expect(try await browser.get("/unrouted").text.contains("1 is being routed again."))
            #expect(try await world.store.claimBodies(limit: 10, node: world.lease.number).count == 1)
        }
    }

    @Test func `an entry whose body is gone says so`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownNumber, excerpt: "{}")])
            let entry = try await onlyEntry(world)
            try await world.store.database.write(on: .work) { try $0.execute("DELETE FROM intake", [:]) }

            let answer = try await browser.submit("/unrouted/routings", [("id", "\(entry.id)")], from: "/unrouted")

            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("cannot be routed again"))
            #expect(try await browser.get("/unrouted/\(entry.id)/body").status == .notFound)
        }
    }

    @Test func `dismissing takes it out of the list`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownField, excerpt: "{}")])
            let entry = try await onlyEntry(world)

            _ = try await browser.submit("/unrouted/dismissals", [("id", "\(entry.id)")], from: "/unrouted")

            #expect(try await browser.get("/unrouted").text.contains("1 was dismissed."))
            #expect(try await world.store.unrouted(UnroutedQuery(), in: world.workspace).items.isEmpty)
        }
    }
}

struct ConnectionPageTests {
    private func numberID(_ world: ConsoleWorld) async throws -> NumberID {
        try #require(try await world.store.numberAccounts().first).id
    }

    @Test func `the cards show no secret`() async throws {
        try await ConsoleWorld.run {
            $0.publicURL = "http://puente.lan"
        } _: { _, browser in
            _ = try await browser.signIn()
            let text = try await browser.get("/connections").text

            #expect(text.contains("106540352242922") && text.contains("http://puente.lan/webhooks/whatsapp/main"))
            #expect(text.contains("HubSpot") && text.contains("api.hubapi.com"))
            #expect(!text.contains("access_token"))
        }
    }

    @Test func `a live check is shown with what it found`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let id = try await numberID(world)
            let crm = try #require(try await world.store.connectionAccounts().first).id

            #expect(
                try await browser.submit("/connections/\(id)/checks", from: "/connections").location == "/connections")
            _ = try await browser.submit("/connections/\(crm)/checks", from: "/connections")

            let text = try await browser.get("/connections").text
            #expect(text.contains("is-passed") && text.contains("Access token"))
            #expect(text.contains("is-failed") && text.contains("Reach") && text.contains("Failing"))
        }
    }

    @Test func `a paused number says by whom, and goes on when it is resumed`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let id = try await numberID(world)

            _ = try await browser.submit("/connections/\(id)/pauses", from: "/connections")
            let paused = try await browser.get("/connections").text
            #expect(
                paused.contains("Ana Rivas paused “principal”.") && paused.contains("/connections/\(id)/resumptions"))
            #expect(try await world.store.pauses().count == 1)
            #expect(try await browser.get("/fragments/alarms").text.contains("paused “principal”"))

            let late = CallFailure(
                kind: .accountWide, code: "190", scope: .number, vendorText: "",
                advice: LocalizedText(en: "A new token.", es: "Un token nuevo."))
            try await world.store.pause(
                .number, key: "106540352242922", in: world.workspace, failure: late, until: nil)
            #expect(try await world.store.pauses().first?.isByPerson == true)

            _ = try await browser.submit("/connections/\(id)/resumptions", from: "/connections")
            #expect(try await world.store.pauses().isEmpty)
            #expect(try await world.store.navigation(in: world.workspace).alarms.isEmpty)
            #expect(try await browser.get("/connections").text.contains("The connection goes on."))
        }
    }

    @Test func `only an administrator stops or releases anything`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")
            let id = try await numberID(world)

            for path in ["/connections/\(id)/pauses", "/connections/\(id)/resumptions", "/connections/releases"] {
                #expect(
                    try await browser.submit(path, [("confirmed", "yes")], from: "/connections").status == .forbidden)
            }
            #expect(try await browser.submit("/connections/\(id)/checks", from: "/connections").status == .seeOther)
            #expect(try await world.store.pauses().isEmpty)
        }
    }

    @Test func `a restored installation is released by who has looked`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await RestoreHold(world.store.database, ids: world.store.ids).apply(
                backupAt: world.clock.now - .hours(18), now: world.clock.now)
            _ = try await browser.signIn()
            #expect(try await browser.get("/connections").text.contains("Messages to customers are held"))

            let blind = try await browser.submit("/connections/releases", from: "/connections")
            #expect(blind.status == .unprocessableContent)
            #expect(try await world.store.connectionsOverview(in: world.workspace).held != nil)

            let seen = try await browser.submit("/connections/releases", [("confirmed", "yes")], from: "/connections")
            #expect(seen.status == .seeOther)
            #expect(try await world.store.connectionsOverview(in: world.workspace).held == nil)
            #expect(try await !browser.get("/connections").text.contains("Messages to customers are held"))
        }
    }

    @Test func `a connection that nobody has is not found`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            #expect(
                try await browser.submit("/connections/06VSB000000A1/checks", from: "/connections").status == .notFound)
        }
    }
}
