import Domain
import FoundationEssentials

/// Reads what Puente says of contacts, as a mapping asks for it: a statement for each table, however many contacts there
/// are (in parts of 500), and none for what no field asks for.
struct SyncSnapshotReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let fields: Set<LocalField>
    let publicURL: String

    func read(_ contacts: [ContactID]) throws -> SyncSnapshot {
        var snapshot = SyncSnapshot()
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            try readContacts(list, &snapshot)
            if asks(.phone, .whatsAppID, .userID, .email) { try readHandles(list, &snapshot) }
            if asks(.labels) { try readLabels(part, list, &snapshot) }
            if fields.contains(where: \.isOwn) { try readFields(list, &snapshot) }
            if asks(.marketingConsent, .marketingConsentAt, .marketingConsentSource) {
                try readConsent(list, &snapshot)
            }
            if asks(.lastInboundAt, .windowEndsAt) { try readConversations(list, &snapshot) }
            if asks(.lastOutboundAt) { try readAnswers(list, &snapshot) }
        }
        return snapshot
    }

    private func asks(_ fields: LocalField...) -> Bool { !self.fields.isDisjoint(with: fields) }

    private func rows(_ sql: String, _ list: SQLValueList) throws -> [SQLRow] {
        try connection.rows(sql, list.arguments(["workspace_id": workspace]))
    }

    private func readContacts(_ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        let found = try rows(
            """
            SELECT id, name, profile_name, username, language, note, created_at, updated_at FROM contact
            WHERE workspace_id = :workspace_id AND id IN \(list.sql)
            """, list)
        for row in found {
            let contact: ContactID = try row.get("id")
            let changed: Timestamp = try row.get("updated_at")
            let (name, profileName): (String, String) = (try row.get("name"), try row.get("profile_name"))
            // Who was never named is known there as they call themself: so the record was made.
            let shown = name.isEmpty ? profileName : name
            let parts = PersonName(shown)
            let texts: [(LocalField, String?)] = [
                (.name, shown), (.firstName, parts.first), (.lastName, parts.last), (.profileName, profileName),
                (.note, try row.get("note")), (.username, try row.get("username")),
                (.language, try row.get("language", as: String?.self)?.replacing("_", with: "-")),
            ]
            for (field, value) in texts { snapshot.note(value, as: field, of: contact, at: changed) }
            snapshot.note("\(publicURL)/contacts/\(contact)", as: .page, of: contact)
            snapshot.note(Self.text(try row.get("created_at")), as: .createdAt, of: contact)
        }
    }

    /// The newest of a kind counts: what was taken over from a CRM is as good as what a person typed here, and a list tells
    /// where nobody else does.
    private func readHandles(_ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        let found = try rows(
            """
            SELECT contact_id, kind, address, evidence, valid_from FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND valid_to IS NULL
                AND kind IN ('phone', 'bsuid', 'email')
            ORDER BY CASE WHEN account_id IS NULL OR account_id = contact_id THEN 0 ELSE 1 END,
                CASE WHEN evidence = '\(HandleEvidence.imported)' THEN 1 ELSE 0 END, valid_from DESC, id DESC
            """, list)
        for row in found {
            let (contact, address): (ContactID, String) = (try row.get("contact_id"), try row.get("address"))
            let since: Timestamp = try row.get("valid_from")
            func note(_ value: String, _ field: LocalField) {
                guard snapshot.values[contact]?[field] == nil else { return }
                snapshot.note(value, as: field, of: contact, at: since)
            }
            switch try row.get("kind", as: String.self) {
            case "phone":
                note("+\(address)", .phone)
                if HandleEvidence.isOfWhatsApp(try row.get("evidence")) { note(address, .whatsAppID) }
            case "bsuid": note(address, .userID)
            default: note(address, .email)
            }
        }
    }

    /// A label with `;` in its name would be two words there: it is left out on both sides.
    private func readLabels(_ part: [ContactID], _ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        for (contact, labels) in try connection.labels(of: part, in: workspace) {
            let words = SyncSet(labels.map(\.name).filter { !$0.contains(";") })
            snapshot.note(words.text, as: .labels, of: contact)
        }
    }

    private func readFields(_ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        let found = try rows(
            """
            SELECT v.contact_id, v.field_id, v.value, v.changed_at, f.key FROM contact_field v
            JOIN field f ON f.workspace_id = v.workspace_id AND f.id = v.field_id
            WHERE v.workspace_id = :workspace_id AND v.contact_id IN \(list.sql)
            """, list)
        for row in found {
            let (contact, value): (ContactID, String) = (try row.get("contact_id"), try row.get("value"))
            let changed: Timestamp = try row.get("changed_at")
            snapshot.note(value, as: .custom(try row.get("field_id")), of: contact, at: changed)
            // A template names a field that every company has by its key.
            if let known = WellKnownField(rawValue: try row.get("key", as: String.self)) {
                snapshot.note(value, as: .wellKnown(known), of: contact, at: changed)
            }
        }
    }

    private func readConsent(_ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        let found = try rows(
            """
            SELECT c.contact_id, c.standing, c.since, e.source FROM consent c
            LEFT JOIN consent_entry e ON e.workspace_id = c.workspace_id AND e.id = c.entry_id
            WHERE c.workspace_id = :workspace_id AND c.contact_id IN \(list.sql) AND c.purpose = 'marketing'
            """, list)
        for row in found {
            let (contact, since): (ContactID, Timestamp) = (try row.get("contact_id"), try row.get("since"))
            let standing: ConsentStanding.Word = try row.get("standing")
            snapshot.note(standing.sync.rawValue, as: .marketingConsent, of: contact, at: since)
            snapshot.note(Self.text(since), as: .marketingConsentAt, of: contact, at: since)
            snapshot.note(try row.get("source", as: String?.self), as: .marketingConsentSource, of: contact, at: since)
        }
    }

    private func readConversations(_ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        let found = try rows(
            """
            SELECT contact_id, MAX(last_inbound_at) AS at FROM conversation
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) GROUP BY contact_id
            """, list)
        for row in found {
            guard let at: Timestamp = try row.get("at", as: Timestamp?.self) else { continue }
            let contact: ContactID = try row.get("contact_id")
            snapshot.note(Self.text(at), as: .lastInboundAt, of: contact, at: at)
            snapshot.note(Self.text(at + .hours(24)), as: .windowEndsAt, of: contact, at: at)
        }
    }

    /// The newest of each contact's own messages, by the index that ends in their ids.
    private func readAnswers(_ list: SQLValueList, _ snapshot: inout SyncSnapshot) throws {
        let found = try rows(
            """
            SELECT p.id AS contact_id, (
                SELECT m.meta_at FROM message m
                WHERE m.workspace_id = p.workspace_id AND m.contact_id = p.id AND m.is_inbound = 0
                ORDER BY m.id DESC LIMIT 1
            ) AS at
            FROM contact p WHERE p.workspace_id = :workspace_id AND p.id IN \(list.sql)
            """, list)
        for row in found {
            guard let at: Timestamp = try row.get("at", as: Timestamp?.self) else { continue }
            snapshot.note(Self.text(at), as: .lastOutboundAt, of: try row.get("contact_id"), at: at)
        }
    }

    /// `2026-11-18T23:02:00Z`: CRMs keep no fractions.
    private static func text(_ moment: Timestamp) -> String {
        let seconds = min(max(0, moment.milliseconds / 1000), 253_402_300_799)
        return Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
    }
}

extension LocalField {
    /// Kept in a field of the company's own.
    fileprivate var isOwn: Bool {
        switch self {
        case .custom, .wellKnown: true
        default: false
        }
    }
}

extension ConsentStanding.Word {
    var sync: SyncConsent {
        switch self {
        case .granted: .granted
        case .withdrawn: .withdrawn
        }
    }
}

extension HandleEvidence {
    /// Whether Meta's word says so, and nobody else's.
    static func isOfWhatsApp(_ evidence: String) -> Bool {
        ["webhook", "status", "system_message", "contact_request"].contains(evidence)
    }
}
