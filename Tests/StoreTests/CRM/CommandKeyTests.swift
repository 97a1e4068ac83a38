import Domain
import Testing

@testable import Store

@Suite struct CommandKeyTests {
    @Test(arguments: TestDatabase.available)
    func `a command of a CRM that was carried out is known for months`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let accept = {
                try await world.store.accept(
                    MessageCommand(
                        workspace: world.workspace, target: .conversation(world.onlyConversation().id),
                        content: .text(TextContent(body: "Buenas")), author: .crm(connection: "hubspot")),
                    onceAs: "crm:1:hubspot-action.1")
            }
            #expect(try await accept() != nil)
            world.clock.advance(by: .days(80))
            try await world.write("¿Hola?", wamid: "2")

            try await world.store.prune(Retention())

            #expect(try await accept() == nil)
            world.clock.advance(by: .days(11))
            try await world.store.prune(Retention())
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM idempotency") == 0)
        }
    }
}
