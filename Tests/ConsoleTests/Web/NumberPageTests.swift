import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

/// What the pages say of a number: its kind, and that nobody is reached there.
struct NumberPageTests {
    /// Lucía, to whom a message could not be delivered.
    private func marked(_ world: ConsoleWorld) async throws -> ContactID {
        _ = try await world.deadLetter()
        return try #require(try await world.store.contacts(in: world.workspace).items.first).person.id
    }

    @Test func `the contact's page tells what kind a number is, and how it is written there`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await world.store.createContact(
                ContactDraft(name: "Sol", addresses: [.init(.phone, "541123456789")]), by: "Ana", in: world.workspace)
            let id = try #require(try await world.store.contacts(in: world.workspace).items.first).person.id
            _ = try await browser.signIn()
            let page = try await browser.get("/contacts/\(id)").text
            #expect(page.contains("fixed line, written 011 2345-6789 there"))
            #expect(page.contains("Argentina"))
            #expect(!page.contains("Not reachable."))
        }
    }

    @Test func `a number at which nobody is reached is marked wherever it stands`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await marked(world)
            _ = try await browser.signIn()

            let page = try await browser.get("/contacts/\(id)").text
            #expect(page.contains("Not reachable.") && page.contains("A message to this number could not be delivered"))
            #expect(page.contains("evidence, not proof"))
            let table = try await browser.get("/contacts").text
            #expect(table.contains("Not reachable</span>"))
            #expect(try await browser.get("/contacts?reach=unreachable").text.contains("/contacts/\(id)"))
            #expect(try await !browser.get("/contacts?reach=reachable").text.contains("/contacts/\(id)"))
            let conversation = try #require(
                try await world.store.conversations(ConversationQuery(), in: world.workspace).items.first)
            let thread = try await browser.get("/inbox/\(conversation.id)").text
            #expect(thread.contains("id=\"unreachable-note\"") && thread.contains("You can try all the same"))
        }
    }

    @Test func `who tries again takes the mark off, and the history puts it back`() async throws {
        try await ConsoleWorld.run { world, browser in
            let id = try await marked(world)
            _ = try await browser.signIn()
            let page = try await browser.get("/contacts/\(id)").text
            let action = try #require(page.firstMatch(of: #/action="(/contacts/[^"]*/tries)"/#)).1

            let answer = try await browser.submit(String(action), from: "/contacts/\(id)")
            #expect(answer.status == .seeOther && answer.location?.hasPrefix("/contacts/\(id)") == true)
            let after = try await browser.get("/contacts/\(id)").text
            #expect(after.contains("The mark is gone.") && !after.contains("could not be delivered"))
            let history = try await browser.get("/contacts/\(id)/history").text
            #expect(history.contains("is tried again"))
            let again = try await browser.submit(String(action), from: "/contacts/\(id)")
            #expect(again.status == .seeOther)
            #expect(try await browser.get("/contacts/\(id)").text.contains("Nothing was different."))
        }
    }

    @Test func `a bulk action is for those whom the filtered table shows`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await marked(world)
            _ = try await world.store.createContact(
                ContactDraft(name: "Sol", addresses: [.init(.phone, "541123456789")]), by: "Ana", in: world.workspace)
            _ = try await browser.signIn()
            #expect(try await browser.get("/bulk?reach=unreachable").text.contains("1 contact"))
            #expect(try await browser.get("/bulk?reach=reachable").text.contains("1 contact"))
        }
    }
}
