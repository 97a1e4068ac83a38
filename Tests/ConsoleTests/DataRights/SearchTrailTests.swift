import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Looking for contacts` {
    @Test func `in the table is written down with what was searched for`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.get("/contacts")
            _ = try await browser.get("/contacts?q=luc%C3%ADa+%3Cb%3E&state=blocked")
            _ = try await browser.get("/contacts?q=luc%C3%ADa+%3Cb%3E&state=blocked&order=name")

            let trail = try await browser.get("/audit?kind=seen").text

            #expect(trail.contains("looked through the contacts"))
            #expect(trail.matches(of: /searched the contacts for “lucía &lt;b&gt;”/).count == 1, "\(trail)")
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
