import Domain
import OutboundHTTP
import Synchronization

@testable import CRM

/// A CRM that answers what a test says.
final class ScriptedConnector: Connector {
    struct Script: Sendable {
        var capabilities = ConnectorCapabilities(
            upsertKey: true, findsContacts: true, push: false, isPushVerifiable: false, changesByPull: false,
            deletionsByPull: false, maxContactBatch: 100, maxActivityBatch: 100,
            activityWrites: .findable(indexDelay: .milliseconds(20)))
        var connection: TransportFailure?
        var pages: RemotePages?
        var ping: CallFailure?
        var prepare: CallFailure?
        /// The ids of contacts that exist, oldest first; each look-up finds the first that is still there.
        var contacts: Set<String> = []
        /// What records say; nil: they are there, and say nothing.
        var read: (@Sendable ([String]) -> [RemoteContact])?
        var record: @Sendable ([Activity]) -> Result<[ItemOutcome], CallFailure> = { activities in
            .success(activities.map { .done(remoteID: "a-\($0.puenteID)") })
        }
        var update: @Sendable ([ActivityUpdate]) -> Result<[ItemOutcome], CallFailure> = { updates in
            .success(updates.map { .done(remoteID: $0.remoteID) })
        }
        var upsert: @Sendable ([ContactUpsert]) -> Result<[ItemOutcome], CallFailure> = { contacts in
            .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
        }
        var erase: @Sendable ([ContactErasure]) -> Result<[ItemOutcome], CallFailure> = { erasures in
            .success(erasures.map { .done(remoteID: $0.puenteID) })
        }
        var findActivities: @Sendable ([Activity]) -> Result<[String?], CallFailure> = { activities in
            .success(activities.map { _ in nil })
        }
        /// When the channel is to be renewed.
        var push: @Sendable (Timestamp) -> Result<Timestamp?, CallFailure> = { _ in .success(nil) }
        var endPush: CallFailure?
        var credentialEnd: CivilDate?
        /// None: it describes nothing.
        var fields: [RemoteField] = []
        var knownUsers: Set<String>?
        var changes: @Sendable (String?) -> Result<ChangePage, CallFailure> = { cursor in
            .success(ChangePage(contacts: [], nextCursor: cursor ?? "", isMore: false))
        }
    }

    let probeURL: String
    private let script: Mutex<Script>
    private let calls = Mutex<[String]>([])
    private let told = Mutex<[String]>([])
    private let asked = Mutex<[ContactLookup]>([])

    init(_ script: Script, probeURL: String) {
        self.script = Mutex(script)
        self.probeURL = probeURL
    }

    func change(_ body: (inout sending Script) -> Void) {
        script.withLock { script in
            var copy = script
            body(&copy)
            script = copy
        }
    }

    /// What was called, with how many items.
    var history: [String] { calls.withLock { $0 } }

    /// Whom it was asked for.
    var lookups: [ContactLookup] { asked.withLock { $0 } }

    private func note(_ call: String) -> Script {
        calls.withLock { $0.append(call) }
        return script.withLock { $0 }
    }

    var kind: ConnectorKind { .hubspot }
    var capabilities: ConnectorCapabilities { script.withLock { $0.capabilities } }
    var headroom: RateHeadroom? { nil }
    var knownUsers: Set<String>? { script.withLock { $0.knownUsers } }
    func check() async -> [CheckStep] { [] }
    func prepare() async throws(CallFailure) -> [String] {
        if let failure = note("prepare").prepare { throw failure }
        return []
    }

    func connectionFailure() async -> TransportFailure? {
        if let failure = note("connect").connection { return failure }
        return await ReachabilityProbe.failure(connectingTo: probeURL)
    }

    func ping() async throws(CallFailure) {
        if let failure = note("ping").ping { throw failure }
    }

    func pages() async throws(CallFailure) -> RemotePages? { script.withLock { $0.pages } }

    func findContacts(_ lookup: ContactLookup) async throws(CallFailure) -> [RemoteContact] {
        asked.withLock { $0.append(lookup) }
        return note("find").contacts.sorted().prefix(1).map { RemoteContact(id: $0) }
    }

