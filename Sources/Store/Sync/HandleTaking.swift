import Domain

/// Phones and e-mail addresses that are taken over. None moves from one person to another, and none takes the place of one
/// by which WhatsApp itself knows the person: both take Meta's word.
struct HandleTaking {
    private struct Own {
        let id: HandleID
        let kind: String
        let value: String
        let isOfWhatsApp: Bool
    }

    private struct Key: Hashable {
        let kind: String
        let value: String
    }

    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let context: SyncContext
    let voice: SyncVoice
    let now: Timestamp

    private var own: [ContactID: [Own]] = [:]
    private var owners: [Key: ContactID] = [:]
    private var isAnybodyErased = false
    private var ended: [(id: HandleID, contact: ContactID)] = []
    private var added: [(claim: HandleClaim, contact: ContactID)] = []

    init(
        store: Store, connection: any SQLConnection, workspace: WorkspaceID, context: SyncContext, voice: SyncVoice,
        now: Timestamp
    ) {
        self.store = store
        self.connection = connection
        self.workspace = workspace
        self.context = context
        self.voice = voice
        self.now = now
    }

    var isEmpty: Bool { ended.isEmpty && added.isEmpty }

    /// Nil for what is neither a number nor an address.
    static func claim(_ local: LocalField, _ text: String, _ store: Store, _ context: SyncContext) -> HandleClaim? {
        switch local {
        case .phone:
            context.digits(text).map {
                HandleClaim(kind: "phone", scope: "", value: store.canonicalPhone($0), address: $0)
            }
        case .email:
            address(text).map { HandleClaim(kind: "email", scope: "", value: $0.lowercased(), address: $0) }
        default: nil
        }
    }

    private static func address(_ text: String) -> String? {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(" "), text.count <= 254 else {
            return nil
        }
        return text
    }

    /// Reads whose the addresses are, and what those have who get them.
    mutating func prepare(_ takes: [SyncTake]) throws {
        let takes = takes.filter { $0.local == .phone || $0.local == .email }
        guard !takes.isEmpty else { return }
        try readOwn(Set(takes.map(\.contact)).sorted())
        try readOwners(takes.compactMap { Self.claim($0.local, $0.after, store, context)?.value })
        isAnybodyErased =
            try connection.row(
                "SELECT at FROM tombstone WHERE workspace_id = :workspace_id LIMIT 1", ["workspace_id": workspace])
            != nil
    }

    private mutating func readOwn(_ contacts: [ContactID]) throws {
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try connection.rows(
                """
                SELECT id, contact_id, kind, value, evidence FROM handle
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND valid_to IS NULL
                    AND kind IN ('phone', 'email')
                """, list.arguments(["workspace_id": workspace]))
            for row in rows {
                own[try row.get("contact_id"), default: []].append(
                    Own(
                        id: try row.get("id"), kind: try row.get("kind"), value: try row.get("value"),
                        isOfWhatsApp: HandleEvidence.isOfWhatsApp(try row.get("evidence"))))
            }
        }
    }

    private mutating func readOwners(_ values: [String]) throws {
        for part in Array(Set(values)).sorted().parts(of: 500) {
            let list = SQLValueList("value", part)
            let rows = try connection.rows(
                """
                SELECT kind, value, contact_id FROM handle
                WHERE workspace_id = :workspace_id AND kind IN ('phone', 'email') AND scope = ''
                    AND value IN \(list.sql) AND valid_to IS NULL
                """, list.arguments(["workspace_id": workspace]))
            for row in rows {
                owners[Key(kind: try row.get("kind"), value: try row.get("value"))] = try row.get("contact_id")
            }
        }
    }

    mutating func accept(_ take: SyncTake) throws -> SyncRefusal? {
        let kind = take.local == .phone ? "phone" : "email"
        let held = (own[take.contact] ?? []).filter { $0.kind == kind }
        guard !take.after.isBlank else { return end(held, of: take) }
        guard let claim = Self.claim(take.local, take.after, store, context) else { return .unreadable }
        if let owner = owners[Key(kind: kind, value: claim.value)], owner != take.contact { return .heldByOther }
        if held.contains(where: \.isOfWhatsApp) { return .knownByWhatsApp }
        if isAnybodyErased, try connection.isErased(kind: kind, value: claim.value, in: workspace, store: store) {
            return .erased
        }
        let former = Self.claim(take.local, take.before, store, context)
        ended += held.filter { $0.value == former?.value && $0.value != claim.value }.map { ($0.id, take.contact) }
        if !held.contains(where: { $0.value == claim.value }) { added.append((claim, take.contact)) }
        owners[Key(kind: kind, value: claim.value)] = take.contact
        return nil
    }

    /// Before it was known there was none.
    private mutating func end(_ held: [Own], of take: SyncTake) -> SyncRefusal? {
        guard !held.contains(where: \.isOfWhatsApp) else { return .knownByWhatsApp }
        ended += held.map { ($0.id, take.contact) }
        return nil
    }

    /// - Returns: whose addresses changed.
    func write(_ journal: inout ChangeJournal) throws -> Set<ContactID> {
        guard !isEmpty else { return [] }
        try journal.updateEach(
            .handle, ended.map { .init(key: ["id": $0.id], set: ["valid_to": now], contact: $0.contact) })
        try journal.insertMany(
            .handle,
            added.map { claim, contact in
                let row: SQLArguments = [
                    "id": store.ids.next(HandleRow.self), "contact_id": contact, "kind": claim.kind, "scope": "",
                    "value": claim.value, "address": claim.address, "valid_from": now,
                    "valid_to": Timestamp?.none, "evidence": voice.evidence,
                ]
                return (row, contact)
            })
        try forgetSenders()
        return Set(ended.map(\.contact) + added.map(\.contact))
    }

    /// See ``SQLConnection/forgetSenders(of:in:)``.
    private func forgetSenders() throws {
        let contacts = Set(ended.map(\.contact) + added.filter { $0.claim.kind == "phone" }.map(\.contact))
        try connection.executeMany(
            """
            UPDATE conversation SET sender_known_by = NULL
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND sender_known_by IS NOT NULL
            """, contacts.sorted().map { ["workspace_id": workspace, "contact_id": $0] })
    }
}
