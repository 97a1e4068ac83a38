import Domain
import Store
import Testing

@testable import Console

@Suite struct `A number of a CRM that cannot be read` {
    @Test func `stands on the contact's page with its reason, and is counted beside the connection`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.write()
            let id = try #require(await world.store.contacts(in: world.workspace).items.first).person.id
            let crm = try #require(await world.store.connections(in: world.workspace).first { $0.kind == "hubspot" }).id
            _ = try await world.store.adopt(
                RemoteIdentity(
                    remoteID: "51", contact: id, phones: [], userID: nil, email: nil, name: "",
                    unreadableNumbers: [
                        UnreadableNumber("55 <12>", problem: "tooShort"),
                        UnreadableNumber("x", problem: "of another release"),
                    ]), connection: crm, in: world.workspace)
            _ = try await browser.signIn()

            let page = try await browser.get("/contacts/\(id)").text

            #expect(page.contains("Number in HubSpot that cannot be read: “55 &lt;12&gt;”. The number is too short"))
            #expect(page.contains("“x”. This is not a phone number."))
            let connections = try await browser.get("/connections").text
            #expect(connections.contains("Contacts with a number that cannot be read"))
        }
    }
}
