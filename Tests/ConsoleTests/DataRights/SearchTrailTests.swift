import Dispatch
import Domain
import HTTPTypes
import Testing

@testable import Console
@testable import Store

@Suite struct `Looking for contacts` {
    @Test func `in the table is written down with what was searched for`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.get("/contacts")
            _ = try await browser.get("/contacts?q=luc%C3%ADa+%3Cb%3E&state=blocked")
            _ = try await browser.get("/contacts?q=luc%C3%ADa+%3Cb%3E&state=blocked&order=name")

            await world.parts.listings.settled()
            let trail = try await browser.get("/audit?kind=seen").text

            #expect(trail.contains("looked through the contacts"))
            #expect(trail.matches(of: /searched the contacts for “lucía &lt;b&gt;”/).count == 1, "\(trail)")
        }
    }

    /// As during an import, which keeps the database's one writer busy.
    @Test(.timeLimit(.minutes(1))) func `keeps no page waiting while it cannot be written down yet`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let (held, free) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let writing = Task {
                try await world.store.database.write(on: .work) { _ in
                    held.signal()
                    free.wait()
                }
            }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    held.wait()
                    continuation.resume()
                }
            }
            let page: String
            do {
                defer { free.signal() }
                page = try await browser.get("/contacts?q=lucia").text
            }
            #expect(page.contains("value=\"lucia\""))

            try await writing.value
            await world.parts.listings.settled()
            #expect(try await browser.get("/audit?kind=seen").text.contains("searched the contacts for “lucia”"))
        }
    }

    @Test func `is written down whole and in order where more ask than may wait`() async throws {
        try await ConsoleWorld.run { world, _ in
            let notes = ListingNotes(world.store, most: 2, logger: world.parts.logger)
            for number in 0..<20 {
                await notes.add(
                    ListingNotes.Note(
                        asked: ["query": "\(number) ana"], actor: "Ana", workspace: world.workspace))
            }
            await notes.settled()

            let trail = try await world.store.audit(AuditQuery(kind: .seen), in: world.workspace).items
            #expect(trail.reversed().map(\.query) == (0..<20).map { "\($0) ana" })
        }
    }

    @Test func `through the API is written down, too`() async throws {
        try await APIWorld.run { world in
            _ = try await world.call(.get, "/api/v1/contacts?search=luc%C3%ADa", key: "pk_reader")
            let conditions = #"{"match": "all", "parts": [{"about": "activity", "is": "never"}]}"#
            let segment = try await world.call(
                .post, "/api/v1/segments", body: #"{"name": "Uno", "conditions": \#(conditions)}"#)
            let id = try #require(segment.at("id")?.text)
            _ = try await world.call(.get, "/api/v1/segments/\(id)/members")

            let trail = try await world.call(.get, "/api/v1/audit?kind=seen")

            #expect(
                trail.at("data", "0", "event")?.text == "contacts.listed" && trail.at("data", "0", "query") == .null)
            #expect(trail.at("data", "1", "query")?.text == "lucía" && trail.at("data", "1", "actor")?.text == "reader")
        }
    }
}
