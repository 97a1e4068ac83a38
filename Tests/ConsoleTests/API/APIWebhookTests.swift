import Domain
import HTTPTypes
import Testing

@testable import Console

/// Subscribers, as programs make and unmake them.
@Suite struct `Webhooks over the API` {
    private static let path = "/api/v1/webhook-endpoints"
    private static let hook = #"{"url":"https://hooks.example.com/1","event":"message.received"}"#

    @Test func `a program subscribes as REST hooks do, and sees the secret once`() async throws {
        try await APIWorld.run { world in
            let made = try await world.call(.post, Self.path, body: Self.hook)

            #expect(made.status == 201)
            let id = try #require(made.at("id")?.text)
            #expect(made.headers["location"] == "\(Self.path)/\(id)")
            #expect(made.at("secret")?.text?.hasPrefix("whsec_") == true)
            #expect(made.at("event_types", "0")?.text == "message.received")
            let shown = try await world.call(.get, "\(Self.path)/\(id)")
            #expect(shown.at("secret") == nil)
            #expect(shown.at("origin")?.text == "rest_hook")
        }
    }

    @Test func `unsubscribing answers 204 with nothing, and then 404`() async throws {
        try await APIWorld.run { world in
            let id = try await world.subscribe()

            let gone = try await world.call(.delete, "\(Self.path)/\(id)")

            #expect(gone.status == 204)
            #expect(gone.text.isEmpty)
            #expect(try await world.call(.delete, "\(Self.path)/\(id)").status == 404)
        }
    }

