package import Domain

/// A field whose two sides say different things until a person decides.
package struct SyncConflict: Hashable, Sendable {
    package let id: SyncConflictID
    package let connection: ConnectionID
    package let contact: ContactID
    package let local: LocalField
    package let remote: String
    /// Nil where the mapping asks; else why one side's value does not go over.
    package let refusal: SyncRefusal?
    /// Both as the CRM holds them; blank for nothing.
    package let ours: String
    package let theirs: String
    package let agreed: String?
    package let since: Timestamp
}

/// What a person chose.
package enum SyncChoice: Hashable, Sendable {
    case ours, theirs
    /// Something else, as the CRM is to hold it; blank empties the field.
    case value(String)
}

extension SyncConflict {
    static let columns = """
        id, connection_id, contact_id, local, remote, reason, ours, theirs, agreed, since
        """

    /// Of `sync_conflict c`: whether there is something to decide. Whom a CRM does not have waits until it does.
    static let isQuestion = "c.reason <> '\(SyncRefusal.noSuchUser.rawValue)'"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        connection = try row.get("connection_id")
        contact = try row.get("contact_id")
        local = try row.get("local")
        remote = try row.get("remote")
        refusal = SyncRefusal(rawValue: try row.get("reason"))
        ours = try row.get("ours")
        theirs = try row.get("theirs")
        agreed = try row.get("agreed")
        since = try row.get("since")
    }

    func value(of choice: SyncChoice) -> String {
        switch choice {
        case .ours: ours
        case .theirs: theirs
        case .value(let text): String(text.prefix(SyncRecord.maxValue))
        }
    }
}
