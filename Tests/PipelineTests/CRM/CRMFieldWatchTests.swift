import CRM
import Domain
import Store
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(1))) struct CRMFieldWatchTests {
    private static let open = "alarm WHERE kind = 'crm_field_missing' AND cleared_at IS NULL"
    private static let note = RemoteField(name: "f", label: "Note", shape: .text)
    private static let other = RemoteField(name: "g", label: "Other", shape: .text)

    /// What records were given, by field.
    private final class Told: Sendable {
        private let kept = Mutex<[[String: String]]>([])

        var all: [[String: String]] { kept.withLock { $0 } }

        func note(_ fields: [[String: String]]) {
            kept.withLock { $0 += fields.filter { !$0.isEmpty } }
        }
    }

    @Test func `a mapped field that is gone is named though nobody edits, rests, and goes on when it is back`()
        async throws
    {
        let told = Told()
        var script = ScriptedConnector.Script()
        script.fields = [Self.other]
        script.read = { ids in ids.map { RemoteContact(id: $0) } }
        script.upsert = { contacts in
            told.note(contacts.map(\.fields))
            return .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
        }
        try await CRMRig.with(script) { rig in
            let (store, workspace) = (rig.world.store, rig.account.workspace)
            let row = MappingRow(local: .note, remote: "f", direction: .both, rule: .puenteWins)
            try await store.saveMapping(
                FieldMapping([row]), of: rig.account.id, expecting: nil, by: "Ana", in: workspace)
            try await rig.working(sweepEvery: .milliseconds(100)) {
                try await rig.until { try await rig.count(Self.open) == 1 }
                let alarm = try #require(try await store.connectionAlarms().first)
                #expect(alarm.kind == FieldAlarm.kind)
                #expect(alarm.text.en.contains("HubSpot (crm) lacks the mapped field “f”"))
                #expect(alarm.text.es.contains("le falta el campo asignado «f»"))
                try await rig.untilRecorded(1)

                let contact = try #require(
                    try await store.database.read { try $0.value("SELECT id FROM contact", [:], as: ContactID.self) })
                _ = try await store.editContact(contact, ContactEdit(note: "vip"), by: "Ana", in: workspace)
                try await rig.until {
                    let (due, open) = try await (rig.count("sync_due"), rig.count("job WHERE state <> 'completed'"))
                    return due == 0 && open == 0
                }
                #expect(told.all.isEmpty)

                rig.connector.change { $0.fields = [Self.note, Self.other] }
                try await rig.until { try await rig.count(Self.open) == 0 }
                try await rig.until { told.all == [["f": "vip"]] }
            }
        }
    }

    @Test func `several are named in one sentence, and no more than five of them`() {
        let text = LocalizedText.fieldsAreMissing(["a", "b", "c", "d", "e", "f", "g"], at: "Odoo")
        #expect(text.en.contains("fields “a”, “b”, “c”, “d”, “e” and 2 more, or hides them"))
        #expect(text.es.contains("faltan los campos asignados «a», «b», «c», «d», «e» y 2 más"))
    }
}
