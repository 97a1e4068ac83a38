import Domain
import Foundation
import HTTPTypes
import Secrets
import Store
import Testing

@testable import Console

@Suite struct `The routes of the API` {
    private struct Missing: Error {}

    @Test func `for contacts find and show them`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")

            let found = try await world.call(.get, "/api/v1/contacts?search=fern%C3%A1ndez+luc%C3%ADa")
            let id = try #require(found.at("data", "0", "id")?.text)
            let contact = try await world.call(.get, "/api/v1/contacts/\(id)")

            #expect(try await world.call(.get, "/api/v1/contacts?search=nobody").at("data") == .array([]))
            #expect(contact.at("phone")?.text == "5215512345678")
            #expect(contact.at("handles", "0", "kind")?.text == "phone")
            #expect(contact.at("created_at")?.text == "2026-11-18T23:02:00.000Z")
        }
    }

    @Test func `for conversations hand over, give back, close and reopen`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let staff = try await world.store.createStaff(
                email: "ana@ejemplo.mx", name: "Ana", role: .agent, passwordHash: .init(rawValue: "x"),
                in: world.workspace)
            let path = try await "/api/v1/conversations/\(world.conversation().id)"
            func put(_ part: String, _ body: String) async throws -> APIWorld.Reply {
                try await world.call(.put, "\(path)/\(part)", key: "pk_ops", body: body)
            }

            let listed = try await world.call(.get, "/api/v1/conversations?view=unassigned")
            #expect(listed.at("data", "0", "owner", "kind")?.text == "queue")
            let people = try await world.call(.get, "/api/v1/staff")
            #expect(people.at("data", "0", "id")?.text == staff.description)
            guard case .integer(let version)? = listed.at("data", "0", "version") else { throw Missing() }
            let taken = try await put("owner", #"{"kind": "person", "staff": "\#(staff)", "version": \#(version)}"#)
            #expect(taken.at("owner", "name")?.text == "Ana", "\(taken.text)")
            let late = try await put("owner", #"{"kind": "automation", "version": \#(version)}"#)
            #expect(late.status == 409 && late.code == "owner_changed")
            #expect(try await put("owner", #"{"kind": "queue", "staff": "\#(staff)"}"#).faults == ["/staff"])
            #expect(try await put("owner", #"{"kind": "person"}"#).faults == ["/staff"])
            #expect(try await put("owner", #"{"kind": "queue"}"#).at("owner", "kind")?.text == "queue")
            #expect(try await put("state", #"{"state": "closed"}"#).at("state")?.text == "closed")
            #expect(try await put("owner", #"{"kind": "automation"}"#).code == "conversation_closed")
            #expect(
                try await world.call(.get, "/api/v1/conversations?view=closed").at("data", "0", "state")?.text
                    == "closed")
            #expect(try await put("state", #"{"state": "open"}"#).at("state")?.text == "open")
            #expect(try await world.call(.get, path).at("window_ends_at")?.text == "2026-11-19T23:02:00.000Z")
        }
    }

    @Test func `for dead letters show, try again, mend and dismiss them`() async throws {
        try await APIWorld.run { world in
            let letter = try await world.deadLetter()
            let path = "/api/v1/dead-letters/\(letter)"

            let shown = try await world.call(.get, path)
            #expect(shown.at("can_be_mended") == .bool(true))
            #expect(shown.at("message", "content", "body")?.text == "Hola\n— Ejemplo S.A.")
            let listed = try await world.call(.get, "/api/v1/dead-letters?kind=whatsapp.send")
            #expect(listed.at("data", "0", "id")?.text == letter)

            #expect(try await world.call(.post, "\(path)/retries").at("settled", "0")?.text == letter)
            #expect(try await world.call(.get, path).status == 404)
            try await world.send(APIWorld.refused)
            let mend = #"{"content": {"type": "text", "body": "Mejor"}}"#
            #expect(try await world.call(.post, "\(path)/mends", body: mend).at("settled", "0")?.text == letter)
            try await world.send(APIWorld.refused)
            #expect(try await world.call(.post, "\(path)/mends", body: #"{"phone": "1"}"#).faults == ["/phone"])
            #expect(try await world.call(.post, "\(path)/mends", body: "{}").faults == [""])
            let moved = try await world.call(.post, "\(path)/mends", body: #"{"phone": "+52 1 55 9999 0000"}"#)
            #expect(moved.status == 200, "\(moved.text)")
            try await world.send(APIWorld.refused)
            #expect(try await world.call(.post, "\(path)/dismissals").status == 200)
            #expect(try await world.call(.post, "\(path)/dismissals").status == 404)
        }
    }

    @Test func `for what a CRM refuses of a contact show the field and take another value`() async throws {
        try await APIWorld.run { world in
            let grip = try #require(world.grips.first { $0.lane == .connection(world.crm) })
            let made = try await RefusedContact(in: world.store, of: world.workspace, crm: world.crm, grip: grip)
            let path = "/api/v1/dead-letters/\(made.letter)"

            let shown = try await world.call(.get, path)
            #expect(shown.at("can_be_mended") == .bool(true))
            #expect(shown.at("kind")?.text == "crm.contact")
            #expect(shown.at("field", "name")?.text == "lastname")
            #expect(shown.at("field", "label")?.text == "Last <Name>")
            #expect(shown.at("field", "rule")?.text == "kind")
            #expect(shown.at("field", "sent")?.text == "Díaz")
            #expect(shown.at("field", "local")?.text == "last_name")
            #expect(shown.at("field", "value")?.text == "Díaz")
            #expect(shown.at("field", "mapping_row") == .integer(1))
            #expect(shown.at("record_url")?.text == "https://crm.example/c/77")

            #expect(try await world.call(.post, "\(path)/mends", body: #"{"value": ""}"#).faults == ["/value"])
            #expect(try await world.call(.post, "\(path)/mends", body: #"{"value": " "}"#).status == 422)
            let text = #"{"content": {"type": "text", "body": "x"}}"#
            #expect(try await world.call(.post, "\(path)/mends", body: text).status == 404)
            let mended = try await world.call(.post, "\(path)/mends", body: #"{"value": "Ruiz"}"#)
            #expect(mended.at("settled", "0")?.text == "\(made.letter)", "\(mended.text)")
            let contact = try await world.store.contact(made.contact, in: world.workspace)
            #expect(contact?.person.name == "Rosa Ruiz")
            #expect(try await world.call(.get, path).status == 404)
        }
    }

    @Test func `for dead letters repeat what may have been sent only when that is said`() async throws {
        try await APIWorld.run { world in
            let letter = try await world.uncertainLetter()
            let path = "/api/v1/dead-letters/\(letter)/retries"
            let many = "/api/v1/dead-letters/retries"

            let alone = try await world.call(.post, path)
            let wrong = try await world.call(.post, "\(path)?confirmed=maybe")
            let among = try await world.call(.post, many, body: #"{"ids": ["\#(letter)"]}"#)
            let said = try await world.call(.post, many, body: #"{"ids": ["\#(letter)"], "confirmed": true}"#)

            #expect(alone.status == 409 && alone.code == "may_have_been_sent")
            #expect(wrong.status == 400)
            #expect(among.at("settled") == .array([]))
            #expect(among.at("unconfirmed") == .array([.string(letter)]))
            #expect(said.at("settled") == .array([.string(letter)]))
        }
    }

    @Test func `for many dead letters pass over those that need nobody`() async throws {
        try await APIWorld.run { world in
            let letter = try await world.deadLetter()
            let body = #"{"ids": ["\#(letter)", "0000000000009"]}"#

            let retried = try await world.call(.post, "/api/v1/dead-letters/retries", body: body)
            try await world.send(APIWorld.refused)
            let dismissed = try await world.call(.post, "/api/v1/dead-letters/dismissals", body: body)
            let again = try await world.call(.post, "/api/v1/dead-letters/dismissals", body: body)

            #expect(retried.at("settled") == .array([.string(letter)]))
            #expect(dismissed.at("settled") == .array([.string(letter)]))
            #expect(again.at("settled") == .array([]))
            let wrong = try await world.call(.post, "/api/v1/dead-letters/retries", body: #"{"ids": ["x", 1]}"#)
            #expect(wrong.faults == ["/ids/0", "/ids/1"])
        }
    }

    @Test func `for the intake show what found no place, and settle it`() async throws {
        try await APIWorld.run { world in
            try await world.receiveForStranger()
            try await world.receiveForStranger()

            let intake = try await world.call(.get, "/api/v1/intake")
            #expect(intake.at("unrouted", "by_reason", "unknown_number") == .integer(2))
            #expect(intake.at("is_refusing") == .bool(false))
            let list = try await world.call(.get, "/api/v1/intake/unrouted?reason=unknown_number&limit=1")
            let id = try #require(list.at("data", "0", "id")?.text)
            let entry = try await world.call(.get, "/api/v1/intake/unrouted/\(id)")
            #expect(entry.at("body")?.text == "{}")
            let settle = "/api/v1/intake/unrouted"
            let dismissed = try await world.call(.post, "\(settle)/dismissals", body: #"{"ids": ["\#(id)"]}"#)
            #expect(dismissed.at("dismissed") == .integer(1))
            let settled = try await world.call(.get, "\(settle)?state=dismissed&kind=message")
            #expect(settled.at("data", "0", "settled_by")?.text == "admin")
            #expect(settled.at("data", "0", "phone_number_id") == .null)
            let routed = try await world.call(.post, "\(settle)/routings", body: #"{"reason": "unknown_number"}"#)
            #expect(routed.at("bodies") == .integer(1))
            #expect(try await world.call(.get, "/api/v1/intake").at("unrouted", "open") == .integer(0))
            #expect(try await world.call(.post, "\(settle)/routings", body: "{}").faults == [""])
        }
    }

    @Test func `for templates ask Meta now, and name the accounts that could not be read`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.post, "/api/v1/templates/refreshes", key: "pk_ops")

            #expect(reply.status == 200)
            #expect(reply.at("failures", "0", "waba_id")?.text == APIWorld.wabaID)
            #expect(reply.at("failures", "0", "advice")?.text == "A new token.")
            #expect(try await world.call(.post, "/api/v1/templates/refreshes", key: "pk_reader").status == 403)
        }
    }

    @Test func `for accounts hold no secrets`() async throws {
        try await APIWorld.run { world in
            let numbers = try await world.call(.get, "/api/v1/numbers")
            let connections = try await world.call(.get, "/api/v1/connections")

            #expect(numbers.at("data", "0", "phone_number_id")?.text == APIWorld.phoneNumberID)
            #expect(connections.at("data", "0", "name")?.text == "hubspot")
            #expect(connections.at("data", "0", "lane", "waiting") == .integer(0))
            #expect(!numbers.text.contains("token") && !connections.text.contains("secret"))
            #expect(try await world.call(.get, "/api/v1/templates").at("data") == .array([]))
            #expect(try await world.call(.get, "/api/v1/templates/0000000000009").status == 404)
        }
    }

    @Test func `for the ledger balance`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.receiveForStranger()

            let ledger = try await world.call(.get, "/api/v1/ledger", key: "pk_reader")

            #expect(ledger.at("bodies", "received") == .integer(2))
            #expect(ledger.at("bodies", "waiting") == .integer(0))
            #expect(
                ledger.at("messages")
                    == (["received": 2, "duplicates": 0, "stored": 1, "unrouted": 1] as JSONObject).json)
            #expect(
                ledger.at("connections", "hubspot")
                    == (["stored": 1, "recorded": 0, "waiting": 1, "dead": 0, "not_applicable": 0] as JSONObject).json)
            #expect(ledger.at("delays", "0", "hop")?.text == "stored")
        }
    }
}
