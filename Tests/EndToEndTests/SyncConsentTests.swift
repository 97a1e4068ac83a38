import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import puente

/// What people in a CRM write about consent: a no is heard from anybody, and a yes lifts no STOP.
@Suite(.serialized)
struct SyncConsentTests {
    private func standing(_ puente: Installation) async throws -> String? {
        try await puente.store.database.read(on: .console) { connection in
            try connection.value("SELECT standing FROM consent WHERE purpose = 'marketing'", as: String.self)
        }
    }

    /// The customer said yes on a form, and the CRM knows.
    private func consenting(_ crm: SyncedCRM, _ puente: Installation) async throws -> SyncedContact {
        let known = try await SyncedContact.known(in: crm, puente)
        try await puente.untilOffersAreKnown()
        try await puente.store.recordConsent(
            ConsentEntryDraft(
                contact: known.contact, purpose: .marketing, change: .granted, source: .form, words: "Sí",
                at: puente.store.now() - .minutes(5), actor: "Ana"), in: puente.workspace)
        try await puente.until("the CRM knows of the yes") {
            try await known.shownThere()[crm.optIn] == "opted_in"
        }
        #expect(try await puente.offer(to: SyncedContact.phone) == nil)
        return known
    }

    @Test(arguments: SyncedCRM.all)
    func `an opt-out in the CRM stops promotions`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await consenting(crm, puente)

            try await known.editThere([crm.optIn: "opted_out"])
            try await puente.until("the no is here") { try await standing(puente) == "withdrawn" }

            #expect(try await puente.offer(to: SyncedContact.phone) == "marketing_withdrawn")
        }
    }

    @Test(arguments: SyncedCRM.all)
    func `an opt-in in the CRM lifts no STOP, and the CRM is told so`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await consenting(crm, puente)
            // WhatsApp tells times by the second.
            try await Task.sleep(for: .seconds(1))
            try await puente.customer(SyncedContact.phone, writes: "STOP")
            try await puente.until("the CRM knows of the no") {
                try await known.shownThere()[crm.optIn] == "opted_out"
            }
            try await known.untilCompared()

            try await known.editThere([crm.optIn: "opted_in"])
            try await puente.until("the CRM says no again") {
                try await known.shownThere()[crm.optIn] == "opted_out"
            }
            try await known.untilCompared()

            #expect(try await standing(puente) == "withdrawn")
            #expect(try await known.shownThere()[crm.optIn] == "opted_out")
            #expect(try await puente.offer(to: SyncedContact.phone) == "marketing_withdrawn")
        }
    }

    @Test func `an opt-in in the CRM of somebody who never answered counts`() async throws {
        let crm = SyncedCRM.hubSpot
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await SyncedContact.known(in: crm, puente)
            try await puente.untilOffersAreKnown()
            #expect(try await puente.offer(to: SyncedContact.phone) == "marketing_without_consent")

            try await known.editThere([crm.optIn: "opted_in"])
            try await puente.until("the yes is here") { try await standing(puente) == "granted" }

            #expect(try await puente.offer(to: SyncedContact.phone) == nil)
        }
    }
}
