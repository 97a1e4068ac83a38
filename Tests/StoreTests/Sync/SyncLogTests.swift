import Domain
import Testing

@testable import Store

@Suite struct `The log of what sync did` {
    @Test(arguments: TestDatabase.available)
    func `leaves out what moves with every message, unless that is asked for`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .name, remote: "name", direction: .toCRM, rule: .puenteWins),
                MappingRow(local: .lastInboundAt, remote: "seen", direction: .toCRM, rule: .puenteWins),
                MappingRow(local: .windowEndsAt, remote: "window", direction: .toCRM, rule: .puenteWins))
            try await world.write("Hola", wamid: "wamid.1")
            let contact = try await world.onlyConversation().person.id
            _ = try await world.store.editContact(
                contact, ContactEdit(name: "Lucía"), by: "Ana", in: world.workspace)
            try await world.link(contact, "r1")
            try await world.accept(try await world.compare(contact, ["name": "", "seen": "", "window": ""]))

            func fields(_ query: SyncChangeQuery) async throws -> Set<LocalField> {
                Set(try await world.store.syncChanges(query, in: world.workspace).items.map(\.local))
            }
            let all = try await fields(SyncChangeQuery(contact: contact))
            #expect([LocalField.name, .lastInboundAt, .windowEndsAt].allSatisfy { all.contains($0) })
            #expect(try await fields(SyncChangeQuery(contact: contact, isQuiet: true)) == [.name])
            let asked = SyncChangeQuery(local: .windowEndsAt, isQuiet: true)
            #expect(try await fields(asked) == [.windowEndsAt])
        }
    }
}