    func fields() async throws(CallFailure) -> [RemoteField] { script.withLock { $0.fields } }

    func knownField(_ name: String) -> RemoteField? { script.withLock { $0.fields.first { $0.name == name } } }

    func contacts(remoteIDs: [String], reading _: [String]) async throws(CallFailure) -> [RemoteContact] {
        let script = note("contacts \(remoteIDs.count)")
        if let read = script.read { return read(remoteIDs) }
        let there = script.contacts
        return remoteIDs.filter(there.contains).map { RemoteContact(id: $0) }
    }

    func contact(remoteID: String, reading _: [String]) async throws(CallFailure) -> RemoteContact? {
        note("contact").contacts.contains(remoteID) ? RemoteContact(id: remoteID) : nil
    }

    /// What its contacts were told for.
    var occasions: [String] { told.withLock { $0 } }

    func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        told.withLock { $0 += contacts.map(\.occasion) }
        return try note("upsert \(contacts.count)").upsert(contacts).get()
    }

    func tellErasures(_ erasures: [ContactErasure]) async throws(CallFailure) -> [ItemOutcome] {
        told.withLock { $0 += erasures.map(\.puenteID) }
        return try note("erase \(erasures.count)").erase(erasures).get()
    }

    func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome] {
        try note("record \(activities.count)").record(activities).get()
    }

    func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome] {
        try note("update \(updates.count)").update(updates).get()
    }

    func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?] {
        try note("look \(activities.count)").findActivities(activities).get()
    }

    func changes(since cursor: String?, reading _: [String]) async throws(CallFailure) -> ChangePage {
        try note("changes \(cursor ?? "")").changes(cursor).get()
    }

    func cursor(from start: Timestamp) -> String { "from \(start.milliseconds)" }

    func deletions(after _: String?) async throws(CallFailure) -> DeletionPage {
        DeletionPage(ids: [], nextCursor: nil)
    }

    func credentialEnd() async throws(CallFailure) -> CivilDate? { script.withLock { $0.credentialEnd } }

    func keepPush(to url: String, now: Timestamp) async throws(CallFailure) -> Timestamp? {
        try note("push \(url)").push(now).get()
    }

    func endPush() async throws(CallFailure) {
        if let failure = note("end push").endPush { throw failure }
    }

    func readWebhook(_: WebhookRequest) throws(PuenteError) -> [RemoteHint] { [] }
}

extension ConnectorCapabilities {
    /// Those of a CRM that tells of changes through a channel.
    static let withPush = ConnectorCapabilities(
        upsertKey: true, findsContacts: true, push: true, isPushVerifiable: false, changesByPull: false,
        deletionsByPull: false, maxContactBatch: 100, maxActivityBatch: 100, activityWrites: .idempotent)
    /// Those of a CRM that says what changed.
    static let withChanges = ConnectorCapabilities(
        upsertKey: true, findsContacts: true, push: false, isPushVerifiable: false, changesByPull: true,
        deletionsByPull: false, maxContactBatch: 100, maxActivityBatch: 100, activityWrites: .idempotent)
}

extension CallFailure {
    /// No connection can be made.
    static let away = CallFailure(
        kind: .unreachable, code: "connect", scope: .connection, vendorText: "",
        advice: .init(en: "Wait.", es: "Espere."))
    /// The CRM as a whole fails.
    static let crm503 = CallFailure(
        kind: .transient, code: "http-503", scope: .connection, vendorText: "",
        advice: .init(en: "Later.", es: "Luego."))
    static let refusal = CallFailure(
        kind: .permanent, code: "VALIDATION_ERROR", scope: .message, vendorText: "",
        advice: .init(en: "Mend it.", es: "Corríjalo."))
    /// The token is dead.
    static let revoked = CallFailure(
        kind: .accountWide, code: "401", scope: .credential, vendorText: "",
        advice: .init(en: "Mend it.", es: "Corríjalo."))
    static let gone = CallFailure(
        kind: .permanent, code: RecordCode.gone, scope: .message, vendorText: "",
        advice: .init(en: "Gone.", es: "Ya no está."))
}
