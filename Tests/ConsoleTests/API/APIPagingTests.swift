import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Lists of the API` {
    private static func fill(_ world: APIWorld) async throws {
        for number in 0..<5 {
            try await world.write("Mensaje \(number)", wamid: "wamid.\(number)")
            world.clock.advance(by: .seconds(1))
        }
    }

    private static func bodies(_ reply: APIWorld.Reply) -> [String] {
        guard case .array(let items)? = reply.at("data") else { return [] }
        return items.compactMap { $0["content"]?["body"]?.text }
    }

    @Test func `are read page by page to the end, each row once`() async throws {
        try await APIWorld.run { world in
            try await Self.fill(world)

            var seen: [String] = []
            var path = "/api/v1/messages?limit=2"
            for _ in 0..<3 {
                let page = try await world.call(.get, path)
                #expect(page.status == 200)
                seen += Self.bodies(page)
                guard let link = page.headers["link"] else { break }
                path = try String(#require(link.firstMatch(of: #/^<([^>]+)>; rel="next"$/#)).1)
                #expect(try path.contains(#require(page.at("next")?.text)))
            }

            #expect(seen == (0..<5).reversed().map { "Mensaje \($0)" })
        }
    }

    @Test func `end with a page that has no next one`() async throws {
        try await APIWorld.run { world in
            try await Self.fill(world)

            let page = try await world.call(.get, "/api/v1/messages?limit=5")

            #expect(Self.bodies(page).count == 5)
            #expect(page.at("next") == .null)
            #expect(page.headers["link"] == nil)
        }
    }

    @Test func `take a cursor only where it came from, with the filters it came with`() async throws {
        try await APIWorld.run { world in
            try await Self.fill(world)
            let path = "/api/v1/messages?direction=inbound&limit=2"
            let next = try #require(try await world.call(.get, path).at("next")?.text)

            #expect(
                try await world.call(.get, "/api/v1/messages?direction=inbound&limit=3&cursor=\(next)").status == 200)
            for wrong in [
                "/api/v1/messages?limit=2&cursor=\(next)",
                "/api/v1/messages?direction=outbound&cursor=\(next)",
                "/api/v1/contacts?cursor=\(next)",
            ] {
                let reply = try await world.call(.get, wrong)
                #expect(reply.status == 400 && reply.faults == ["cursor"], "\(wrong)")
            }
        }
    }

    @Test func `refuse a cursor that was changed or made up`() async throws {
        try await APIWorld.run { world in
            try await Self.fill(world)
            let next = try #require(try await world.call(.get, "/api/v1/messages?limit=2").at("next")?.text)
            let parts = next.split(separator: ".")

            for forged in [
                "\(parts[0]).1.\(parts[2])", "1.\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1])",
                "\(parts[0]).\(parts[1]).", next + "0", "0.0.00000000000000000000000000000000", "x", "..", "",
            ] {
                let reply = try await world.call(.get, "/api/v1/messages?limit=2&cursor=\(forged)")
                #expect(reply.status == 400 && reply.faults == ["cursor"], "\(forged)")
            }
        }
    }

    @Test func `of one conversation run by WhatsApp's time`() async throws {
        try await APIWorld.run { world in
            try await Self.fill(world)
            let conversation = try await world.conversation().id

            let first = try await world.call(.get, "/api/v1/messages?conversation=\(conversation)&limit=4")
            let next = try #require(first.at("next")?.text)
            let rest = try await world.call(
                .get, "/api/v1/messages?conversation=\(conversation)&limit=4&cursor=\(next)")

            #expect(Self.bodies(first).first == "Mensaje 4")
            #expect(Self.bodies(rest) == ["Mensaje 0"])
        }
    }
}
