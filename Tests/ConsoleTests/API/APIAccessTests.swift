import Domain
import Foundation
import HTTPTypes
import Secrets
import Store
import Testing

@testable import Console

@Suite struct `A program at the door of the API` {
    @Test func `is told how to come in when it brings no key`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, "/api/v1/ledger", key: nil)

            #expect(reply.status == 401)
            #expect(reply.code == "unauthorized")
            #expect(reply.headers["www-authenticate"] == "Bearer realm=\"puente\"")
            #expect(reply.headers["content-type"] == "application/problem+json")
        }
    }

    @Test(arguments: ["Bearer", "Bearer ", "Basic cGs6", "Bearer pk_admin extra", "pk_admin", "Bearer pk_wrong"])
    func `is refused with anything but a key`(header: String) async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, "/api/v1/ledger", key: nil, headers: ["Authorization": header])

            #expect(reply.status == 401)
        }
    }

    @Test func `is refused once its key is disabled`() async throws {
        try await APIWorld.run { world in
            let token = try await world.store.createAPIKey(name: "temporary", scopes: [.read], in: world.workspace)
            #expect(try await world.call(.get, "/api/v1/ledger", key: token.text).status == 200)

            #expect(try await world.store.disableAPIKey(named: "temporary", in: world.workspace))

            #expect(try await world.call(.get, "/api/v1/ledger", key: token.text).status == 401)
        }
    }

    @Test func `needs the scope of each operation, and no scope stands for another`() async throws {
        try await APIWorld.run { world in
            let body = #"{"ids": ["0000000000001"]}"#
            let send = try await world.call(.post, "/api/v1/messages", key: "pk_reader", body: "{}")
            let admin = try await world.store.createAPIKey(name: "only-admin", scopes: [.admin], in: world.workspace)
            let dismiss = try await world.call(
                .post, "/api/v1/intake/unrouted/dismissals", key: admin.text, body: body)
            let token = try await world.store.createAPIKey(name: "only-writer", scopes: [.write], in: world.workspace)
            let read = try await world.call(.get, "/api/v1/messages", key: token.text)

            #expect(send.status == 403 && send.code == "forbidden")
            #expect(dismiss.status == 403)
            #expect(read.status == 403)
            #expect(
                try await world.call(.post, "/api/v1/intake/unrouted/dismissals", key: "pk_ops", body: body).status
                    == 200)
        }
    }

    @Test func `is noted as having used its key`() async throws {
        try await APIWorld.run { world in
            try await world.call(.get, "/api/v1/ledger", key: "pk_reader")

            let key = try await world.store.apiKeys(in: world.workspace).first { $0.name == "reader" }
            #expect(key?.usedAt == world.clock.now)
        }
    }

    @Test func `may make its requests of a minute and is told what is left`() async throws {
        try await APIWorld.run(rates: ["ops": 3]) { world in
            let first = try await world.call(.get, "/api/v1/ledger", key: "pk_ops")
            for _ in 0..<2 { try await world.call(.get, "/api/v1/ledger", key: "pk_ops") }
            let fourth = try await world.call(.get, "/api/v1/ledger", key: "pk_ops")

            #expect(first.headers["ratelimit-limit"] == "3")
            #expect(first.headers["ratelimit-remaining"] == "2")
            #expect(first.headers["ratelimit-reset"] == "20")
            #expect(fourth.status == 429 && fourth.code == "throttled")
            #expect(fourth.headers["retry-after"] == "20")
            #expect(fourth.headers["ratelimit-remaining"] == "0")
            #expect(try await world.call(.get, "/api/v1/ledger", key: "pk_reader").status == 200)

            world.clock.advance(by: .seconds(20))
            #expect(try await world.call(.get, "/api/v1/ledger", key: "pk_ops").status == 200)
        }
    }

    @Test func `that guesses keys is stopped, while every right key still opens`() async throws {
        try await APIWorld.run { world in
            #expect(try await world.call(.get, "/api/v1/ledger", key: "pk_ops").status == 200)
            for guess in 0..<100 {
                #expect(try await world.call(.get, "/api/v1/ledger", key: "pk_guess\(guess)").status == 401)
            }

            let stopped = try await world.call(.get, "/api/v1/ledger", key: "pk_another")
            #expect(stopped.status == 429)
            #expect(stopped.headers["retry-after"] == "5")
            #expect(try await world.call(.get, "/api/v1/ledger", key: "pk_ops").status == 200)
            // Also one that was not seen before: nobody's guesses keep it out.
            #expect(try await world.call(.get, "/api/v1/ledger", key: "pk_reader").status == 200)
        }
    }
}
