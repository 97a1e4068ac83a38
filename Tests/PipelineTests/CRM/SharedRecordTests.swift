import CRM
import Domain
import Store
import Synchronization
import Testing

@testable import Pipeline

/// Contacts here that are one record in the CRM, found in one batch.
@Suite(.timeLimit(.minutes(2))) struct SharedRecordTests {
    @Test func `the older one owns it, and the other writes nothing to it`() async throws {
        let told = Mutex<[String]>([])
        var script = ScriptedConnector.Script()
        script.contacts = ["7"]
        script.upsert = { contacts in
            told.withLock { $0 += contacts.map(\.puenteID) }
            return .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
        }
        try await CRMRig.with(script, customers: 2) { rig in
            try await rig.working { try await rig.untilRecorded(2) }

            let oldest = try await rig.world.count("SELECT MIN(id) AS n FROM contact")
            #expect(told.withLock { $0 } == [ContactID(rawValue: Int64(oldest)).description])
            #expect(try await rig.count("remote_ref WHERE remote_id = '7'") == 2)
            #expect(try await rig.count("remote_ref WHERE is_shared = 0 AND local_id = \(oldest)") == 1)
        }
    }
}
