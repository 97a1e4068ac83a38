import Domain
import Foundation
import Store
import Testing

@testable import Console

@Suite struct `A conversation's page` {
    @Test func `stands in the order in which things were said, a heading for each day`() async throws {
        try await Shop.open { shop in
            let now = shop.clock.now
            let id = try await shop.write("second", wamid: "w2", at: now - .hours(2))
            try await shop.write("first", wamid: "w1", at: now - .hours(26))
            try await shop.write("third", wamid: "w3", at: now - .minutes(1))

            let page = try await shop.get("/inbox/\(id)")

            #expect(page.bubbles == ["first", "second", "third"])
            #expect(page.contains(">Yesterday</time>"))
            #expect(page.contains(">Today</time>"))
        }
    }

    @Test func `leads to earlier messages and back to the newest`() async throws {
        try await Shop.open { shop in
            let now = shop.clock.now
            var id: ConversationID?
            for index in 0..<55 {
                id = try await shop.write("m\(index)", wamid: "w\(index)", at: now - .minutes(60 - index))
            }
            let path = "/inbox/\(try found(id))"

            let page = try await shop.get(path)
            #expect(page.bubbles.first == "m5" && page.bubbles.last == "m54")
            let link = try #require(page.html.firstRange(of: "\(path)?before="))
            let older = try await shop.get(String(page.html[link.lowerBound...].prefix { $0 != "\"" }))

            #expect(older.bubbles == ["m0", "m1", "m2", "m3", "m4"])
            #expect(older.contains("To the newest messages"))
            #expect(try await shop.get("\(path)?before=nonsense").bubbles.last == "m54")
        }
    }

    @Test func `leads to the contact's record in the CRM, in a tab of its own, once the CRM said where`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let grip = try #require(shop.grips.first { if case .connection = $0.lane { true } else { false } })
            guard case .connection(let crm) = grip.lane else { return }
            try await shop.store.link([(contact: try await shop.summary(id).person.id, remoteID: "51")], grip: grip)
            #expect(try await !shop.get("/inbox/\(id)").contains("crm.example.com"))

            try await shop.store.setPages(
                account: "https://crm.example.com/7", contact: "https://crm.example.com/7/people/", of: crm,
                in: shop.workspace)

            let link = #"href="https://crm.example.com/7/people/51" target="_blank" rel="noopener noreferrer""#
            #expect(try await shop.get("/inbox/\(id)").html.components(separatedBy: link).count == 3)
            #expect(try await shop.get("/fragments/conversations/\(id)/header").contains(link))
        }
    }

    @Test func `shows what failed, why, and what can be done`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            _ = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("text", "Buenas tardes")])
            try await shop.refuseSends(code: "131026")
            let failed = try #require(try await shop.outgoing(id).first)

            let page = try await shop.get("/inbox/\(id)")
            #expect(page.contains("Meta does not know this number."))
            #expect(page.contains("131026"))
            let attempts = "/inbox/\(id)/messages/\(failed.id)/attempts"
            #expect(page.contains("action=\"\(attempts)\""))

            let again = try await shop.post(attempts)
            #expect(again.status == 303)
            #expect(again.location == "/inbox/\(id)")
            #expect(try await shop.outgoing(id).map(\.status) == [.queued])

            let twice = try await shop.post(attempts)
            #expect(twice.status == 409)
            #expect(twice.contains("This message did not fail"))
        }
    }

    @Test func `offers no second try of a text once the window has closed`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            _ = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("text", "Buenas tardes")])
            try await shop.refuseSends(code: "131026")
            try await shop.wait(.hours(30))

            let page = try await shop.get("/inbox/\(id)")

            #expect(page.contains("Meta does not know this number."))
            #expect(!page.contains("/attempts"))
        }
    }

    @Test func `tells the customer's phone that all of it was read`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let seen = try #require(try await shop.thread(id).last)
            try await shop.write("¿Siguen ahí?", wamid: "w2", at: shop.clock.now + .seconds(5))

            let answer = try await shop.post("/inbox/\(id)/reads", [("message", "\(seen.id)")], isScript: true)
            #expect(answer.status == 204)
            #expect(try await shop.summary(id).unread == 1)
            let claimed = try await shop.store.claimReadMarks(try shop.grip(.number(shop.number)), limit: 10)
            #expect(claimed.count == 1)

            #expect(try await shop.get("/inbox/\(id)").contains("Mark as read"))
            #expect(try await shop.post("/inbox/\(id)/reads").status == 303)
            #expect(try await shop.summary(id).unread == 0)
            #expect(try await !shop.get("/inbox/\(id)").contains("Mark as read"))
        }
    }

    @Test func `shows the customer that an answer is being written, while the window is open`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            for _ in 0..<2 { #expect(try await shop.post("/inbox/\(id)/typing").status == 204) }
            let marks = try await shop.store.claimReadMarks(try shop.grip(.number(shop.number)), limit: 10)
            #expect(marks.map(\.isTyping) == [true])
            #expect(marks.map(\.wamid) == ["w1"])

            try await shop.wait(.hours(25))
            #expect(try await shop.post("/inbox/\(id)/typing").status == 204)
            #expect(try await shop.store.claimReadMarks(try shop.grip(.number(shop.number)), limit: 10).isEmpty)
        }
    }

    @Test func `asks again for a file that could not be fetched`() async throws {
        try await Shop.open { shop in
            let image = MediaContent(kind: .image, mediaID: "m1", mimeType: "image/jpeg")
            let id = try await shop.write(.media(image), wamid: "w1")
            #expect(try await shop.get("/inbox/\(id)").contains("being fetched"))
            try await shop.failFetches()

            let file = try #require(try await shop.thread(id).first?.media)
            let page = try await shop.get("/inbox/\(id)")
            #expect(page.contains("Meta no longer has the file."))
            #expect(page.contains("action=\"/media/\(file.id)/fetches\""))
            let answer = try await shop.post("/media/\(file.id)/fetches")

            #expect(answer.status == 303)
            #expect(answer.location == "/inbox/\(id)")
            #expect(try await shop.thread(id).first?.media?.state == .fetching)
        }
    }

    @Test func `puts what the customer quoted and reacted to where it belongs`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("¿Tienen la talla 42?", wamid: "w1")
            shop.clock.move(.seconds(10))
            let question = try #require(try await shop.thread(id).first)
            _ = try await shop.post(
                "/inbox/\(id)/messages", [("once", "a"), ("text", "Sí"), ("reply", "\(question.id)")])
            try await shop.acceptSends("ours-1")
            shop.clock.move(.seconds(10))
            try await shop.write(
                .reaction(ReactionContent(messageID: "ours-1", emoji: "👍")), wamid: "w2")

            let page = try await shop.get("/inbox/\(id)")

            #expect(page.contains("href=\"#message-\(question.id)\""))
            #expect(page.contains("Lucía Fernández reacted 👍"))
            #expect(page.contains("title=\"Accepted by WhatsApp\""))
        }
    }
}