    @Test func `what cannot be subscribed is refused with its place`() async throws {
        try await APIWorld.run { world in
            for (body, fault) in [
                (#"{"url":"https://x.example.com"}"#, "/event_types"),
                (#"{"url":"https://x.example.com","event":"nothing"}"#, "/event"),
                (#"{"url":"https://x.example.com","event_types":["webhook.test"]}"#, "/event_types"),
                (#"{"event":"message.received"}"#, "/url"),
            ] {
                let refused = try await world.call(.post, Self.path, body: body)
                #expect(refused.status == 422)
                #expect(refused.faults == [fault])
            }
            let refused = try await world.call(
                .post, Self.path, body: #"{"url":"http://10.0.0.1","event":"message.received"}"#)
            #expect(refused.status == 422)
            #expect(refused.code == "url")
        }
    }

    @Test func `who may not read is told nothing, and who may not write subscribes nobody`() async throws {
        try await APIWorld.run { world in
            for key in ["pk_reader", "pk_writer"] {
                let refused = try await world.call(.post, Self.path, key: key, body: Self.hook)
                #expect(refused.status == 403)
            }
        }
    }

    @Test func `who may not read turns nobody's events to another address`() async throws {
        try await APIWorld.run { world in
            let id = try await world.subscribe()

            for body in [#"{"url":"https://other.example.com"}"#, #"{"event_types":["contact.updated"]}"#] {
                let refused = try await world.call(.patch, "\(Self.path)/\(id)", key: "pk_writer", body: body)
                #expect(refused.status == 403)
                #expect(refused.code == "forbidden")
            }
            let off = try await world.call(
                .patch, "\(Self.path)/\(id)", key: "pk_writer", body: #"{"enabled":false}"#)
            #expect(off.status == 200)
            #expect(off.at("url")?.text == "https://hooks.example.com/1")
        }
    }

    @Test func `it is switched off and on, and has its secret changed`() async throws {
        try await APIWorld.run { world in
            let id = try await world.subscribe()

            let off = try await world.call(.patch, "\(Self.path)/\(id)", body: #"{"enabled":false}"#)
            #expect(off.at("disabled_reason")?.text == "person")
            #expect(try await world.call(.post, "\(Self.path)/\(id)/tests").code == "webhook_off")

            let on = try await world.call(.patch, "\(Self.path)/\(id)", body: #"{"enabled":true,"description":"x"}"#)
            #expect(on.at("enabled") == .bool(true))
            #expect(on.at("description")?.text == "x")
            let rotated = try await world.call(.post, "\(Self.path)/\(id)/secret-rotations", body: "{}")
            #expect(rotated.at("secret")?.text?.hasPrefix("whsec_") == true)
            #expect(rotated.at("previous_secret_until")?.text != nil)
        }
    }

    @Test func `a test stands in the log, with what is sent`() async throws {
        try await APIWorld.run { world in
            let id = try await world.subscribe()

            #expect(try await world.call(.post, "\(Self.path)/\(id)/tests").status == 202)

            let log = try await world.call(.get, "\(Self.path)/\(id)/deliveries?state=waiting")
            let delivery = try #require(log.at("data", "0", "id")?.text)
            let shown = try await world.call(.get, "\(Self.path)/\(id)/deliveries/\(delivery)")
            #expect(shown.at("event", "type")?.text == "webhook.test")
            #expect(shown.at("event", "id") == shown.at("event_id"))
            #expect(try await world.call(.post, "\(Self.path)/\(id)/deliveries/\(delivery)/replays").status == 202)
            let replayed = try await world.call(.post, "\(Self.path)/\(id)/replays", body: "{}")
            #expect(replayed.at("replayed") == .integer(0))
        }
    }

    @Test func `a sample has the shape of an event`() async throws {
        try await APIWorld.run { world in
            _ = try await world.call(.put, "/api/v1/contacts", body: #"{"name":"Zoé","email":"zoe@ejemplo.mx"}"#)

            let events = try await world.call(.get, "/api/v1/events?type=contact.created&limit=1")

            #expect(events.at("data", "0", "type")?.text == "contact.created")
            #expect(events.at("data", "0", "data", "contact_email")?.text == "zoe@ejemplo.mx")
            #expect(try await world.call(.get, "/api/v1/events").faults == ["type"])
        }
    }

    @Test func `a key says whose it is`() async throws {
        try await APIWorld.run { world in
            let me = try await world.call(.get, "/api/v1/me", key: "pk_reader")

            #expect(me.at("account_name")?.text == "Ejemplo S.A.")
            #expect(me.at("phone_numbers", "0", "display")?.text == "+1 555 078 3881")
        }
    }

    @Test func `an upsert takes in, then brings up to date`() async throws {
        try await APIWorld.run { world in
            let body = #"{"name":"Zoé","phone":"+52 55 1234 5678","labels":["VIP"]}"#
            let first = try await world.call(.put, "/api/v1/contacts", body: body)
            let again = try await world.call(
                .put, "/api/v1/contacts", body: #"{"phone":"+525512345678","email":"zoe@ejemplo.mx"}"#)

            #expect(first.status == 201)
            #expect(again.status == 200)
            #expect(again.at("id") == first.at("id"))
            #expect(again.at("name")?.text == "Zoé")
            #expect(again.at("email")?.text == "zoe@ejemplo.mx")
            #expect(again.at("labels", "0", "name")?.text == "VIP")
        }
    }

    /// A household's, an office's.
    @Test func `an address finds who has no phone, and nobody with another one`() async throws {
        try await APIWorld.run { world in
            let bob = try await world.call(
                .put, "/api/v1/contacts",
                body: #"{"name":"Bob","phone":"+52 55 1234 5678","email":"casa@ejemplo.mx"}"#)
            let sola = try await world.call(
                .put, "/api/v1/contacts", body: #"{"name":"Sola","email":"sola@ejemplo.mx"}"#)

            let other = try await world.call(
                .put, "/api/v1/contacts",
                body: #"{"name":"Eva","phone":"+52 55 8765 4321","email":"casa@ejemplo.mx","labels":["VIP"]}"#)
            let found = try await world.call(
                .put, "/api/v1/contacts", body: #"{"phone":"+52 55 8765 4322","email":"sola@ejemplo.mx"}"#)

            #expect(other.status == 409)
            #expect(other.code == "handle_taken")
            let id = try #require(bob.at("id")?.text)
            let after = try await world.call(.get, "/api/v1/contacts/\(id)")
            #expect(after.at("name")?.text == "Bob")
            #expect(after.at("labels") == .array([]))
            #expect(found.status == 200)
            #expect(found.at("id") == sola.at("id"))
        }
    }
}

extension APIWorld {
    fileprivate func subscribe() async throws -> String {
        let made = try await call(
            .post, "/api/v1/webhook-endpoints",
            body: #"{"url":"https://hooks.example.com/1","event":"message.received"}"#)
        return try #require(made.at("id")?.text)
    }
}
