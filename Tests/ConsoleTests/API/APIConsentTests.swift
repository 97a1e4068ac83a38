import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Consent in the API` {
    private func path(_ world: APIWorld) async throws -> String {
        try await world.write("Hola", wamid: "wamid.1")
        return "/api/v1/contacts/\(try await world.conversation().person.id)/consent"
    }

    @Test func `is written down with its words and read again`() async throws {
        try await APIWorld.run { world in
            let path = try await path(world)
            let empty = try await world.call(.get, path, key: "pk_reader")
            #expect(empty.status == 200 && empty.at("tier")?.text == "transactional_only")
            #expect(empty.at("may_be_asked") == .bool(true) && empty.at("entries") == .array([]))

            let body = #"""
                {"purpose": "marketing", "change": "granted", "source": "form", "words": "Quiero ofertas",
                 "at": "2026-11-01T10:00:00.000Z", "reference": "https://ejemplo.example/alta"}
                """#
            let made = try await world.call(.post, path, body: body, headers: ["Idempotency-Key": "a"])
            #expect(made.status == 201, "\(made.text)")
            #expect(made.at("tier")?.text == "marketing")
            #expect(made.at("entries", "0", "at")?.text == "2026-11-01T10:00:00.000Z")
            #expect(made.at("entries", "0", "actor")?.text == "admin")
            #expect(made.at("entries", "0", "evidence", "reference")?.text == "https://ejemplo.example/alta")
            let again = try await world.call(.post, path, body: body, headers: ["Idempotency-Key": "a"])
            #expect(again.status == 201 && again.headers["idempotency-replayed"] == "true")
            let read = try await world.call(.get, path)
            guard case .array(let entries)? = read.at("entries") else { return }
            #expect(entries.count == 1)
        }
    }

    @Test func `whoever reads of somebody stands in the audit trail`() async throws {
        for rest in ["/consent", "/history", "/labels", "/fields", "/states"] {
            try await APIWorld.run { world in
                try await world.write("Hola", wamid: "wamid.1")
                let contact = try await world.conversation().person.id
                let path = "/api/v1/contacts/\(contact)\(rest)"
                #expect(try await world.call(.get, path, key: "pk_reader").status == 200)
                let seen = try await world.call(.get, "/api/v1/audit?kind=seen")
                #expect(seen.at("data", "0", "contact")?.text == "\(contact)", "\(rest)")
            }
        }
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.conversation()
            #expect(try await world.call(.get, "/api/v1/messages?conversation=\(conversation.id)").status == 200)
            let seen = try await world.call(.get, "/api/v1/audit?kind=seen")
            #expect(seen.at("data", "0", "contact")?.text == "\(conversation.person.id)")
        }
    }

    @Test func `refuses what proves nothing`() async throws {
        try await APIWorld.run { world in
            let path = try await path(world)
            for (body, fault) in [
                (#"{"purpose": "marketing", "change": "granted"}"#, "/words"),
                (#"{"purpose": "marketing", "change": "requested", "words": "x"}"#, "/change"),
                (#"{"purpose": "marketing", "change": "withdrawn", "source": "message"}"#, "/source"),
                (#"{"purpose": "marketing", "change": "withdrawn", "at": "2999-01-01T00:00:00.000Z"}"#, "/at"),
                (#"{"purpose": "marketing", "change": "withdrawn", "at": "2026-02-31T00:00:00.000Z"}"#, "/at"),
                (#"{"purpose": "news", "change": "withdrawn"}"#, "/purpose"),
                (#"{"purpose": "utility", "change": "withdrawn", "double": true}"#, "/double"),
            ] {
                let reply = try await world.call(.post, path, body: body)
                #expect(reply.status == 422 && reply.faults == [fault], "\(body): \(reply.text)")
            }
            #expect(try await world.call(.post, path, key: "pk_reader", body: "{}").status == 403)
            #expect(try await world.call(.get, "/api/v1/contacts/0000000000009/consent").status == 404)
        }
    }

    @Test func `says whether somebody may be written to now`() async throws {
        try await APIWorld.run { world in
            let path = try await path(world)
            try await world.store.replaceTemplates(
                [
                    StoredTemplate(
                        metaID: "1", name: "oferta", language: "es", reason: nil,
                        facts: TemplateFacts(
                            status: "APPROVED", category: "MARKETING", header: nil, bodyVariables: [], isNamed: false,
                            buttonSlots: [], bodyText: "Ejemplo", footerText: nil), components: "[]")
                ], waba: APIWorld.wabaID, in: world.workspace)
            let template = try #require(try await world.store.templates(in: world.workspace).items.first).id

            let free = try await world.call(.get, "\(path)/check")
            #expect(free.status == 200 && free.at("allowed") == .bool(true) && free.at("code") == .null)
            #expect(free.at("added_line")?.text == "— Ejemplo S.A." && free.at("must_name") == .null)
            let offer = try await world.call(.get, "\(path)/check?template=\(template)")
            #expect(offer.at("allowed") == .bool(false))
            #expect(offer.at("code")?.text == "marketing_without_consent")
            #expect(offer.at("reason")?.text?.hasPrefix("This person has not agreed") == true)
            let unknown = try await world.call(.get, "\(path)/check?template=0000000000001")
            #expect(unknown.at("code")?.text == "template_unknown")
            world.clock.advance(by: .hours(25))
            #expect(try await world.call(.get, "\(path)/check").at("code")?.text == "outside_service_window")
            #expect(try await world.call(.get, "\(path)/check?number=0000000000001").status == 404)
            #expect(try await world.call(.get, "\(path)/check?template=x").status == 400)
        }
    }

    @Test func `asks by a message with buttons, once`() async throws {
        try await APIWorld.run { world in
            let path = try await path(world)
            let asked = try await world.call(.post, "\(path)/questions", body: "{}")
            #expect(asked.status == 202 && asked.at("state")?.text == "waiting", "\(asked.text)")
            #expect(try await world.call(.get, path).at("questions", "0", "id") == asked.at("id"))
            let again = try await world.call(.post, "\(path)/questions", body: "{}")
            #expect(again.status == 422 && again.code == "opt_in_waiting")
        }
    }

    @Test func `tells how far it reaches, and its words, texts and rules`() async throws {
        try await APIWorld.run { world in
            _ = try await path(world)
            let coverage = try await world.call(.get, "/api/v1/consent/coverage", key: "pk_reader")
            #expect(coverage.status == 200, "\(coverage.text)")
            #expect(coverage.at("customers") == .integer(1) && coverage.at("without_double") == .integer(1))
            #expect(coverage.at("unasked") == .integer(1) && coverage.at("counted_at") == .null)
            let settings = try await world.call(.get, "/api/v1/consent/settings", key: "pk_reader")
            #expect(settings.status == 200, "\(settings.text)")
            #expect(settings.at("question_hours") == .integer(72) && settings.at("reminder_hours") == .integer(20))
            #expect(settings.at("languages", "0", "language")?.text == "es")
            #expect(settings.at("languages", "0", "withdrawal_words", "0")?.text == "baja")
            #expect(settings.at("languages", "0", "is_standard") == .bool(true))
        }
    }

    @Test func `changes what is named, and refuses what could not work`() async throws {
        try await APIWorld.run { world in
            let path = "/api/v1/consent/settings"
            let texts = #"""
                {"confirmation": "{company}: listo", "question": "{company}: ¿ofertas?", "yes": "Sí", "no": "No",
                 "reminder": "{company}: ¿ofertas, pues?", "thanks": "{company}: gracias"}
                """#
            let body = #"""
                {"withdrawal_words": ["Cancelar"], "reminder_hours": null, "marketing_needs_double_opt_in": true,
                 "texts": {"es": \#(texts)}}
                """#
            #expect(try await world.call(.patch, path, key: "pk_reader", body: body).status == 403)
            let changed = try await world.call(.patch, path, body: body)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(changed.at("withdrawal_words", "0")?.text == "Cancelar")
            #expect(changed.at("reminder_hours") == .null && changed.at("question_hours") == .integer(72))
            #expect(changed.at("marketing_needs_double_opt_in") == .bool(true))
            #expect(changed.at("names_in_every_conversation") == .bool(true))
            #expect(changed.at("adds_sender_line") == .bool(true) && changed.at("sender_line")?.text == "— {company}")
            #expect(changed.at("languages", "0", "texts", "confirmation")?.text == "{company}: listo")
            #expect(changed.at("languages", "0", "is_standard") == .bool(false))
            let back = try await world.call(.patch, path, body: #"{"texts": {"es": null}}"#)
            #expect(back.at("languages", "0", "is_standard") == .bool(true))
            #expect(back.at("withdrawal_words", "0")?.text == "Cancelar")

            for (body, faults) in [
                (#"{"sender_line": "Saludos"}"#, nil), (#"{"sender_line": ""}"#, ["/sender_line"]),
                (#"{"question_hours": 0}"#, ["/question_hours"]), (#"{"texts": {"de": null}}"#, ["/texts/de"]),
                (#"{"texts": {"es": {"yes": "Sí"}}}"#, nil), (#"{"start_words": ["Cancelar"]}"#, nil),
                (#"{"start_words": ["STOP"]}"#, nil), (#"{"words": []}"#, ["/words"]),
                (#"{"texts": {"es": \#(texts.replacing("{company}: listo", with: "Listo"))}}"#, nil),
            ] as [(String, [String]?)] {
                let reply = try await world.call(.patch, path, body: body)
                #expect(reply.status == 422, "\(body): \(reply.text)")
                if let faults { #expect(reply.faults == faults, "\(body): \(reply.text)") }
            }
            #expect(try await world.call(.get, path).text == back.text)
        }
    }

    @Test(arguments: [
        "1970-01-01T00:00:00.000Z", "2026-11-18T23:02:00.123Z", "2024-02-29T12:00:00.000Z", "0000-03-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
    ])
    func `times are read as they are written`(text: String) {
        #expect(Timestamp(rfc3339: text)?.rfc3339 == text)
    }

    @Test(arguments: [
        "", "2026-11-18", "2026-02-29T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-11-18T23:02:00Z",
        "2026-11-18T24:00:00.000Z", "2026-11-18t23:02:00.000z", "+026-11-18T23:02:00.000Z",
    ])
    func `and nothing else is a time`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
