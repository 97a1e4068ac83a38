import Domain
import Testing

@testable import Store

/// Ways by which the number of somebody who had their data erased could become another's.
@Suite struct ErasedNumberTests {
    private static let lucia = "5215512345678"
    private static let carlos = "5213398765432"

    private func record(
        _ remoteID: String, phones: [String], email: String? = nil, name: String = "", _ world: ConsoleWorld
    ) async throws {
        try await world.store.adopt(
            RemoteIdentity(
                remoteID: remoteID, contact: nil, phones: phones, userID: nil, email: email, name: name),
            connection: world.crm, in: world.workspace)
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter is not corrected to it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.erase(try await world.makeLucia())
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let ana = try await world.hire("ana")
            _ = try await world.answer("Hola, Carlos", in: try await world.onlyConversation().id, by: ana)
            try await world.send(world.failed(.permanent, .discarded))
            let job = try #require(
                await world.store.look(
                    "SELECT id FROM job WHERE kind = 'whatsapp.send' AND state = 'discarded'", as: JobID.self))

            await #expect(throws: PuenteError.addressErased) {
                _ = try await world.store.mendDeadLetter(
                    job, with: .phone(Self.lucia), in: world.workspace, by: "Ana")
            }
            try await world.expectNothing(of: [Self.lucia])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a record of theirs in a CRM gives it to nobody, nor their name`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, name: "Carlos", email: "casa@correo.mx")])
            try await world.erase(try await world.makeLucia())

            let email = "casa@correo.mx"
            try await record("r1", phones: [Self.lucia], email: email, name: "Lucía Fernández", world)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM remote_ref") == 0)
            try await world.expectNothing(of: ConsoleWorld.traces)

            // His own record is his, without what is hers.
            try await record("r2", phones: [Self.carlos, Self.lucia], email: email, name: "Carlos P.", world)
            #expect(try await world.store.look("SELECT remote_id FROM remote_ref") == "r2")
            #expect(try await world.store.look("SELECT value FROM handle WHERE kind = 'phone'") == Self.carlos)
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }

    /// Meta's answer comes when the person is gone.
    @Test(arguments: TestDatabase.available)
    func `that a promotion was turned down is written of nobody who is gone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let ana = try await world.hire("ana")
            _ = try await world.answer("Una cosa más", in: try await world.onlyConversation().id, by: ana)
            let grip = try world.grip(.number(world.number))
            let jobs = try await world.store.claimSends(grip, limit: 10)
            #expect(jobs.count == 1)
            _ = try await world.store.erase(lucia, wish: .tell, by: "Ana", in: world.workspace)

            _ = try await world.store.record(
                jobs.map(world.failed(.permanent, code: "131050", .discarded)), grip: grip, policy: RetryPolicy())

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM consent_entry") == 0)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM consent") == 0)
            try await world.endErasures()
            #expect(try await world.store.openErasures().isEmpty)
        }
    }
}
