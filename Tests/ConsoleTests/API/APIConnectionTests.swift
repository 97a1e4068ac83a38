import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Connections through the API` {
    private static let odoo = """
        {"name": "odoo", "kind": "odoo", "base_url": "https://ejemplo.odoo.com", "token": "key-1", "database": "x"}
        """

    @Test func `one is tested, made, changed, switched and removed, and shows no secret`() async throws {
        try await APIWorld.run { world in
            let tested = try await world.call(
                .post, "/api/v1/connections/tests",
                body: #"{"kind": "odoo", "base_url": "https://ejemplo.odoo.com", "token": "wrong"}"#)
            #expect(tested.status == 200 && tested.json["passed"] == .bool(false))

            let made = try await world.call(.post, "/api/v1/connections", body: Self.odoo)
            #expect(made.status == 201 && made.json["created_by"]?.text == "admin")
            #expect(!made.text.contains("key-1"))
            let path = "/api/v1/connections/odoo"
            let tag = try #require(try await world.call(.get, path).headers["etag"])

            let changed = try await world.call(
                .patch, path, body: #"{"token": "key-2"}"#, headers: ["If-Match": tag])
            #expect(changed.status == 200 && changed.json["base_url"]?.text == "https://ejemplo.odoo.com")
            let late = try await world.call(
                .patch, path, body: #"{"token": "key-3"}"#, headers: ["If-Match": tag])
            #expect(late.status == 412)
            let secrets = try await world.store.connectionAccounts().first { $0.slug == "odoo" }?.secrets
            #expect(secrets == #"{"token":"key-2"}"#)

            #expect(try await world.call(.delete, path).code == "still_on")
            #expect(try await world.call(.patch, path, body: #"{"enabled": false}"#).json["state"]?.text == "disabled")
            #expect(try await world.call(.delete, path).status == 204)
            #expect(try await world.call(.get, path).status == 404)
        }
    }

    @Test func `null takes away a secret that may be missing`() async throws {
        try await APIWorld.run { world in
            let odoo = Self.odoo.replacing(
                #""database": "x""#, with: #""webhook_secret": "0123456789abcdef""#)
            #expect(try await world.call(.post, "/api/v1/connections", body: odoo).status == 201)
            func secrets() async throws -> String? {
                try await world.store.connectionAccounts().first { $0.slug == "odoo" }?.secrets
            }
            let before = try await secrets()

            let changed = try await world.call(
                .patch, "/api/v1/connections/odoo", body: #"{"webhook_secret": null}"#)
            let after = try await secrets()

            #expect(before == #"{"token":"key-1","webhookSecret":"0123456789abcdef"}"#)
            #expect(changed.status == 200)
            #expect(after == #"{"token":"key-1"}"#)
        }
    }

    @Test func `what is wrong is told at its place`() async throws {
        try await APIWorld.run { world in
            let wrong = try await world.call(
                .post, "/api/v1/connections",
                body: #"{"name": "odoo", "kind": "odoo", "base_url": "ejemplo", "token": "a b"}"#)
            #expect(wrong.status == 422)
            #expect(wrong.faults == ["/base_url", "/token"])
            let unknown = try await world.call(
                .post, "/api/v1/connections",
                body: #"{"name": "odoo", "kind": "odoo", "base_url": "https://x.mx", "token": "t", "app_id": "1"}"#)
            #expect(unknown.faults == ["/app_id"])
            let taken = try await world.call(
                .post, "/api/v1/connections",
                body: Self.odoo.replacing(#""name": "odoo""#, with: #""name": "hubspot""#))
            #expect(taken.status == 409 && taken.code == "name")
            let provisioned = try await world.call(
                .patch, "/api/v1/connections/hubspot", body: #"{"enabled": false}"#)
            #expect(provisioned.code == "provisioned")
        }
    }

    @Test func `it takes the scope of administrators`() async throws {
        try await APIWorld.run { world in
            let made = try await world.call(.post, "/api/v1/connections", key: "pk_ops", body: Self.odoo)
            #expect(made.status == 403)
            let read = try await world.call(.get, "/api/v1/connections/hubspot", key: "pk_reader")
            #expect(read.status == 200)
        }
    }
}
