import Domain
import Store
import Testing

@testable import Console

@Suite struct `Handing over from the inbox` {
    @Test func `taking over, giving back, closing and opening again`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            func owner(_ name: String, _ expected: String) async throws -> Int {
                try await shop.post("/inbox/\(id)/owner", [("owner", name), ("expected", expected)]).status
            }
            func state(_ name: String, _ expected: String) async throws -> Int {
                try await shop.post("/inbox/\(id)/state", [("state", name), ("expected", expected)]).status
            }

            #expect(try await owner("reader", "queue") == 303)
            #expect(try await shop.summary(id).owner == .person(shop.staff))
            #expect(try await owner("automation", "person:\(shop.staff)") == 303)
            #expect(try await shop.summary(id).owner == .automation)
            #expect(try await owner("queue", "automation") == 303)
            #expect(try await state("closed", "queue") == 303)
            #expect(try await shop.summary(id).isClosed)
            #expect(try await shop.get("/inbox/\(id)").contains("Reopen"))
            #expect(try await state("open", "queue") == 303)
            #expect(try await !shop.summary(id).isClosed)
            #expect(try await owner("nobody", "queue") == 422)
            #expect(try await owner("reader", "nonsense") == 422)
        }
    }

    @Test func `of two who reach for it, the second learns who has it`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let bruno = try await shop.hire("Bruno")
            try await shop.give(id, to: .person(bruno))

            let answer = try await shop.post("/inbox/\(id)/owner", [("owner", "reader"), ("expected", "queue")])

            #expect(answer.status == 409)
            #expect(answer.contains("Bruno has this conversation now."))
            #expect(answer.contains("value=\"person:\(bruno)\""))
            #expect(try await shop.summary(id).owner == .person(bruno))
        }
    }

    @Test func `closing is refused when a colleague took it meanwhile`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let bruno = try await shop.hire("Bruno")
            try await shop.give(id, to: .person(bruno))

            let answer = try await shop.post("/inbox/\(id)/state", [("state", "closed"), ("expected", "queue")])

            #expect(answer.status == 409)
            #expect(try await !shop.summary(id).isClosed)
        }
    }
}
