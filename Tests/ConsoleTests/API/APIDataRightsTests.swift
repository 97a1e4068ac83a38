import Domain
import Foundation
import HTTPTypes
import Pipeline
import Store
import Testing

@testable import Console

@Suite struct `The API of data rights` {
    private func lucia(_ world: APIWorld) async throws -> String {
        try await world.write("Hola", wamid: "wamid.1")
        return try #require(try await world.call(.get, "/api/v1/contacts").at("data", "0", "id")?.text)
    }

    private func work(_ world: APIWorld) -> DataRightsWork {
        DataRightsWork(store: world.store, folder: world.media, bodyPatience: .zero, logger: APIWorld.quiet)
    }

    @Test func `takes the scope admin`() async throws {
        try await APIWorld.run { world in
            let lucia = try await lucia(world)
            for (method, path) in [
                (HTTPRequest.Method.delete, "/api/v1/contacts/\(lucia)"), (.post, "/api/v1/contacts/\(lucia)/exports"),
                (.get, "/api/v1/audit"), (.get, "/api/v1/retention"), (.get, "/api/v1/exports/\(lucia)"),
            ] {
                #expect(try await world.call(method, path, key: "pk_ops").status == 403, "\(path)")
            }
        }
    }

    @Test func `makes a copy, says how far it is, and hands it out`() async throws {
        try await APIWorld.run { world in
            let path = "/api/v1/contacts/\(try await lucia(world))/exports"
            let key = ["Idempotency-Key": "a"]

            let asked = try await world.call(.post, path, headers: key)
            #expect(asked.status == 202 && asked.at("state")?.text == "waiting")
            let location = try #require(asked.headers["location"])
            #expect(try await world.call(.post, path, headers: key).headers["idempotency-replayed"] == "true")
            #expect(try await world.call(.get, location + "/content").code == "not_ready")

            await work(world).export()

            #expect(try await world.call(.get, location).at("state")?.text == "ready")
            #expect(try await world.call(.get, path).at("data", "0", "state")?.text == "ready")
            let file = try await world.call(.get, location + "/content")
            #expect(file.status == 200 && file.headers["content-type"] == "application/zip")
            #expect(file.text.hasPrefix("PK"))
            #expect(try await world.call(.get, "/api/v1/exports/0000000000009").status == 404)
        }
    }

    @Test func `erases, and reports what went`() async throws {
        try await APIWorld.run { world in
            let path = "/api/v1/contacts/\(try await lucia(world))"
            #expect(try await world.call(.delete, path + "?crm=maybe").faults == ["crm"])

            let erased = try await world.call(.delete, path + "?crm=delete")

            #expect(erased.status == 202 && erased.at("state")?.text == "running", "\(erased.text)")
            #expect(erased.at("crms", "0", "wish")?.text == "delete")
            #expect(try await world.call(.get, path).status == 404)
            #expect(try await world.call(.delete, path).code == "no_contact")
            await work(world).erase()
            let report = try await world.call(.get, try #require(erased.headers["location"]))
            #expect(report.at("state")?.text == "done")
            #expect(report.at("removed", "messages") == .integer(1))
            #expect(report.at("by")?.text == "admin")
        }
    }

    @Test func `lists who did what`() async throws {
        try await APIWorld.run { world in
            let lucia = try await lucia(world)
            _ = try await world.call(.post, "/api/v1/contacts/\(lucia)/exports")

            let entries = try await world.call(.get, "/api/v1/audit?contact=\(lucia)&kind=exported&actor=admin")
            #expect(entries.at("data", "0", "event")?.text == "contact.exported")
            #expect(entries.at("data", "0", "contact")?.text == lucia)
            let later = try await world.call(.get, "/api/v1/audit?from=2026-11-18T23:02:00.001Z")
            #expect(later.at("data") == .array([]))
            let earlier = try await world.call(.get, "/api/v1/audit?until=2026-11-19T00:02:01%2B01:00")
            #expect(earlier.at("data", "0", "event")?.text == "contact.exported")
            #expect(try await world.call(.get, "/api/v1/audit?from=yesterday").faults == ["from"])
            #expect(try await world.call(.get, "/api/v1/audit?kind=x").faults == ["kind"])
        }
    }

    @Test func `sets how long data is kept`() async throws {
        try await APIWorld.run { world in
            let path = "/api/v1/retention"
            #expect(try await world.call(.get, path).at("messages", "days") == .null)

            let set = try await world.call(.put, path, body: #"{"messages": 365, "media": null}"#)

            #expect(set.at("messages", "days") == .integer(365), "\(set.text)")
            #expect(set.at("audit", "days") == .integer(365))
            #expect(set.at("raw_bodies", "is_fixed") == .bool(true))
            #expect(try await world.call(.put, path, body: #"{"messages": 1}"#).faults == ["/messages"])
            #expect(try await world.call(.put, path, body: #"{"raw_bodies": 10}"#).faults == ["/raw_bodies"])
            #expect(try await world.call(.put, path, body: "{}").at("messages", "days") == .null)
        }
    }
}
