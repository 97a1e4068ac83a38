import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `A change through the API upon what was read` {
    @Test func `is refused with 412 when a contact says something else by now`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let path = "/api/v1/contacts/\(try await world.conversation().person.id)"
            let read = try #require(try await world.call(.get, path).headers["etag"])
            func patch(_ body: String, _ tag: String?) async throws -> APIWorld.Reply {
                try await world.call(
                    .patch, path, key: "pk_ops", body: body, headers: tag.map { ["If-Match": $0] } ?? [:])
            }

            let first = try await patch(#"{"note": "Llamar"}"#, read)
            #expect(first.status == 200 && first.headers["etag"] != read, "\(first.text)")
            let stale = try await patch(#"{"name": "Luz"}"#, read)
            #expect(stale.status == 412 && stale.code == "changed_meanwhile")
            #expect(stale.at("title")?.text == "Precondition Failed")
            #expect(try await world.call(.get, path).at("name")?.text == "")

            let now = try #require(first.headers["etag"])
            #expect(try await patch(#"{"name": "Luz"}"#, "\(read), \(now)").at("name")?.text == "Luz")
            #expect(try await patch(#"{"name": "Luzia"}"#, "*").at("name")?.text == "Luzia")
            #expect(try await patch(#"{"name": "Lu"}"#, nil).at("name")?.text == "Lu")
            #expect(try await patch(#"{"name": "x"}"#, "W/\(now)").status == 412, "a weak tag matches nothing")
            for wrong in ["x", "\"\"", "\"a\",", "\"a b\"", "*, \"a\""] {
                let reply = try await patch(#"{"name": "x"}"#, wrong)
                #expect(reply.status == 400 && reply.faults == ["If-Match"], "\(wrong)")
            }
        }
    }

    @Test func `is refused with 412 for labels, fields, segments and label rules`() async throws {
        try await APIWorld.run { world in
            let conditions = #"{"match": "all", "parts": [{"about": "activity", "is": "never"}]}"#
            let label = try #require(
                try await world.call(.post, "/api/v1/labels", body: #"{"name": "De reglas"}"#).at("id")?.text)
            let rule = { (name: String) in
                #"{"name": "\#(name)", "label": "\#(label)", "conditions": \#(conditions)}"#
            }
            for (kind, made, one, two) in [
                ("labels", #"{"name": "VIP"}"#, #"{"name": "Oro"}"#, #"{"name": "Plata"}"#),
                ("fields", #"{"name": "Nivel", "kind": "text"}"#, #"{"name": "Rango"}"#, #"{"name": "Grado"}"#),
                (
                    "segments", #"{"name": "Uno", "conditions": \#(conditions)}"#,
                    #"{"name": "Dos", "conditions": \#(conditions)}"#,
                    #"{"name": "Tres", "conditions": \#(conditions)}"#
                ), ("label-rules", rule("Uno"), rule("Dos"), rule("Tres")),
            ] {
                let id = try #require(try await world.call(.post, "/api/v1/\(kind)", body: made).at("id")?.text)
                let path = "/api/v1/\(kind)/\(id)"
                let read = ["If-Match": try #require(try await world.call(.get, path).headers["etag"])]

                #expect(try await world.call(.put, path, body: one, headers: read).status == 200, "\(kind)")
                let stale = try await world.call(.put, path, body: two, headers: read)

                #expect(stale.status == 412 && stale.code == "changed_meanwhile", "\(kind): \(stale.text)")
                #expect(try await world.call(.put, path, body: two).status == 200, "\(kind)")
                guard kind != "fields" else { continue }
                let kept = try await world.call(.delete, path, headers: read)
                #expect(kept.status == 412 && kept.code == "changed_meanwhile", "\(kind): \(kept.text)")
                if kind == "label-rules" {
                    #expect(try await world.call(.delete, "\(path)?labels=go", headers: read).status == 412)
                }
                let now = ["If-Match": try #require(try await world.call(.get, path).headers["etag"])]
                #expect([200, 202].contains(try await world.call(.delete, path, headers: now).status), "\(kind)")
                #expect(try await world.call(.get, path).status == 404, "\(kind)")
            }
        }
    }
}
