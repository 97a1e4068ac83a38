import Domain
import Foundation
import Pipeline
import Sandbox
import Store
import Testing

@testable import puente

/// What people decide: conflicts under "ask", and values that are put back. Either comes to stand on both sides.
@Suite(.serialized)
struct SyncDecisionTests {
    private static let (here, there) = ("aqui@ejemplo.example", "alli@ejemplo.example")

    private func context(_ puente: Installation) -> SyncContext {
        .ofServer(publicURL: puente.server.plan.publicURL, region: puente.server.plan.region)
    }

    private func expectBoth(_ address: String, _ known: SyncedContact) async throws {
        try await known.puente.until("both sides say \(address)") {
            let (there, here) = (try await known.shownThere()[known.crm.email], try await known.emailHere())
            return there == address && here == address
        }
    }

    // MARK: Conflicts

    /// A person decides about addresses, and both sides were given one while the CRM was away.
    private func conflicting(_ crm: SyncedCRM, _ puente: Installation) async throws -> SyncedContact {
        let known = try await SyncedContact.known(in: crm, puente)
        let kept = try #require(try await puente.store.mapping(of: known.connection, in: puente.workspace))
        var mapping = kept.mapping
        for index in mapping.rows.indices where mapping.rows[index].local == .email { mapping.rows[index].rule = .ask }
        try await puente.store.saveMapping(
            mapping, of: known.connection, expecting: kept.version, by: "Ana", in: puente.workspace)
        try await known.untilCompared()
        try await setFaults(#"[{"target":"\#(crm.name)","kind":"status","status":503}]"#, puente)
        try await known.editHere(#"{"email": "\#(Self.here)"}"#)
        try await known.editThere([crm.email: Self.there])
        try await setFaults("[]", puente)
        try await puente.until("the conflict is listed", within: .seconds(60)) {
            try await puente.count("SELECT COUNT(*) FROM sync_conflict") == 1
        }
        return known
    }

    private func setFaults(_ faults: String, _ puente: Installation) async throws {
        let answer = try await puente.call("PUT", "\(puente.sandbox)/sandbox/faults", body: #"{"faults":\#(faults)}"#)
        #expect(answer.status < 300, "\(answer.body)")
    }

    @Test(
        arguments: [
            (.hubSpot, .ours), (.hubSpot, .value("otra@ejemplo.example")), (.salesforce, .theirs), (.zoho, .ours),
            (.odoo, .theirs),
        ] as [(SyncedCRM, SyncChoice)])
    func `a conflict is listed, and what a person chooses stands on both sides`(
        crm: SyncedCRM, choice: SyncChoice
    ) async throws {
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await conflicting(crm, puente)
            let page = try await puente.store.syncConflicts(of: known.connection, in: puente.workspace)
            let conflict = try #require(page.items.first)
            #expect(conflict.ours == Self.here && conflict.theirs == Self.there && conflict.refusal == nil)

            let settled = try await puente.store.resolve(
                [conflict.id], choosing: choice, context: context(puente), by: "Ana", in: puente.workspace)

            #expect(settled.resolved == 1 && settled.refused.isEmpty)
            try await expectBoth(conflict.chosen(choice), known)
            try await known.untilCompared()
            try await expectBoth(conflict.chosen(choice), known)
            #expect(try await puente.count("SELECT COUNT(*) FROM sync_conflict") == 0)
            #expect(try await puente.count("SELECT COUNT(*) FROM sync_decision") == 0)
        }
    }

    // MARK: Putting back

    @Test(arguments: SyncedCRM.all)
    func `what the CRM changed here is put back on both sides`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await SyncedContact.known(in: crm, puente)
            try await known.editHere(#"{"email": "\#(Self.here)"}"#)
            try await expectBoth(Self.here, known)
            try await known.untilCompared()
            try await known.editThere([crm.email: Self.there])
            try await expectBoth(Self.there, known)

            try await putBackNewest(.taken, known)

            try await expectBoth(Self.here, known)
            try await known.untilCompared()
            try await expectBoth(Self.here, known)
        }
    }

    @Test(arguments: SyncedCRM.all)
    func `what was changed there from here is put back on both sides`(crm: SyncedCRM) async throws {
        try await Installation.run(crm.quick) { puente async throws in
            let known = try await SyncedContact.known(in: crm, puente)
            try await known.editThere([crm.email: Self.there])
            try await expectBoth(Self.there, known)
            try await known.untilCompared()
            try await replaceHere(Self.here, known)
            try await expectBoth(Self.here, known)

            try await putBackNewest(.given, known)

            try await expectBoth(Self.there, known)
            try await known.untilCompared()
            try await expectBoth(Self.there, known)
        }
    }

    /// In the place of the address that is there.
    private func replaceHere(_ address: String, _ known: SyncedContact) async throws {
        let contact = known.contact.rawValue
        let handle = try await known.puente.store.database.read(on: .console) { connection in
            try connection.value(
                "SELECT id FROM handle WHERE contact_id = \(contact) AND kind = 'email' AND valid_to IS NULL",
                as: HandleID.self)
        }
        let former = try #require(handle)
        try await known.editHere(#"{"email": "\#(address)", "ending": ["\#(former)"]}"#)
    }

    private func putBackNewest(_ kind: SyncChange.Kind, _ known: SyncedContact) async throws {
        let puente = known.puente
        try await puente.until("the log has it") {
            try await known.changes(kind.rawValue) == 1
        }
        let changes = try await puente.store.syncChanges(
            SyncChangeQuery(contact: known.contact, local: .email, kinds: [kind]), in: puente.workspace)
        let newest = try #require(changes.items.first)
        let report = try await puente.store.putBack(
            [newest.id], SyncPutBackTurn(by: "Ana", in: puente.workspace, context: context(puente)))
        #expect(report.fields == 1 && report.refused.isEmpty)
    }
}

extension SyncConflict {
    fileprivate func chosen(_ choice: SyncChoice) -> String {
        switch choice {
        case .ours: ours
        case .theirs: theirs
        case .value(let text): text
        }
    }
}
