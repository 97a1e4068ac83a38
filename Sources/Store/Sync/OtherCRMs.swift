import Domain

/// Whose word Puente's values are, where several CRMs tell the same field: what another one told is no edit that this one
/// puts right, or the two would overwrite each other without end.
struct OtherCRMs {
    private struct Told {
        let id: Int64
        let crm: ConnectionID
        let local: LocalField
        let value: String
    }

    private struct Teller: Hashable {
        let crm: ConnectionID
        let local: LocalField
    }

    let connection: any SQLConnection
    let turn: SyncTurn
    let vocabulary: SyncVocabulary
    let context: SyncContext

    private var workspace: WorkspaceID { turn.workspace }

    /// - Returns: the fields in which a CRM says again what it said before, and another one is to be believed: it told what
    ///   Puente says, or it puts right by itself what people changed of what it told.
    func told(_ pages: [SyncPage]) throws -> Set<SyncTake.Key> {
        let asked = pages.flatMap { page in page.takes.filter { !$0.isNews }.map { (take: $0, values: page.values) } }
        guard !asked.isEmpty else { return [] }
        let tellers = try tellers()
        guard !tellers.isEmpty else { return [] }
        let told = try newest(
            of: Set(asked.map(\.take.contact)).sorted(),
            Set(asked.flatMap { $0.take.local.saidWith }).sorted { $0.rawValue < $1.rawValue })
        return Set(
            asked.compactMap { take, values -> SyncTake.Key? in
                let said = (told[take.contact] ?? []).filter { take.local.saidWith.contains($0.local) }
                guard let newest = said.max(by: { $0.id < $1.id }), newest.crm != turn.connection else { return nil }
                return isRight(newest, tellers, values) ? take.key : nil
            })
    }

    private func isRight(_ told: Told, _ tellers: [Teller: Bool], _ values: [LocalField: String]) -> Bool {
        let putsRight = told.local.saidWith.compactMap { tellers[Teller(crm: told.crm, local: $0)] }
        guard !putsRight.isEmpty else { return false }
        return putsRight.contains(true) || isSame(told.value, values[told.local] ?? "", told.local)
    }

    private func isSame(_ one: String, _ other: String, _ local: LocalField) -> Bool {
        guard let shape = vocabulary.shape(of: local) else { return one == other }
        return shape.canonical(one, phones: context.digits) == shape.canonical(other, phones: context.digits)
    }

    /// The fields that other connections take, and whether they put them right by themselves.
    private func tellers() throws -> [Teller: Bool] {
        let rows = try connection.rows(
            """
            SELECT f.connection_id, f.local, f.direction, f.rule FROM mapping_row f
            JOIN connection k ON k.workspace_id = f.workspace_id AND k.id = f.connection_id
            WHERE f.workspace_id = :workspace_id AND f.connection_id <> :connection_id AND f.is_on = 1
                AND f.direction <> 'to_crm' AND k.state <> 'disabled'
            """, ["workspace_id": workspace, "connection_id": turn.connection])
        return try rows.reduce(into: [:]) { tellers, row in
            var local: LocalField = try row.get("local")
            if case .wellKnown(let known) = local {
                guard let field = vocabulary.field(of: known) else { return }
                local = .custom(field)
            }
            let (direction, rule): (SyncDirection, SyncRule) = (try row.get("direction"), try row.get("rule"))
            let teller = Teller(crm: try row.get("connection_id"), local: local)
            tellers[teller] = tellers[teller] ?? false || (direction == .fromCRM && rule == .crmWins)
        }
    }

    /// What was taken last of each field from whichever CRM still has a record of the contact.
    private func newest(of contacts: [ContactID], _ fields: [LocalField]) throws -> [ContactID: [Told]] {
        var told: [ContactID: [Told]] = [:]
        let locals = SQLValueList("local", fields)
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try connection.rows(
                """
                SELECT c.id, c.contact_id, c.connection_id, c.local, c.after FROM sync_change c
                WHERE c.workspace_id = :workspace_id AND c.id IN (
                    SELECT MAX(n.id) FROM sync_change n
                    WHERE n.workspace_id = :workspace_id AND n.contact_id IN \(list.sql) AND n.kind = 'taken'
                        AND n.local IN \(locals.sql)
                    GROUP BY n.contact_id, n.local
                ) AND EXISTS (
                    SELECT 1 FROM remote_ref r
                    WHERE r.workspace_id = c.workspace_id AND r.connection_id = c.connection_id
                        AND r.entity = 'contact' AND r.local_id = c.contact_id
                )
                """, locals.arguments(list.arguments(["workspace_id": workspace])))
            for row in rows {
                told[try row.get("contact_id"), default: []].append(
                    Told(
                        id: try row.get("id"), crm: try row.get("connection_id"), local: try row.get("local"),
                        value: try row.get("after")))
            }
        }
        return told
    }
}

extension LocalField {
    /// Those that change with it: a name and its parts are one thing.
    fileprivate var saidWith: Set<LocalField> {
        switch self {
        case .name: [.name, .firstName, .lastName]
        case .firstName: [.name, .firstName]
        case .lastName: [.name, .lastName]
        default: [self]
        }
    }
}
