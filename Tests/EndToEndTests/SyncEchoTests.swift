import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import puente

/// What one side says reaches the other once, and does not come back.
@Suite(.serialized)
struct SyncEchoTests {
    private static let address = "ana@ejemplo.example"

    @Test(arguments: SyncedCRM.all)
    func `an edit here reaches the CRM once, and its echo changes nothing`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await SyncedContact.known(in: crm, puente)
            let before = try await known.writes()

            try await known.editHere(#"{"email": "\#(Self.address)"}"#)
            try await puente.until("the CRM has the address") {
                try await known.shownThere()[crm.email] == Self.address
            }
            try await known.untilSwept()
            try await known.untilCompared()

            #expect(try await known.writes() == before + 1)
            #expect(try await known.changes("given") == 1)
            #expect(try await known.changes("taken") == 0)
            #expect(try await known.emailHere() == Self.address)
        }
    }

    @Test(arguments: SyncedCRM.telling)
    func `an edit there that a webhook tells of reaches us once`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.toldAlone) { puente async throws in
            try await expectTakenOnce(crm, puente)
        }
    }

    @Test(arguments: SyncedCRM.all)
    func `an edit there that nobody tells of reaches us once by the sweep`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.sweptAlone) { puente async throws in
            try await expectTakenOnce(crm, puente)
        }
    }

    @Test(arguments: [SyncedCRM.hubSpot, .salesforce, .zoho])
    func `two first names stay two, whatever is compared`(crm: SyncedCRM) async throws {
        let first = try #require(crm.firstName)
        let last = try #require(crm.lastName)
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await SyncedContact.known(in: crm, puente)
            let before = try await known.writes()

            try await known.editThere([first: "María José", last: "López"])
            try await puente.until("the name is here") {
                try await puente.count("SELECT COUNT(*) FROM contact WHERE name = 'María José López'") == 1
            }
            try await known.untilCompared()

            let shown = try await known.shownThere()
            #expect(shown[first] == "María José" && shown[last] == "López")
            #expect(try await known.writes() == before)
        }
    }

    private func expectTakenOnce(_ crm: SyncedCRM, _ puente: Installation) async throws {
        let known = try await SyncedContact.known(in: crm, puente)
        let before = try await known.writes()

        try await known.editThere([crm.email: Self.address])
        try await puente.until("the address is here") { try await known.emailHere() == Self.address }
        try await known.untilCompared()

        #expect(try await known.changes("taken") == 1)
        #expect(try await known.changes("given") == 0)
        #expect(try await known.writes() == before)
        #expect(try await known.shownThere()[crm.email] == Self.address)
    }
}
