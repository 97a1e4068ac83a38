import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Labels, fields and segments of the API` {
    private static func contact(_ world: APIWorld) async throws -> String {
        try await world.write("Hola", wamid: "wamid.\(UUID().uuidString)")
        return try #require(try await world.call(.get, "/api/v1/contacts").at("data", "0", "id")?.text)
    }

    @Test func `a label is made once, changed, put on, counted and deleted`() async throws {
        try await APIWorld.run { world in
            let contact = try await Self.contact(world)
            let made = try await world.call(
                .post, "/api/v1/labels", body: #"{"name": "VIP", "color": "violet"}"#,
                headers: ["Idempotency-Key": "k"])
            let again = try await world.call(
                .post, "/api/v1/labels", body: #"{"name": "VIP", "color": "violet"}"#,
                headers: ["Idempotency-Key": "k"])
            let id = try #require(made.at("id")?.text)
            #expect(made.status == 201 && again.text == made.text)
            #expect(made.headers["location"] == "/api/v1/labels/\(id)")
            #expect(try await world.call(.post, "/api/v1/labels", body: #"{"name": "vip"}"#).code == "label_taken")

            let changed = try await world.call(.put, "/api/v1/labels/\(id)", body: #"{"name": "Oro"}"#)
            #expect(changed.at("name")?.text == "Oro" && changed.at("color")?.text == "violet")
            let labels = try await world.call(.put, "/api/v1/contacts/\(contact)/labels/\(id)")
            #expect(labels.at("data", "0", "name")?.text == "Oro")
            #expect(try await world.call(.get, "/api/v1/labels/\(id)").at("contacts", "value") == .integer(1))

            let deleted = try await world.call(.delete, "/api/v1/labels/\(id)")
            #expect(deleted.status == 202 && deleted.at("state")?.text == "done")
            #expect(try await world.call(.get, "/api/v1/labels/\(id)").status == 404)
        }
    }

    @Test func `a field says what JSON says`() async throws {
        try await APIWorld.run { world in
            let contact = try await Self.contact(world)
            let field = { (kind: String) in
                try await world.call(.post, "/api/v1/fields", body: #"{"name": "\#(kind)", "kind": "\#(kind)"}"#)
                    .at("id")?.text ?? ""
            }
            let (number, day, yesNo) = (try await field("number"), try await field("date"), try await field("yes_no"))
            for (id, value) in [(number, "12.5"), (day, "\"2026-11-26\""), (yesNo, "true")] {
                let reply = try await world.call(
                    .put, "/api/v1/contacts/\(contact)/fields/\(id)", body: #"{"value": \#(value)}"#)
                #expect(reply.status == 200)
            }
            let fields = try await world.call(.get, "/api/v1/contacts/\(contact)/fields")
            #expect(fields.at("data", "0", "value") == .number(12.5))
            #expect(fields.at("data", "1", "value")?.text == "2026-11-26")
            #expect(fields.at("data", "2", "value") == .bool(true))

            let cleared = try await world.call(
                .put, "/api/v1/contacts/\(contact)/fields/\(number)", body: #"{"value": null}"#)
            #expect(cleared.at("data", "0", "value") == .null)
            let wrong = try await world.call(
                .put, "/api/v1/contacts/\(contact)/fields/\(day)", body: #"{"value": "mañana"}"#)
            #expect(wrong.status == 422 && wrong.faults == ["/value"])
            #expect(
                try await world.call(.put, "/api/v1/contacts/\(contact)/fields/\(day)", body: #"{"value": []}"#).faults
                    == ["/value"])
        }
    }

    @Test func `a field is changed, and its choices renamed`() async throws {
        try await APIWorld.run { world in
            let made = try await world.call(
                .post, "/api/v1/fields", body: #"{"name": "Nivel", "kind": "choice", "choices": ["Oro", "Plata"]}"#)
            let id = try #require(made.at("id")?.text)
            let path = "/api/v1/fields/\(id)"
            #expect(try await world.call(.put, path, body: #"{"name": "Nivel", "choices": []}"#).code == "choices")
            #expect(try await world.call(.put, path, body: #"{"name": "Nivel", "choices": ["Oro"]}"#).status == 200)
            let archived = try await world.call(.put, path, body: #"{"name": "Rango", "is_archived": true}"#)
            #expect(archived.at("is_archived") == .bool(true) && archived.at("key")?.text == "nivel")
            for name in ["   ", " Oro "] {
                let wrong = try await world.call(
                    .post, "\(path)/choice-renames", body: #"{"from": "Oro", "to": "\#(name)"}"#)
                #expect(wrong.status == 422 && wrong.code == "choices")
            }
            let renamed = try await world.call(
                .post, "\(path)/choice-renames", body: #"{"from": "Oro", "to": "Gold"}"#)
            #expect(renamed.status == 202)
            #expect(try await world.call(.get, path).at("choices", "0")?.text == "Gold")
            #expect(
                try await world.call(.post, "\(path)/choice-renames", body: #"{"from": "Oro", "to": "x"}"#).status
                    == 404)
        }
    }

    @Test(
        "who reads what is noted of a person is in the audit trail",
        arguments: ["labels", "fields", "states", "history"])
    func seen(part: String) async throws {
        try await APIWorld.run { world in
            let contact = try await Self.contact(world)
            #expect(try await world.call(.get, "/api/v1/contacts/\(contact)/\(part)").status == 200)

            let trail = try await world.call(.get, "/api/v1/audit?kind=seen&contact=\(contact)")
            #expect(trail.at("data", "0", "event")?.text == "contact.seen")
            #expect(try await world.call(.get, "/api/v1/contacts/0000000000001/\(part)").status == 404)
        }
    }

    @Test func `states are set and cleared`() async throws {
        try await APIWorld.run { world in
            let path = try await "/api/v1/contacts/\(Self.contact(world))/states"
            let set = try await world.call(.put, "\(path)/do_not_call", body: #"{"reason": "Lo pidió"}"#)
            #expect(set.at("data", "0", "state")?.text == "do_not_call")
            #expect(set.at("data", "0", "actor")?.text == "admin")
            #expect(try await world.call(.put, "\(path)/happy", body: "{}").status == 404)
            #expect(try await world.call(.delete, "\(path)/do_not_call").at("data") == .array([]))
        }
    }

    @Test func `a segment is made, counted and listed to its end`() async throws {
        try await APIWorld.run { world in
            _ = try await Self.contact(world)
            let body = #"""
                {"name": "Activos", "conditions": {"match": "all", "parts": [
                    {"about": "activity", "is": "within", "value": "7"},
                    {"match": "any", "parts": [{"about": "phone", "is": "starts", "value": "+52"},
                        {"about": "language", "is": "is", "value": "pt-br"}]}]}}
                """#
            let made = try await world.call(.post, "/api/v1/segments", body: body)
            let path = try "/api/v1/segments/\(#require(made.at("id")?.text))"
            #expect(made.status == 201)
            #expect(made.at("conditions", "parts", "1", "parts", "1", "value")?.text == "pt_BR")
            #expect(try await world.call(.get, "\(path)/count").at("value") == .integer(1))
            let members = try await world.call(.get, "\(path)/members?limit=1")
            #expect(members.at("data", "0", "display_name")?.text == "Lucía Fernández")
            #expect(members.at("next") == .null)

            let changed = try await world.call(
                .put, path,
                body:
                    #"{"name": "Todos", "conditions": {"match": "any", "parts": [{"about": "name", "is": "filled"}]}}"#)
            #expect(changed.at("name")?.text == "Todos")
            #expect(try await world.call(.delete, path).status == 200)
            #expect(try await world.call(.get, path).status == 404)
        }
    }

    @Test func `everything wrong with conditions is told at once`() async throws {
        try await APIWorld.run { world in
            let body = #"""
                {"name": "", "conditions": {"match": "some", "parts": [
                    {"about": "phone", "is": "starts", "value": "Puebla"}, {"about": "field", "of": "x", "is": "filled"},
                    {"about": "moon", "is": "is"}, {"match": "any", "parts": []}, 7]}}
                """#
            let reply = try await world.call(.post, "/api/v1/segments", body: body)
            #expect(reply.status == 422)
            #expect(
                Set(reply.faults) == [
                    "/name", "/conditions/match", "/conditions/parts/0/value", "/conditions/parts/1/of",
                    "/conditions/parts/2/about", "/conditions/parts/3/parts", "/conditions/parts/4",
                ])
        }
    }

    @Test func `a bulk action is begun once, looked at and put back`() async throws {
        try await APIWorld.run { world in
            let contact = try await Self.contact(world)
            let label = try #require(
                try await world.call(.post, "/api/v1/labels", body: #"{"name": "VIP"}"#).at("id")?.text)
            let body = #"{"action": "add_label", "label": "\#(label)", "contacts": ["\#(contact)"]}"#
            let begun = try await world.call(
                .post, "/api/v1/bulk-actions", body: body, headers: ["Idempotency-Key": "k"])
            let path = try "/api/v1/bulk-actions/\(#require(begun.at("id")?.text))"

            #expect(begun.status == 202 && begun.headers["location"] == path)
            #expect(begun.at("changed") == .integer(1) && begun.at("is_undoable") == .bool(true))
            #expect(try await world.call(.post, "\(path)/stops").status == 409)
            let undo = try await world.call(.post, "\(path)/undos")
            #expect(undo.status == 202 && undo.at("state")?.text == "undoing")
            #expect(try await world.call(.post, "\(path)/undos").code == "not_undoable")
            #expect(
                try await world.call(.post, "/api/v1/bulk-actions", body: #"{"action": "add_label"}"#).status == 422)
        }
    }
}
