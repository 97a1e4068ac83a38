import CRM
import Domain
import Store
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(1))) struct ContactSyncTests {
    /// A record of one field.
    private final class Record: Sendable {
        private let text = Mutex("")

        var said: String {
            get { text.withLock { $0 } }
            set { text.withLock { $0 = newValue } }
        }
    }

    @Test func `what a CRM took without an answer stands in the log with what it replaced`() async throws {
        let record = Record()
        var script = ScriptedConnector.Script()
        script.read = { ids in ids.map { RemoteContact(id: $0, fields: ["f": record.said]) } }
        script.upsert = { contacts in
            guard let note = contacts.lazy.compactMap({ $0.fields["f"] }).first else {
                return .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
            }
            record.said = note
            return .failure(.crm503)
        }
        try await CRMRig.with(script) { rig in
            let (store, account) = (rig.world.store, rig.account)
            let row = MappingRow(local: .note, remote: "f", direction: .both, rule: .puenteWins)
            try await store.saveMapping(
                FieldMapping([row]), of: account.id, expecting: nil, by: "Ana", in: account.workspace)
            try await rig.working {
                try await rig.untilRecorded(1)
                let contact = try #require(
                    try await store.database.read { try $0.value("SELECT id FROM contact", [:], as: ContactID.self) })
                _ = try await store.editContact(contact, ContactEdit(note: "vip"), by: "Ana", in: account.workspace)
                try await rig.until { try await rig.count("sync_change WHERE kind = 'given'") == 1 }
            }
            let log = try await store.syncChanges(SyncChangeQuery(kinds: [.given]), in: account.workspace)
            #expect(log.items.map { [$0.before, $0.after] } == [["", "vip"]])
        }
    }
}
