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

    @Test func `it is handed to a colleague who is chosen from those who may sign in`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let bruno = try await shop.hire("Bruno")
            let carla = try await shop.hire("Carla")
            try await shop.store.setDisabled(true, staff: carla, in: shop.workspace)
            let page = try await shop.get("/inbox/\(id)")
            #expect(page.contains("name=\"owner\" value=\"person:\(bruno)\""))
            #expect(!page.contains("value=\"person:\(carla)\"") && !page.contains("value=\"person:\(shop.staff)\""))

            let done = try await shop.post("/inbox/\(id)/owner", [("owner", "person:\(bruno)"), ("expected", "queue")])
            let gone = try await shop.post(
                "/inbox/\(id)/owner", [("owner", "person:\(carla)"), ("expected", "person:\(bruno)")])

            #expect(done.status == 303)
            #expect(gone.status >= 400)
            #expect(try await shop.summary(id).owner == .person(bruno))
            #expect(try await !shop.get("/inbox/\(id)").contains("name=\"owner\" value=\"person:\(bruno)\""))
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
