import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Label rules of the API` {
    private static func label(_ name: String, _ world: APIWorld) async throws -> String {
        try #require(
            try await world.call(.post, "/api/v1/labels", body: #"{"name": "\#(name)", "color": "violet"}"#).at("id")?
                .text)
    }

    /// - Parameter other: a label that the rule asks for; nil: it asks for an open conversation.
    private static func body(
        _ name: String, _ label: String, asking other: String? = nil, _ more: String = ""
    ) -> String {
        let condition =
            other.map { #"{"about": "label", "of": "\#($0)", "is": "has"}"# }
            ?? #"{"about": "activity", "is": "open"}"#
        return #"""
            {"name": "\#(name)", "label": "\#(label)",
                "conditions": {"match": "all", "parts": [\#(condition)]}\#(more)}
            """#
    }

    @Test func `a rule is made once, listed, changed and turned off`() async throws {
        try await APIWorld.run { world in
            let vip = try await Self.label("VIP", world)
            let made = try await world.call(
                .post, "/api/v1/label-rules", body: Self.body("Activos", vip), headers: ["Idempotency-Key": "k"])
            let again = try await world.call(
                .post, "/api/v1/label-rules", body: Self.body("Activos", vip), headers: ["Idempotency-Key": "k"])
            let path = try "/api/v1/label-rules/\(#require(made.at("id")?.text))"

            #expect(made.status == 201 && again.text == made.text && made.headers["location"] == path)
            #expect(made.at("label", "name")?.text == "VIP" && made.at("is_on") == .bool(true))
            #expect(made.at("takes_off") == .bool(false) && made.at("is_circular") == .bool(false))
            #expect(made.at("conditions", "parts", "0", "is")?.text == "open")
            #expect(try await world.call(.get, "/api/v1/label-rules").at("data", "0", "name")?.text == "Activos")
            let off = try await world.call(
                .put, path, body: Self.body("Abiertos", vip, #", "is_on": false, "takes_off": true"#))
            #expect(off.at("is_on") == .bool(false) && off.at("name")?.text == "Abiertos")
            // What is not named stays.
            let renamed = try await world.call(.put, path, body: Self.body("Otra vez", vip))
            #expect(renamed.at("is_on") == .bool(false) && renamed.at("takes_off") == .bool(true))
            #expect(try await world.call(.get, path).at("contacts", "value") == .integer(0))
        }
    }

    @Test func `what is wrong is told where it stands`() async throws {
        try await APIWorld.run { world in
            let (vip, other) = (try await Self.label("VIP", world), try await Self.label("Otra", world))
            #expect(
                try await world.call(.post, "/api/v1/label-rules", body: Self.body("Uno", vip, asking: other)).status
                    == 201)
            let circle = try await world.call(.post, "/api/v1/label-rules", body: Self.body("Dos", other, asking: vip))
            let taken = try await world.call(.post, "/api/v1/label-rules", body: Self.body("uno", vip))
            let gone = try await world.call(
                .post, "/api/v1/label-rules", body: Self.body("Tres", "0000000000001"))
            let empty = try await world.call(.post, "/api/v1/label-rules", body: #"{"is_on": "yes"}"#)

            #expect(circle.status == 409 && circle.code == "label_rule_circle")
            #expect(taken.status == 409 && taken.code == "label_rule_taken")
            #expect(gone.status == 422 && gone.faults == ["/label"])
            #expect(
                empty.status == 422 && Set(empty.faults) == ["/name", "/label", "/conditions", "/is_on"])
            #expect(try await world.call(.get, "/api/v1/label-rules/0000000000001").status == 404)
        }
    }

    @Test func `a rule is deleted with its labels or without`() async throws {
        try await APIWorld.run { world in
            let vip = try await Self.label("VIP", world)
            try await world.write("Hola", wamid: "wamid.\(UUID().uuidString)")
            func make(_ name: String) async throws -> String {
                let made = try await world.call(.post, "/api/v1/label-rules", body: Self.body(name, vip))
                #expect(try await world.store.beginLabelRulePass(in: world.workspace))
                _ = try await world.store.goOnWithLabelRulePass(in: world.workspace)
                return try "/api/v1/label-rules/\(#require(made.at("id")?.text))"
            }
            let carried = { try await world.call(.get, "/api/v1/labels/\(vip)").at("contacts", "value") }
            let first = try await make("Uno")
            #expect(try await world.call(.get, first).at("contacts", "value") == .integer(1))

            #expect(try await world.call(.delete, "\(first)?labels=perhaps").status == 400)
            let stays = try await world.call(.delete, first)
            #expect(stays.status == 200 && stays.at("name")?.text == "Uno")
            #expect(try await carried() == .integer(1))
            #expect(try await world.call(.delete, first).status == 404)

            // The label of a rule that is gone is like one put on by hand: somebody takes it off.
            let contact = try #require(try await world.call(.get, "/api/v1/contacts").at("data", "0", "id")?.text)
            #expect(try await world.call(.delete, "/api/v1/contacts/\(contact)/labels/\(vip)").status == 200)
            let second = try await make("Dos")
            #expect(try await carried() == .integer(1))
            let goes = try await world.call(.delete, "\(second)?labels=go")
            #expect(goes.status == 202 && goes.at("state")?.text == "done" && goes.at("changed") == .integer(1))
            #expect(try await carried() == .integer(0))
        }
    }

    @Test func `a contact's label says which rule put it on`() async throws {
        try await APIWorld.run { world in
            let (vip, other) = (try await Self.label("VIP", world), try await Self.label("Otra", world))
            try await world.write("Hola", wamid: "wamid.\(UUID().uuidString)")
            let rule = try await world.call(.post, "/api/v1/label-rules", body: Self.body("Abiertos", vip))
            #expect(try await world.store.beginLabelRulePass(in: world.workspace))
            _ = try await world.store.goOnWithLabelRulePass(in: world.workspace)
            let contact = try #require(try await world.call(.get, "/api/v1/contacts").at("data", "0", "id")?.text)
            let path = "/api/v1/contacts/\(contact)"

            // By name: "Otra" stands before "VIP".
            let labels = try await world.call(.put, "\(path)/labels/\(other)")
            let person = try await world.call(.get, path)
            for (reply, name) in [(labels, "data"), (person, "labels")] {
                #expect(reply.at(name, "0", "rule") == .null)
                #expect(reply.at(name, "1", "rule", "name")?.text == "Abiertos")
                #expect(reply.at(name, "1", "rule", "id") == rule.at("id"))
            }

            // Whoever puts it on by hand makes it theirs.
            #expect(try await world.call(.put, "\(path)/labels/\(vip)").at("data", "1", "rule") == .null)
        }
    }

    @Test func `a key that may only read makes none`() async throws {
        try await APIWorld.run { world in
            let vip = try await Self.label("VIP", world)
            let key = "pk_reader"
            #expect(try await world.call(.get, "/api/v1/label-rules", key: key).status == 200)
            #expect(
                try await world.call(.post, "/api/v1/label-rules", key: key, body: Self.body("x", vip)).status == 403)
        }
    }
}
