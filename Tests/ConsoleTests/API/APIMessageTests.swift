import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Messages through the API` {
    @Test(arguments: [
        #"{"type": "text", "body": "Sí \"claro\" 😀\n", "preview_url": true}"#,
        #"{"type": "media", "kind": "image", "link": "https://example.com/a.jpg", "caption": "Mire"}"#,
        #"{"type": "media", "kind": "document", "whatsapp_media_id": "123", "filename": "a.pdf"}"#,
        #"{"type": "location", "latitude": 19.4326, "longitude": -99.1332, "name": "Zócalo", "address": "CDMX"}"#,
        """
        {"type": "contacts", "cards": [{"formatted_name": "Ana Ruiz", "first_name": "Ana", "phones": [{"phone": "+52 55",
        "wa_id": "5255", "type": "CELL"}], "emails": ["a@example.com"], "organization": "Ejemplo"}]}
        """,
        """
        {"type": "interactive", "header": {"type": "text", "text": "Hola"}, "body": "¿Sí?", "footer": "Ejemplo",
        "action": {"type": "buttons", "buttons": [{"id": "1", "title": "Sí"}, {"id": "2", "title": "No"}]}}
        """,
        """
        {"type": "interactive", "body": "Elija", "action": {"type": "list", "button": "Ver",
        "sections": [{"title": "A", "rows": [{"id": "1", "title": "Uno", "description": "el primero"}]}]}}
        """,
        """
        {"type": "interactive", "header": {"type": "media", "kind": "image", "link": "https://example.com/a.jpg"},
        "body": "Mire", "action": {"type": "link", "text": "Abrir", "url": "https://example.com"}}
        """,
        #"{"type": "interactive", "body": "¿Dónde?", "action": {"type": "location_request"}}"#,
        #"{"type": "interactive", "body": "¿Su número?", "action": {"type": "contact_request"}}"#,
    ])
    func `are shown as they were sent`(content: String) async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let greeting = try await world.send(
                """
                {"to": {"conversation": "\(world.conversation().id)"},
                 "content": {"type": "text", "body": "Le escribe Ejemplo S.A."}}
                """)
            #expect(greeting.status == 202 && greeting.at("added_line") == .null)

            let reply = try await world.send(
                #"{"to": {"conversation": "\#(world.conversation().id)"}, "content": \#(content)}"#)

            #expect(reply.status == 202, "\(reply.text)")
            let shown = try await world.call(.get, #require(reply.headers["location"])).at("content")
            let sent = try JSONReader.read(Array(content.utf8))
            #expect(shown.map(Self.sorted) == Self.sorted(sent))
        }
    }

    /// The order of fields says nothing.
    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for field in object.fields.sorted(by: { $0.name < $1.name }) {
                result.append(field.name, sorted(field.value))
            }
            return .object(result)
        case .array(let values): return .array(values.map(sorted))
        default: return value
        }
    }

    @Test func `that begin a conversation get the line that says who writes, and the answer tells it`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let to = try await #""to": {"conversation": "\#(world.conversation().id)"}"#
            let place = #"{\#(to), "content": {"type": "location", "latitude": 19.4, "longitude": -99.1}}"#
            let refused = try await world.send(place)
            #expect(refused.status == 422 && refused.code == "sender_not_named")

            let first = try await world.send(
                #"{\#(to), "content": {"type": "media", "kind": "image", "link": "https://example.com/a.jpg"}}"#)
            #expect(first.status == 202 && first.at("added_line")?.text == "— Ejemplo S.A.")
            let shown = try await world.call(.get, try #require(first.headers["location"]))
            #expect(shown.at("content", "caption")?.text == "— Ejemplo S.A.")
            #expect(try await world.send(place).at("added_line") == .null)

            let check = "/api/v1/contacts/\(try await world.conversation().person.id)/consent/check"
            #expect(try await world.call(.get, check).at("added_line") == .null)
        }
    }

    @Test func `to somebody without a conversation begin one`() async throws {
        try await APIWorld.run { world in
            try await world.store.replaceTemplates(
                [
                    StoredTemplate(
                        metaID: "1", name: "aviso", language: "es", reason: nil,
                        facts: TemplateFacts(
                            status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: [], isNamed: false,
                            buttonSlots: [], bodyText: "Hola", footerText: "Ejemplo S.A."), components: "[]")
                ], waba: APIWorld.wabaID, in: world.workspace)
            let made = try await world.call(
                .post, "/api/v1/contacts", body: ##"{"name": "Sol", "phone": "+52 55 4444 3333"}"##)
            let contact = try #require(made.at("id")?.text)

            let reply = try await world.send(
                """
                {"to": {"contact": "\(contact)"}, "content": {"type": "template", "name": "aviso", "language": "es"}}
                """)

            #expect(reply.status == 202, "\(reply.text)")
            #expect(reply.at("contact")?.text == contact)
            let listed = try await world.call(.get, "/api/v1/conversations?contact=\(contact)")
            #expect(listed.at("data", "0", "id")?.text == reply.at("conversation")?.text)
        }
    }

    @Test func `go to a contact, a phone or a user id`() async throws {
        try await APIWorld.run { world in
            try await world.write(
                "Hola", wamid: "wamid.1",
                from: Participant(waID: "5215512345678", userID: "MX.1", profileName: "Lucía"))
            let contact = try await world.conversation().person.id

            for target in [
                #"{"contact": "\#(contact)"}"#, ##"{"phone": "+52 1 55 1234 5678"}"##, #"{"user_id": "MX.1"}"#,
            ] {
                let reply = try await world.send(
                    #"{"to": \#(target), "from": "main", "content": {"type": "text", "body": "Hola"}}"#)
                #expect(reply.status == 202, "\(target): \(reply.text)")
                #expect(reply.at("contact")?.text == contact.description)
            }
        }
    }

    @Test func `to somebody who never wrote must be a template`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(
                .post, "/api/v1/messages",
                body: #"{"to": {"phone": "+5215550001111"}, "content": {"type": "text", "body": "Hola"}}"#,
                headers: ["Accept-Language": "es"])

            #expect(reply.status == 422)
            #expect(reply.code == "outside_service_window")
            #expect(
                reply.at("detail")?.text
                    == "El cliente no ha escrito en las últimas 24 horas. Envíe una plantilla aprobada.")
        }
    }

    @Test func `by an unknown template are refused`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.send(
                """
                {"to": {"phone": "+5215550001111"}, "content": {"type": "template", "name": "hello", "language": "es",
                 "header": [{"type": "location", "latitude": 1, "longitude": 2}],
                 "body": [{"type": "text", "text": "Lucía", "name": "who"},
                          {"type": "currency", "fallback": "$1", "code": "MXN", "amount_1000": 1000}],
                 "buttons": [{"sub_type": "url", "index": 0, "parameters": [{"type": "payload", "payload": "x"}]}]}}
                """)

            #expect(reply.status == 422 && reply.code == "template_unknown")
        }
    }

    @Test func `answer and react to a message`() async throws {
        try await APIWorld.run { world in
            try await world.write("¿Tienen?", wamid: "wamid.1")
            let conversation = try await world.conversation().id
            let question = try #require(
                try await world.call(.get, "/api/v1/messages").at("data", "0", "id")?.text)

            let answer = try await world.send(
                """
                {"to": {"conversation": "\(conversation)"}, "reply_to": "\(question)",
                 "content": {"type": "text", "body": "Sí"}}
                """)
            let reaction = try await world.send(
                """
                {"to": {"conversation": "\(conversation)"},
                 "content": {"type": "reaction", "message": "\(question)", "emoji": "👍"}}
                """)

            let shown = try await world.call(.get, try #require(answer.headers["location"]))
            #expect(shown.at("quoted", "whatsapp_message_id")?.text == "wamid.1")
            #expect(shown.at("quoted", "id")?.text == question)
            let shownReaction = try await world.call(.get, try #require(reaction.headers["location"]))
            #expect(shownReaction.at("content", "whatsapp_message_id")?.text == "wamid.1")
        }
    }

    @Test func `that name what does not exist say where`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let to = try await #""to": {"conversation": "\#(world.conversation().id)"}"#
            let text = #""content": {"type": "text", "body": "Hola"}"#

            for (body, fault) in [
                (#"{"to": {"phone": "+5215512345678"}, "from": "second", \#(text)}"#, "/from"),
                (#"{\#(to), "reply_to": "0000000000009", \#(text)}"#, "/reply_to"),
                (
                    #"{\#(to), "content": {"type": "reaction", "message": "0000000000009", "emoji": "👍"}}"#,
                    "/content/message"
                ),
                (
                    #"{\#(to), "content": {"type": "media", "kind": "image", "file": "0000000000009"}}"#,
                    "/content/file"
                ),
                (
                    #"{\#(to), "content": {"type": "interactive", "header": {"type": "media", "kind": "image", "#
                        + #""file": "0000000000009"}, "body": "¿Este?", "#
                        + #""action": {"type": "buttons", "buttons": [{"id": "1", "title": "Sí"}]}}}"#,
                    "/content/header/file"
                ),
                (
                    #"{\#(to), "content": {"type": "template", "name": "t", "language": "es", "header": "#
                        + #"[{"type": "media", "kind": "image", "file": "0000000000009"}]}}"#,
                    "/content/header/0/file"
                ),
            ] {
                let reply = try await world.send(body)
                #expect(reply.status == 422 && reply.code == "unknown_reference", "\(body)")
                #expect(reply.faults == [fault])
            }
            let conversation = try await world.send(#"{"to": {"conversation": "0000000000009"}, \#(text)}"#)
            #expect(conversation.status == 404)
        }
    }

    @Test func `quote no message of another conversation`() async throws {
        try await APIWorld.run { world in
            try await world.write("¿Tienen?", wamid: "wamid.1")
            let conversation = try await world.conversation().id
            let question = try #require(
                try await world.call(.get, "/api/v1/messages").at("data", "0", "id")?.text)
            try await world.write("Buenas", wamid: "wamid.2", from: Participant(waID: "5213398765432"))
            let all = try await world.call(.get, "/api/v1/messages")
            let ids = ["0", "1"].compactMap { all.at("data", $0, "id")?.text }
            let other = try #require(ids.first { $0 != question })

            let reply = try await world.send(
                """
                {"to": {"conversation": "\(conversation)"}, "reply_to": "\(other)",
                 "content": {"type": "text", "body": "Sí"}}
                """)

            #expect(reply.status == 422 && reply.code == "unknown_reference")
            #expect(reply.faults == ["/reply_to"])
        }
    }

    @Test func `beyond Meta's limits are refused before they are stored`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let reply = try await world.send(
                """
                {"to": {"conversation": "\(world.conversation().id)"},
                 "content": {"type": "text", "body": "too long for Meta"}}
                """)

            #expect(reply.status == 422 && reply.code == "text_length")
            #expect(reply.faults == ["/content"])
        }
    }

    @Test(arguments: [
        (#"{}"#, ["/to", "/content"]),
        (#"[]"#, [""]),
        (#"{"to": {}, "content": {"type": "text", "body": "x"}}"#, ["/to"]),
        (#"{"to": {"phone": "+525555555555", "user_id": "x"}, "content": {"type": "text", "body": "x"}}"#, ["/to"]),
        (#"{"to": {"user_id": "x"}, "content": {"type": "song"}}"#, ["/content/type"]),
        (#"{"to": {"user_id": "x"}, "content": {"type": "media", "kind": "image"}}"#, ["/content"]),
        (
            #"{"to": {"user_id": "x"}, "content": {"type": "location", "latitude": 91, "longitude": "1"}}"#,
            ["/content/latitude", "/content/longitude"]
        ),
        (
            """
            {"to": {"user_id": "x"}, "content": {"type": "interactive", "body": "x",
             "action": {"type": "buttons", "buttons": [{"id": "1"}, 7]}}}
            """,
            ["/content/action/buttons/0/title", "/content/action/buttons/1"]
        ),
    ])
    func `that cannot be read say where`(body: String, faults: [String]) async throws {
        try await APIWorld.run { world in
            let reply = try await world.send(body)

            #expect(reply.status == 422 && reply.code == "invalid")
            #expect(Set(reply.faults) == Set(faults))
        }
    }

    @Test func `are told with their trail and why they failed`() async throws {
        try await APIWorld.run { world in
            _ = try await world.deadLetter()
            let id = try #require(
                try await world.call(.get, "/api/v1/messages?direction=outbound").at("data", "0", "id")?.text)

            let reply = try await world.call(.get, "/api/v1/messages/\(id)", headers: ["Accept-Language": "es"])

            #expect(reply.at("status")?.text == "failed")
            #expect(reply.at("failure", "code")?.text == "131026")
            #expect(reply.at("failure", "kind")?.text == "permanent")
            #expect(reply.at("failure", "advice")?.text == "Revise el número.")
            #expect(reply.at("author")?.text == "ops")
            #expect(reply.at("trail", "0", "event")?.text == "received")
            #expect(reply.at("trail", "1", "event")?.text == "stored")
        }
    }

    @Test func `that failed go once more`() async throws {
        try await APIWorld.run { world in
            _ = try await world.deadLetter()
            let id = try #require(
                try await world.call(.get, "/api/v1/messages?direction=outbound").at("data", "0", "id")?.text)

            let reply = try await world.call(.post, "/api/v1/messages/\(id)/retries")

            #expect(reply.status == 202)
            #expect(reply.headers["location"] == "/api/v1/messages/\(id)")
            #expect(try await world.call(.get, "/api/v1/messages/\(id)").at("status")?.text == "queued")
        }
    }

    @Test func `have files whose bytes a program fetches, whole or in parts`() async throws {
        try await APIWorld.run { world in
            let upload = try await world.call(
                .post, "/api/v1/media?kind=image&filename=a.png", body: "12345678",
                headers: ["Content-Type": "image/png"])
            let path = try "/api/v1/media/\(#require(upload.at("id")?.text))/content"

            let whole = try await world.call(.get, path, key: "pk_reader", headers: ["Accept": "image/png"])
            let part = try await world.call(.get, path, headers: ["Range": "bytes=2-3"])
            let tag = try #require(whole.headers["etag"])
            let known = try await world.call(.get, path, headers: ["If-None-Match": tag])
            let beyond = try await world.call(.get, path, headers: ["Range": "bytes=9-"])

            #expect(whole.status == 200 && whole.text == "12345678")
            #expect(whole.headers["content-type"] == "image/png")
            #expect(whole.headers["x-content-type-options"] == "nosniff")
            #expect(whole.headers["request-id"] != nil && whole.headers["ratelimit-limit"] != nil)
            #expect(part.status == 206 && part.text == "34")
            #expect(part.headers["content-range"] == "bytes 2-3/8")
            #expect(known.status == 304 && known.text.isEmpty)
            #expect(beyond.status == 416)
            #expect(try await world.call(.get, path, key: nil).status == 401)
            #expect(try await world.call(.get, "/api/v1/media/0000000000001/content").status == 404)
        }
    }

    @Test func `carry a file that was uploaded before`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let png = ["Content-Type": "image/png"]
            let upload = try await world.call(
                .post, "/api/v1/media?kind=image&filename=a.png", body: "12345678", headers: png)
            let file = try #require(upload.at("id")?.text)
            let reply = try await world.send(
                """
                {"to": {"conversation": "\(world.conversation().id)"},
                 "content": {"type": "media", "kind": "image", "file": "\(file)"}}
                """)

            #expect(upload.status == 201)
            #expect(upload.headers["location"] == "/api/v1/media/\(file)")
            #expect(
                upload.at("sha256")?.text == "ef797c8118f02dfb649607dd5d3f8c7623048c9c063d532cc95c5ed7a898a64f")
            #expect(try await world.call(.get, "/api/v1/media/\(file)").at("filename")?.text == "a.png")
            #expect(reply.status == 202, "\(reply.text)")

            let other = try await world.send(
                """
                {"to": {"conversation": "\(world.conversation().id)"},
                 "content": {"type": "media", "kind": "document", "file": "\(file)"}}
                """)
            #expect(other.status == 422 && other.code == "wrong_file_kind")
            #expect(other.faults == ["/content/file"])

            let large = try await world.call(
                .post, "/api/v1/media?kind=image", body: "12345678901", headers: png)
            #expect(large.status == 413)
            let wrong = try await world.call(.post, "/api/v1/media?kind=image", body: "1")
            #expect(wrong.status == 422 && wrong.code == "media_type")
            #expect(try await world.call(.post, "/api/v1/media", body: "1", headers: png).faults == ["kind"])
        }
    }
}
