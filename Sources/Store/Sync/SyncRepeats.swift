import Domain

/// Values that go over the same way again and again, because somebody undoes it each time: two CRMs that write one value
/// differently, or a rule in a CRM that changes what it is given. Such a field rests until a person decides.
struct SyncRepeats {
    /// As often one value goes over one way within ``span`` with no other between.
    static let most = 10
    private static let span: Duration = .days(1)

    private struct Way: Hashable {
        let contact: ContactID
        let remote: String
        let kind: SyncChange.Kind
    }

    private var values: [Way: String] = [:]

    /// Whether the value went over this way too often already.
    func has(_ value: String, _ kind: SyncChange.Kind, _ remote: String, of contact: ContactID) -> Bool {
        values[Way(contact: contact, remote: remote, kind: kind)] == value
    }

    static func read(
        of contacts: [ContactID], _ turn: SyncTurn, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> SyncRepeats {
        var repeats = SyncRepeats()
        // What moves with every message never rests, and is most of a busy contact's log.
        let restless = SQLValueList("restless", LocalField.restless)
        let scope = restless.arguments([
            "workspace_id": turn.workspace, "connection_id": turn.connection,
            "since": IDGenerator.lowest(at: now - span),
        ])
        let log = "FROM sync_change \(connection.dialect.byIndex("sync_change_contact"))"
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let often = try connection.rows(
                """
                SELECT contact_id, remote \(log)
                WHERE \(condition(list, restless)) AND kind IN ('taken', 'given') AND cause <> 'staff'
                GROUP BY contact_id, remote, kind HAVING COUNT(*) >= \(Self.most)
                """, list.arguments(scope))
            guard !often.isEmpty else { continue }
            let suspects = SQLValueList("contact", try often.map { try $0.get("contact_id", as: ContactID.self) })
            repeats.note(
                try connection.rows(
                    """
                    SELECT contact_id, remote, kind, after, cause \(log)
                    WHERE \(condition(suspects, restless)) AND kind <> 'conflict'
                    ORDER BY id DESC LIMIT 10000
                    """, suspects.arguments(scope)
                ).map(Change.init))
        }
        return repeats
    }

    private static func condition(_ contacts: SQLValueList, _ restless: SQLValueList) -> String {
        """
        workspace_id = :workspace_id AND contact_id IN \(contacts.sql) AND id >= :since
            AND connection_id = :connection_id AND local NOT IN \(restless.sql)
        """
    }

    private struct Change {
        let way: Way
        let value: String
        let isOfStaff: Bool

        init(_ row: SQLRow) throws {
            way = Way(
                contact: try row.get("contact_id"), remote: try row.get("remote"), kind: try row.get("kind"))
            value = try row.get("after")
            isOfStaff = try row.get("cause", as: SyncCause.self) == .staff
        }
    }

    /// - Parameter changes: the newest first.
    private mutating func note(_ changes: [Change]) {
        for (_, changes) in Dictionary(grouping: changes, by: { [$0.way.contact.description, $0.way.remote] }) {
            // What a person decided begins anew.
            let sinceDecided = changes.prefix { !$0.isOfStaff }
            for (way, changes) in Dictionary(grouping: sinceDecided, by: \.way) {
                let run = changes.prefix { $0.value == changes.first?.value }
                if run.count >= Self.most, let value = run.first?.value { values[way] = value }
            }
        }
    }
}
