import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Repeats of a request to the API` {
    private static func text(_ text: String, to conversation: ConversationID) -> String {
        #"{"to": {"conversation": "\#(conversation)"}, "content": {"type": "text", "body": "\#(text)"}}"#
    }

    private static func outbound(_ world: APIWorld) async throws -> Int {
        try await world.store.messages(MessageQuery(isInbound: false), in: world.workspace).items.count
    }

    @Test func `with the same key get the same answer and send nothing more`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let body = try await Self.text("Buenas", to: world.conversation().id)

            let first = try await world.send(body, idempotencyKey: "k1")
            let second = try await world.send(body, idempotencyKey: "\"k1\"")

            #expect(first.status == 202 && second.status == 202)
            #expect(first.text == second.text)
            #expect(first.headers["idempotency-replayed"] == nil)
            #expect(second.headers["idempotency-replayed"] == "true")
            #expect(first.headers["location"] == second.headers["location"])
            #expect(try await Self.outbound(world) == 1)
        }
    }

    @Test func `with the same key and another body are a mistake`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.conversation().id
            _ = try await world.send(Self.text("Buenas", to: conversation), idempotencyKey: "k1")

            let reply = try await world.send(Self.text("Otra cosa", to: conversation), idempotencyKey: "k1")

            #expect(reply.status == 422 && reply.code == "idempotency_key_reused")
            #expect(try await Self.outbound(world) == 1)
        }
    }

    @Test func `of another program with the same key are requests of their own`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let body = try await Self.text("Buenas", to: world.conversation().id)

            _ = try await world.send(body, idempotencyKey: "k1", key: "pk_ops")
            let other = try await world.send(body, idempotencyKey: "k1", key: "pk_admin")

            #expect(other.headers["idempotency-replayed"] == nil)
            #expect(try await Self.outbound(world) == 2)
        }
    }

    @Test func `of a refused request are tried anew`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let body = try await Self.text("Buenas", to: world.conversation().id)
            world.clock.advance(by: .hours(25))
            let refused = try await world.send(body, idempotencyKey: "k1")
            try await world.write("¿Sigue ahí?", wamid: "wamid.2")

            let taken = try await world.send(body, idempotencyKey: "k1")

            #expect(refused.status == 422 && refused.code == "outside_service_window")
            #expect(taken.status == 202)
        }
    }

    @Test func `are forgotten after a day`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let body = try await Self.text("Buenas", to: world.conversation().id)
            _ = try await world.send(body, idempotencyKey: "k1")
            world.clock.advance(by: .hours(24) + .seconds(1))
            try await world.write("Hola otra vez", wamid: "wamid.2")

            #expect(try await world.send(body, idempotencyKey: "k1").headers["idempotency-replayed"] == nil)
        }
    }

    @Test func `while the first is at work are told to wait`() async throws {
        try await APIWorld.run { world in
            let letter = try await world.deadLetter()
            let path = "/api/v1/dead-letters/\(letter)/dismissals"
            let key = try #require(try await world.store.apiKeys(in: world.workspace).first { $0.name == "admin" })
            let running = IdempotentRequest(
                workspace: world.workspace, apiKey: key.id, key: "k1", fingerprint: RequestFingerprint.of(.post, path))
            #expect(try await world.store.begin(running) == nil)

            let reply = try await world.call(.post, path, headers: ["Idempotency-Key": "k1"])
            #expect(reply.status == 409 && reply.code == "idempotency_in_progress")
            #expect(reply.headers["retry-after"] == "1")

            // The process that took the key has ended: after a minute the key is free.
            world.clock.advance(by: .seconds(61))
            #expect(try await world.call(.post, path, headers: ["Idempotency-Key": "k1"]).status == 200)
        }
    }

    @Test func `of other acts get the first answer, too`() async throws {
        try await APIWorld.run { world in
            let letter = try await world.deadLetter()
            let path = "/api/v1/dead-letters/\(letter)/dismissals"

            let first = try await world.call(.post, path, headers: ["Idempotency-Key": "k1"])
            let second = try await world.call(.post, path, headers: ["Idempotency-Key": "k1"])
            let third = try await world.call(.post, path, headers: ["Idempotency-Key": "k2"])

            #expect(first.status == 200 && second.status == 200)
            #expect(first.text == second.text)
            #expect(second.headers["idempotency-replayed"] == "true")
            #expect(third.status == 404)
        }
    }

    @Test func `of an act that was refused are tried anew`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.conversation().id
            let sent = try await world.send(Self.text("Buenas", to: conversation))
            let path = try "/api/v1/messages/\(#require(sent.at("id")?.text))/retries"
            let early = try await world.call(.post, path, headers: ["Idempotency-Key": "k1"])
            try await world.send(APIWorld.refused)

            let late = try await world.call(.post, path, headers: ["Idempotency-Key": "k1"])

            #expect(early.status == 409 && early.code == "not_failed")
            #expect(late.status == 202)
        }
    }

    @Test(arguments: ["", "\"", "\"\"", "a\"b", "a b", "ü", String(repeating: "k", count: 256)])
    func `need a key that is one`(key: String) async throws {
        try await APIWorld.run { world in
            let reply = try await world.send("{}", idempotencyKey: key)

            #expect(reply.status == 400)
            #expect(reply.faults == ["Idempotency-Key"])
        }
    }
}
