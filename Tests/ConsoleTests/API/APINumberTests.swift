import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

/// What the API tells of phone numbers: what kind they are, and at which of them nobody is reached.
@Suite struct `Numbers of the API` {
    /// - Returns: the path of the one contact.
    private static func contact(_ world: APIWorld) async throws -> String {
        let id = try #require(try await world.call(.get, "/api/v1/contacts").at("data", "0", "id")?.text)
        return "/api/v1/contacts/\(id)"
    }

    @Test func `a number that its country's plan does not have says so until WhatsApp tells of it`() async throws {
        try await APIWorld.run { world in
            _ = try await world.deadLetter()
            let known = try await world.call(.get, try await Self.contact(world))
            #expect(known.at("handles", "0", "number", "is_doubtful") == .bool(false))

            let made = try await world.call(
                .post, "/api/v1/contacts", body: #"{"name": "Bia", "phone": "(11) 6142-2966", "region": "BR"}"#)
            #expect(made.status == 201)
            #expect(made.at("handles", "0", "number", "is_doubtful") == .bool(true))
        }
    }

    @Test func `a contact says what its number is, and a mark goes when somebody tries again`() async throws {
        try await APIWorld.run { world in
            _ = try await world.deadLetter()
            let path = try await Self.contact(world)

            let marked = try await world.call(.get, path)
            #expect(marked.at("is_unreachable") == .bool(true))
            #expect(marked.at("handles", "0", "number", "kind")?.text == "fixed_line_or_mobile")
            #expect(marked.at("handles", "0", "number", "region")?.text == "MX")
            #expect(marked.at("handles", "0", "unreachable", "messages") == .integer(1))
            let message = try #require(marked.at("handles", "0", "unreachable", "last_message")?.text)
            #expect(try await world.call(.get, "/api/v1/messages/\(message)").at("status")?.text == "failed")
            #expect(try await world.call(.get, "/api/v1/contacts?reach=reachable").at("data") == .array([]))
            #expect(
                try await world.call(.get, "/api/v1/contacts?reach=unreachable").at("data", "0", "is_unreachable")
                    == .bool(true))
            #expect(try await world.call(.get, "/api/v1/contacts?reach=never").faults == ["reach"])

            let refused = try await world.send(
                #"{"to": {"conversation": "\#(world.conversation().id)"}, "content": {"type": "text", "body": "¿Sigue?"}}"#
            )
            #expect(refused.status == 422 && refused.code == "number_unreachable")

            let handle = try #require(marked.at("handles", "0", "id")?.text)
            let tried = try await world.call(.post, "\(path)/handles/\(handle)/tries")
            #expect(tried.status == 200 && tried.at("is_unreachable") == .bool(false))
            #expect(tried.at("handles", "0", "unreachable") == .null)
            let history = try await world.call(.get, "\(path)/history")
            #expect(history.at("data", "0", "facts", "0", "step")?.text == "tried")
            let other = try await world.call(.post, "\(path)/handles/01HZY8V3K2M4N/tries")
            #expect(other.status == 404)
            let sent = try await world.send(
                #"{"to": {"conversation": "\#(world.conversation().id)"}, "content": {"type": "text", "body": "¿Sigue?"}}"#
            )
            #expect(sent.status == 202)
        }
    }

    @Test func `segments take kinds of numbers and the mark as conditions`() async throws {
        try await APIWorld.run { world in
            _ = try await world.deadLetter()
            for (condition, count) in [
                (#"{"about": "unreachable", "is": "has"}"#, 1), (#"{"about": "unreachable", "is": "has_not"}"#, 0),
                (#"{"about": "number_kind", "is": "is_not", "value": "fixed_line"}"#, 1),
            ] {
                let made = try await world.call(
                    .post, "/api/v1/segments",
                    body: #"""
                        {"name": "\#(count)\#(condition.count)",
                         "conditions": {"match": "all", "parts": [\#(condition)]}}
                        """#
                )
                #expect(made.status == 201)
                #expect(made.at("conditions", "parts", "0", "about")?.text?.isEmpty == false)
                let id = try #require(made.at("id")?.text)
                let members = try await world.call(.get, "/api/v1/segments/\(id)/members")
                guard case .array(let found)? = members.at("data") else {
                    Issue.record("no list")
                    continue
                }
                #expect(found.count == count, "\(condition)")
            }
            let wrong = try await world.call(
                .post, "/api/v1/segments",
                body: #"""
                    {"name": "x", "conditions": {"match": "all", "parts": [
                        {"about": "number_kind", "is": "is", "value": "carrier pigeon"}]}}
                    """#)
            #expect(wrong.status == 422)
        }
    }
}
