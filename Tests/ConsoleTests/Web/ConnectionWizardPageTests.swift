import Domain
import HTTPTypes
import Pipeline
import Store
import Testing

@testable import Console

struct ConnectionWizardPageTests {
    private static let odoo = [
        ("name", "odoo"), ("base_url", "https://ejemplo.odoo.com/"), ("token", "key-1"), ("database", "ejemplo"),
        ("username", ""), ("webhook_secret", "0123456789abcdef-X"), ("expires_on", "2027-03-31"),
    ]

    private static func odoo(_ changes: [String: String] = [:], do command: String) -> [(String, String)] {
        odoo.map { ($0.0, changes[$0.0] ?? $0.1) } + [("do", command)]
    }

    private static let new = "/connections/new/odoo"

    private func made(_ world: ConsoleWorld) async throws -> ConnectionSummary {
        try #require(try await world.store.connections(in: world.workspace).first { $0.name == "odoo" })
    }

    private func secrets(_ world: ConsoleWorld) async throws -> String? {
        try await world.store.connectionAccounts().first { $0.slug == "odoo" }?.secrets
    }

    @Test func `every CRM has its page, with what to click and what to paste`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()

            let kinds = try await browser.get("/connections/new").text
            for kind in ConnectorKind.allCases {
                #expect(kinds.contains("href=\"/connections/new/\(kind.rawValue)\""))
                let page = try await browser.get("/connections/new/\(kind.rawValue)")
                #expect(page.status == .ok)
                for field in kind.formFields { #expect(page.text.contains("name=\"\(field.rawValue)\"")) }
                #expect(!page.text.contains("wizard."), "a word is missing for \(kind)")
            }
            #expect(try await browser.get("/connections/new/hubspot").text.contains("value=\"hubspot_2\""))
            #expect(try await browser.get("/connections/new/own").text.contains("value=\"whsec_p6en"))
            #expect(try await browser.get("/connections/new/other").status == .notFound)
            #expect(try await browser.get("/connections").text.contains("href=\"/connections/new\""))
        }
    }

    @Test(arguments: [
        ("?data_center=eu", "zoho.eu", "eu"), ("?data_center=mars", "zoho.com", "us"), ("", "zoho.com", "us"),
    ])
    func `Zoho's steps lead to the data centre that was chosen`(
        query: String, domain: String, chosen: String
    ) async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()

            let page = try await browser.get("/connections/new/zoho\(query)").text

            #expect(page.contains("href=\"https://api-console.\(domain)\""))
            #expect(page.contains("name=\"code\"") && !page.contains("curl"))
            // Above the steps' addresses, and in the form below.
            #expect(page.matches(of: try Regex("value=\"\(chosen)\" selected")).count == 2)
        }
    }

    @Test func `the server says what is wrong, and of two ways neither is called optional`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()

            let page = try await browser.get("/connections/new/salesforce").text

            #expect(page.contains("class=\"stack-l\" novalidate"))
            for field in ["client_secret", "username", "private_key"] {
                let label = try Regex("<label for=\"connection-\(field)\">.*</label>")
                let found = try #require(page.firstMatch(of: label))
                #expect(page[found.range].contains("one of the two ways"), "\(field)")
            }
        }
    }

    @Test func `a pasted code comes back as its refresh token`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let path = "/connections/new/zoho"

            let tried = try await browser.submit(
                path,
                [
                    ("name", "zoho"), ("data_center", "eu"), ("client_id", "1000.A"), ("client_secret", "s"),
                    ("code", "1000.code"), ("do", "test"),
                ], from: path)

            #expect(tried.text.contains("value=\"refresh-of-the-code\""))
            #expect(!tried.text.contains("value=\"1000.code\""))
        }
    }

    @Test func `HubSpot's authorisation address stands ready once the app is typed`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let path = "/connections/new/hubspot"

            let page = try await browser.submit(
                path,
                [
                    ("name", "hubspot_2"), ("client_id", "abc"), ("client_secret", "s"),
                    ("redirect_url", "https://p.example/x?a=b"), ("do", "test"),
                ], from: path)
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("This is no web address"))

            let right = try await browser.submit(
                path,
                [
                    ("name", "hubspot_2"), ("client_id", "abc"), ("client_secret", "s"),
                    ("redirect_url", "https://p.example/x"), ("do", "test"),
                ], from: path)
            let address = "https://app.hubspot.com/oauth/authorize?client_id=abc&amp;redirect_uri="
            #expect(right.text.contains(address + "https%3A%2F%2Fp.example%2Fx"))
            #expect(right.text.contains("paste the code that comes back"))
        }
    }

    @Test func `what was typed is tried, and nothing is kept of it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let failed = try await browser.submit(
                Self.new, Self.odoo(["token": "wrong"], do: "test"), from: Self.new)
            #expect(failed.status == .ok)
            #expect(failed.text.contains("is-failed") && failed.text.contains("Vendor &lt;b&gt;"))
            #expect(failed.text.contains("https://ejemplo.odoo.com"))

            let passed = try await browser.submit(Self.new, Self.odoo(do: "test"), from: Self.new)
            #expect(passed.text.contains("Every step is through"))
            #expect(try await secrets(world) == nil)
        }
    }

    @Test func `a mistake stands beside its field`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let wrong = try await browser.submit(
                Self.new,
                Self.odoo(["base_url": "ejemplo", "token": "two words", "webhook_secret": "x"], do: "save"),
                from: Self.new)
            #expect(wrong.status == .unprocessableContent)
            for field in ["base_url", "token", "webhook_secret"] {
                let note = wrong.text.firstRange(of: "id=\"connection-\(field)-note\"")
                let rest = try #require(note.map { wrong.text[$0.upperBound...].prefix(80) })
                #expect(rest.contains("field-error"), "\(field)")
            }

            let inside = try await browser.submit(
                Self.new, Self.odoo(["base_url": "http://10.0.0.1"], do: "save"), from: Self.new)
            #expect(inside.text.contains("It leads into a private network."))

            for name in ["hubspot", "New Name", "new"] {
                let taken = try await browser.submit(
                    Self.new, Self.odoo(["name": name], do: "save"), from: Self.new)
                #expect(taken.status == .unprocessableContent)
                #expect(taken.text.contains("id=\"connection-name\""))
                #expect(taken.text.contains("aria-invalid"))
            }
            #expect(try await secrets(world) == nil)
        }
    }

    @Test func `one that is saved is there, and its secrets are never shown again`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let saved = try await browser.submit(Self.new, Self.odoo(do: "save"), from: Self.new)
            #expect(saved.status == .ok)
            #expect(saved.text.contains("Odoo is connected"))
            #expect(saved.text.contains("/connections/odoo/mapping"))

            let summary = try await made(world)
            #expect(summary.madeBy == "Ana Rivas" && summary.baseURL == "https://ejemplo.odoo.com")
            #expect(try await secrets(world)?.contains("key-1") == true)
            let page = try await browser.get("/connections/odoo/credentials").text
            #expect(page.contains("value=\"ejemplo\"") && page.contains("value=\"2027-03-31\""))
            #expect(!page.contains("key-1") && !page.contains("0123456789abcdef"))
            let cards = try await browser.get("/connections").text
            #expect(cards.contains("/connections/odoo/credentials") && !cards.contains("key-1"))
        }
    }

    @Test func `one that is saved and refused says so, with the reason`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let saved = try await browser.submit(Self.new, Self.odoo(["token": "wrong"], do: "save"), from: Self.new)
            #expect(saved.status == .ok)
            #expect(saved.text.contains("Odoo is saved, but does not work yet"))
            #expect(saved.text.contains("Vendor &lt;b&gt;") && !saved.text.contains("Odoo is connected"))
            #expect(saved.text.contains("href=\"/connections/odoo/credentials\""))
            #expect(try await secrets(world)?.contains("wrong") == true)

            let path = "/connections/odoo/credentials"
            let version = try await made(world).version.description
            let changed = try await browser.submit(
                path, Self.odoo(["token": "wrong-2"], do: "save") + [("version", version)], from: path)
            #expect(changed.status == .ok)
            #expect(changed.text.contains("This is saved, but the test of it failed"))
            #expect(changed.text.contains("value=\"\(try await made(world).version.description)\""))
            #expect(try await secrets(world)?.contains("wrong-2") == true)
        }
    }

    @Test func `a secret left empty stays, unless it would go to another address`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit(Self.new, Self.odoo(do: "save"), from: Self.new)
            let path = "/connections/odoo/credentials"
            let version = try await made(world).version.description
            let kept = ["token": "", "webhook_secret": ""]

            let moved = try await browser.submit(
                path,
                Self.odoo(kept.merging(["base_url": "https://otra.odoo.com"]) { $1 }, do: "save")
                    + [("version", version)], from: path)
            #expect(moved.status == .unprocessableContent)
            #expect(moved.text.contains("The address is another than before"))

            let changed = try await browser.submit(
                path, Self.odoo(kept.merging(["database": "otra"]) { $1 }, do: "save") + [("version", version)],
                from: path)
            #expect(changed.location == "/connections")
            #expect(try await secrets(world)?.contains("key-1") == true)

            let late = try await browser.submit(
                path, Self.odoo(["token": "key-2"], do: "save") + [("version", version)], from: path)
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains("Somebody else changed this meanwhile"))
            #expect(try await secrets(world)?.contains("key-2") == false)
        }
    }

    @Test func `a secret that may be missing is forgotten when its box is ticked`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit(Self.new, Self.odoo(do: "save"), from: Self.new)
            let path = "/connections/odoo/credentials"
            let page = try await browser.get(path).text
            #expect(page.contains("name=\"drop\" value=\"webhook_secret\""))
            #expect(!page.contains("name=\"drop\" value=\"token\""))

            let form = Self.odoo(["token": "", "webhook_secret": ""], do: "test") + [("drop", "webhook_secret")]
            let tried = try await browser.submit(path, form, from: path)
            #expect(tried.text.contains("value=\"webhook_secret\" checked"))
            _ = try await browser.submit(path, form.filter { $0.0 != "do" } + [("do", "save")], from: path)

            #expect(try await secrets(world)?.contains("key-1") == true)
            #expect(try await secrets(world)?.contains("0123456789abcdef") == false)
        }
    }

    @Test func `it is switched off, then removed`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit(Self.new, Self.odoo(do: "save"), from: Self.new)
            let path = "/connections/odoo"

            let early = try await browser.submit("\(path)/deletions", from: "\(path)/credentials")
            #expect(early.status == .conflict)
            _ = try await browser.submit("\(path)/switches", [("to", "off")], from: "\(path)/credentials")
            #expect(try await made(world).state == .disabled)
            #expect(try await browser.get("\(path)/credentials").text.contains("Remove “odoo” for good?"))
            #expect(
                try await browser.submit("\(path)/deletions", from: "\(path)/credentials").location == "/connections")
            #expect(try await browser.get("/connections").text.contains("The connection was removed."))
            #expect(try await browser.get(path).status == .notFound)
        }
    }

    @Test func `what puente.yaml names is changed there`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let page = try await browser.get("/connections/hubspot/credentials").text
            #expect(page.contains("crm.hubspot") && page.contains("puente.yaml"))
            #expect(!page.contains("name=\"token\""))
            let refused = try await browser.submit(
                "/connections/hubspot/switches", [("to", "off")], from: "/connections")
            #expect(refused.status == .conflict)
            let hubspot = try await world.store.connections(in: world.workspace).first { $0.name == "hubspot" }
            #expect(hubspot?.state == .connected)
        }
    }
}
