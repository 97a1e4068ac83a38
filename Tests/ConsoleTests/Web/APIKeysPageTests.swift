import Domain
import Foundation
import HTTPTypes
import Secrets
import Store
import Testing

@testable import Console

struct APIKeysPageTests {
    private func key(_ answer: Browser.Answer) throws -> String {
        try String(#require(answer.text.firstMatch(of: #/data-key>([^<]+)</#)).1)
    }

    private func id(_ name: String, _ world: ConsoleWorld) async throws -> APIKeyID {
        try #require(try await world.store.apiKeys(in: world.workspace).first { $0.name == name }).id
    }

    private func events(_ world: ConsoleWorld) async throws -> [String] {
        let query = AuditQuery(kind: .access)
        return try await world.store.audit(query, in: world.workspace).items.map(\.event)
            .filter { $0.hasPrefix("api_key.") }
    }

    @Test func `a key is made, shown once, opens the door, and is disabled`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/connections").text.contains("href=\"/api-keys\""))

            let made = try await browser.submit(
                "/api-keys", [("name", "zapier"), ("scope", "read"), ("scope", "write")], from: "/api-keys")

            let key = try key(made)
            #expect(made.status == .ok && made.headers[.cacheControl] == "no-store")
            let access = try #require(try await world.store.apiKey(TokenHash(of: key)))
            #expect(access.name == "zapier" && access.scopes == [.read, .write])
            let list = try await browser.get("/api-keys").text
            #expect(list.contains("zapier") && list.contains("300 requests a minute") && !list.contains(key))

            let path = try await "/api-keys/\(id("zapier", world))/disablings"
            #expect(try await browser.submit(path, from: "/api-keys").location == "/api-keys")
            #expect(try await world.store.apiKey(TokenHash(of: key))?.name == nil)
            #expect(try await browser.get("/api-keys").text.contains("The key is refused from now on."))
            #expect(try await events(world) == ["api_key.disabled", "api_key.made"])
        }
    }

    @Test func `a mistake comes back with what was typed`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.store.createAPIKey(name: "zapier", scopes: [.read], in: world.workspace)

            let none = try await browser.submit("/api-keys", [("name", "n8n")], from: "/api-keys")
            let taken = try await browser.submit(
                "/api-keys", [("name", "zapier"), ("scope", "read")], from: "/api-keys")

            #expect(none.status == .unprocessableContent && none.text.contains("Choose what the key may do."))
            #expect(none.text.contains("value=\"n8n\""))
            #expect(taken.status == .conflict && taken.text.contains("There is a key of this name already."))
        }
    }

    @Test func `agents see and make none`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")

            #expect(try await beto.get("/api-keys").status == .forbidden)
            #expect(
                try await beto.submit("/api-keys", [("name", "x"), ("scope", "read")], from: "/account").status
                    == .forbidden)
            #expect(try await !beto.get("/connections").text.contains("href=\"/api-keys\""))
        }
    }
}
