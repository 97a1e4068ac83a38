import Domain
import Foundation
import HTTPTypes
import Testing

@testable import Console

@Suite struct `The form of a request to the API` {
    @Test func `what lies elsewhere is not the API's`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, "/elsewhere", key: nil)

            #expect(reply.text == "not the API")
        }
    }

    @Test(arguments: [
        "/api", "/api/", "/api/v2/messages", "/api/v1/messages/", "/api/v1//messages", "/api/v1/Messages",
    ])
    func `an unknown address is a problem document`(path: String) async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, path)

            #expect(reply.status == 404)
            #expect(reply.headers["content-type"] == "application/problem+json")
            #expect(reply.at("type")?.text == "urn:puente:problem:not_found")
            #expect(reply.at("title")?.text == "Not Found")
            #expect(reply.at("status") == .integer(404))
            #expect(reply.at("instance")?.text == path)
        }
    }

    @Test(arguments: ["not-an-id", "0000000000000", "ZZZZZZZZZZZZZ", "0000000000001'--"])
    func `an id of nothing is not found`(id: String) async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, "/api/v1/messages/\(id)")

            #expect(reply.status == 404)
            #expect(reply.code == "not_found")
        }
    }

    @Test func `another method is told which ones there are`() async throws {
        try await APIWorld.run { world in
            let delete = try await world.call(.delete, "/api/v1/messages")
            let get = try await world.call(.get, "/api/v1/dead-letters/retries")

            #expect(delete.status == 405)
            #expect(delete.headers["allow"] == "GET, HEAD, POST")
            #expect(get.status == 405)
            #expect(get.headers["allow"] == "POST")
        }
    }

    @Test func `HEAD gets the head of GET`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.head, "/api/v1/ledger")

            #expect(reply.status == 200)
            #expect(reply.text.isEmpty)
            #expect(reply.headers["content-type"] == "application/json")
        }
    }

    @Test func `who takes no JSON gets none`() async throws {
        try await APIWorld.run { world in
            for (accept, status) in [
                ("text/html", 406), ("application/json;q=0", 406), ("application/json;q=0, */*", 406),
                ("*/*", 200), ("text/html, application/*;q=0.1", 200), ("", 200),
            ] {
                let reply = try await world.call(.get, "/api/v1/ledger", headers: ["Accept": accept])
                #expect(reply.status == status, "\(accept)")
            }
        }
    }

    @Test func `a body of another type is refused`() async throws {
        try await APIWorld.run { world in
            for type in ["text/plain", "application/jsonx", "multipart/form-data"] {
                let reply = try await world.call(
                    .post, "/api/v1/messages", body: "{}", headers: ["Content-Type": type])
                #expect(reply.status == 415, "\(type)")
            }
            let reply = try await world.call(
                .post, "/api/v1/messages", body: "{}", headers: ["Content-Type": "application/JSON; charset=utf-8"])
            #expect(reply.status == 422)
        }
    }

    @Test func `a body of more than a megabyte is refused`() async throws {
        try await APIWorld.run { world in
            let body = "{\"x\": \"" + String(repeating: "a", count: 1 << 20) + "\"}"

            let reply = try await world.send(body)

            #expect(reply.status == 413)
            #expect(reply.code == "too_large")
        }
    }

    @Test(arguments: [
        "", "{", "{}{}", "nul", "[1,]", "\"\\u0000\"", "\"\\ud800\"", "{\"a\": 1, \"a\": 2}", "01", "1e999",
    ])
    func `what is no JSON is told with its place`(body: String) async throws {
        try await APIWorld.run { world in
            let reply = try await world.send(body)

            #expect(reply.status == 400)
            #expect(reply.code == "malformed")
        }
    }

    @Test func `JSON nested without end is refused`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.send(String(repeating: "[", count: 100_000))

            #expect(reply.status == 400)
        }
    }

    @Test func `everything wrong with a body is told at once, each with its pointer`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.send(
                """
                {"to": {"phone": "12"}, "content": {"type": "text", "body": "", "extra": 1}, "a/b~c": true,
                 "reply_to": 7}
                """)

            #expect(reply.status == 422)
            #expect(reply.code == "invalid")
            #expect(Set(reply.faults) == ["/to/phone", "/content/body", "/content/extra", "/a~1b~0c", "/reply_to"])
        }
    }

    @Test func `an unknown, repeated or broken parameter is refused`() async throws {
        try await APIWorld.run { world in
            for (query, fault) in [
                ("color=red", "color"), ("limit=0", "limit"), ("limit=201", "limit"), ("limit=5x", "limit"),
                ("limit=5&limit=6", "limit"), ("direction=sideways", "direction"), ("contact=7", "contact"),
                ("cursor=%00", "cursor"), ("cursor=%zz", "cursor"),
            ] {
                let reply = try await world.call(.get, "/api/v1/messages?\(query)")
                #expect(reply.status == 400, "\(query)")
                #expect(reply.code == "invalid_parameter")
                #expect(reply.faults == [fault], "\(query)")
            }
        }
    }

    @Test func `sentences come in the language asked for`() async throws {
        try await APIWorld.run { world in
            let spanish = try await world.call(
                .get, "/api/v1/nothing", headers: ["Accept-Language": "fr, es-MX;q=0.9, en;q=0.5"])
            let english = try await world.call(.get, "/api/v1/nothing", headers: ["Accept-Language": "fr"])

            #expect(spanish.at("detail")?.text == "No hay nada en esta dirección.")
            #expect(spanish.headers["content-language"] == "es")
            #expect(english.at("detail")?.text == "There is nothing at this address.")
        }
    }

    @Test func `no answer is kept by caches or taken for another type`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, "/api/v1/ledger")

            #expect(reply.headers["cache-control"] == "no-store")
            #expect(reply.headers["x-content-type-options"] == "nosniff")
            #expect(reply.headers["request-id"] != nil)
        }
    }
}
