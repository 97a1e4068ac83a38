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

    @Test func `what is refused again is one dead letter, with the field's label and the newest value`() async throws {
        var script = ScriptedConnector.Script()
        script.fields = [RemoteField(name: "f", label: "Remarks", shape: .number)]
        script.read = { ids in ids.map { RemoteContact(id: $0, fields: ["f": ""]) } }
        script.upsert = { contacts in
            guard contacts.contains(where: { $0.fields["f"] != nil }) else {
                return .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
            }
            var refusal = CallFailure(
                kind: .permanent, code: "no", scope: .message, vendorText: "no",
                advice: LocalizedText(en: "“f” takes numbers.", es: "«f» admite números."))
            refusal.field = RefusedField(name: "f", rule: .kind)
            return .success(contacts.map { [refusal] _ in .failed(refusal) })
        }
        try await CRMRig.with(script) { rig in
            let (store, account) = (rig.world.store, rig.account)
            let row = MappingRow(local: .note, remote: "f", direction: .both, rule: .puenteWins)
            try await store.saveMapping(
                FieldMapping([row]), of: account.id, expecting: nil, by: "Ana", in: account.workspace)
            func letters() async throws -> [DeadLetter] {
                try await store.deadLetters(DeadLetterQuery(), in: account.workspace).items
            }
            try await rig.working {
                try await rig.untilRecorded(1)
                let contact = try #require(
                    try await store.database.read { try $0.value("SELECT id FROM contact", [:], as: ContactID.self) })
                _ = try await store.editContact(contact, ContactEdit(note: "vip"), by: "Ana", in: account.workspace)
                try await rig.until { try await letters().first?.failure?.field?.value == "vip" }
                _ = try await store.editContact(contact, ContactEdit(note: "vop"), by: "Ana", in: account.workspace)
                try await rig.until { try await letters().first?.failure?.field?.value == "vop" }
            }
            let letter = try #require(try await letters().first)
            #expect(try await letters().count == 1)
            #expect(letter.attempts > 1)
            #expect(letter.failure?.field?.label == "Remarks")
            #expect(letter.failure?.advice?.en == "“Remarks” takes numbers.")
            #expect(letter.value?.local == .note && letter.value?.present == "vop" && letter.canBeMended)
        }
    }

    @Test func `an owner whom the CRM does not know is noted, and its record stays as it is`() async throws {
        let record = Record()
        let (jorge, stranger) = ("jorge@ejemplo.example", "nadie@ejemplo.example")
        record.said = "marta@ejemplo.example"
        var script = ScriptedConnector.Script()
        script.knownUsers = ["marta@ejemplo.example", jorge]
        script.read = { ids in ids.map { RemoteContact(id: $0, fields: ["f": record.said]) } }
        script.upsert = { contacts in
            if let owner = contacts.lazy.compactMap({ $0.fields["f"] }).first { record.said = owner }
            return .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
        }
        try await CRMRig.with(script) { rig in
            let (store, account) = (rig.world.store, rig.account)
            let row = MappingRow(local: .wellKnown(.owner), remote: "f", direction: .both, rule: .crmWins)
            try await store.saveMapping(
                FieldMapping([row]), of: account.id, expecting: nil, by: "Ana", in: account.workspace)
            try await rig.working {
                try await rig.untilRecorded(1)
                let contact = try #require(
                    try await store.database.read { try $0.value("SELECT id FROM contact", [:], as: ContactID.self) })
                try await store.enqueueSync(of: [contact], to: account.id, in: account.workspace)
                try await rig.until { try await rig.count("sync_change WHERE kind = 'taken'") == 1 }
                let field = try #require(
                    try await store.fields(archived: false, in: account.workspace).first { $0.key == "owner" })
                func give(_ owner: String) async throws {
                    try await store.setField(
                        field.id, of: contact, to: owner, habits: .machine, in: account.workspace, by: "Ana")
                }

                try await give(stranger)
                try await rig.until { try await rig.count("sync_conflict WHERE reason = 'no_such_user'") == 1 }
                #expect(record.said == "marta@ejemplo.example")

                try await give(jorge)
                try await rig.until { try await rig.count("sync_change WHERE kind = 'given'") == 1 }
                #expect(record.said == jorge)
                #expect(try await rig.count("sync_conflict") == 0)
            }
        }
    }
}
