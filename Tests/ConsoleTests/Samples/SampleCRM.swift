import Domain
import Pipeline
import Store
import Synchronization

/// A CRM account as mappings ask it, which says what a test wants.
final class SampleCRM: Sendable {
    struct Script: Sendable {
        var fields = SampleCRM.fields
        /// Why it answers nothing.
        var failure: CallFailure?
        /// The one record that it has; nil when it is gone.
        var record: [String: String]? = [:]
        var made: [String] = []
    }

    static let fields = [
        RemoteField(name: "firstname", label: "First name <b>", shape: .text),
        RemoteField(name: "email", label: "Email", shape: .email, isUnique: true),
        RemoteField(name: "hs_lead_status", label: "Lead status", shape: .choice, choices: ["NEW", "OPEN"]),
        RemoteField(name: "createdate", label: "Create date", shape: .moment, isWritable: false),
        RemoteField(name: "lastname", label: "Last name", shape: .text, isRequired: true),
        RemoteField(name: "hs_note", label: "Note", shape: .text),
    ]

    static let away = CallFailure(
        kind: .unreachable, code: "connect", scope: .connection, vendorText: "",
        advice: LocalizedText(en: "HubSpot cannot be reached.", es: "No se puede conectar con HubSpot."))

    private let script = Mutex(Script())
    private let asked = Mutex(0)

    /// How often it was asked for its fields.
    var timesAsked: Int { asked.withLock { $0 } }

    func change(_ body: (inout sending Script) -> Void) {
        script.withLock { script in
            var copy = script
            body(&copy)
            script = copy
        }
    }

    private func answer() throws(CallFailure) -> Script {
        let script = script.withLock { $0 }
        if let failure = script.failure { throw failure }
        return script
    }

    func desk(_ store: Store) -> MappingDesk {
        MappingDesk(
            store: store,
            context: SyncContext(
                publicURL: "https://puente.example.com", digits: { $0.filter(\.isNumber) },
                phone: { text, _ in "+\(text.filter(\.isNumber))" }),
            account: { _ in self.account })
    }

    private var account: MappingAccount {
        MappingAccount(
            name: "HubSpot",
            standard: FieldMapping([
                MappingRow(local: .firstName, remote: "firstname", direction: .both, rule: .crmWins),
                MappingRow(local: .page, remote: "whatsapp_conversation_url", direction: .toCRM, rule: .puenteWins),
            ]), ownFields: ["whatsapp_conversation_url"],
            fields: { () async throws(CallFailure) in
                self.asked.withLock { $0 += 1 }
                return try self.answer().fields
            },
            record: { (_, names) async throws(CallFailure) in
                try self.answer().record.map { record in
                    MappingAccount.Record(fields: record.filter { names.contains($0.key) })
                }
            }, prepare: { () async throws(CallFailure) in try self.answer().made })
    }
}
