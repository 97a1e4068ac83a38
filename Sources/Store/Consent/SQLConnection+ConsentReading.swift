import Domain

/// What the ledger comes to for one purpose, as it is kept.
struct ConsentRow {
    let standing: ConsentStanding
    /// The message that confirmed this withdrawal.
    let confirmation: MessageID?
}

extension SQLConnection {
    /// All entries of the contacts, oldest first by when they were recorded.
    func consentEntries(
        of contacts: [ContactID], in workspace: WorkspaceID
    ) throws -> [ContactID: [ConsentEntry]] {
        var found: [ContactID: [ConsentEntry]] = [:]
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try rows(
                """
                SELECT \(ConsentEntry.columns) FROM consent_entry
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
                ORDER BY contact_id, id
                """, list.arguments(["workspace_id": workspace]))
            for row in rows { found[try row.get("contact_id"), default: []].append(try ConsentEntry(row)) }
        }
        return found
    }

    func consentHistory(of contact: ContactID, in workspace: WorkspaceID) throws -> ConsentHistory {
        ConsentHistory(try consentEntries(of: [contact], in: workspace)[contact] ?? [])
    }

    func consentRows(
        of contacts: [ContactID], in workspace: WorkspaceID
    ) throws -> [ContactID: [ConsentPurpose: ConsentRow]] {
        var found: [ContactID: [ConsentPurpose: ConsentRow]] = [:]
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try rows(
                """
                SELECT contact_id, purpose, standing, is_double, since, entry_id, confirmation_id FROM consent
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace]))
            for row in rows {
                found[try row.get("contact_id"), default: [:]][try row.get("purpose")] = ConsentRow(
                    standing: try ConsentStanding(row), confirmation: try row.get("confirmation_id"))
            }
        }
        return found
    }

    func consentStandings(
        of contacts: [ContactID], in workspace: WorkspaceID
    ) throws -> [ContactID: [ConsentPurpose: ConsentStanding]] {
        try consentRows(of: contacts, in: workspace).mapValues { $0.mapValues(\.standing) }
    }
}

extension ConsentStanding {
    /// Columns `standing`, `is_double`, `since`, `entry_id`.
    init(_ row: SQLRow) throws {
        self.init(
            word: try row.get("standing"), isDouble: try row.get("is_double"), since: try row.get("since"),
            entry: try row.get("entry_id"))
    }
}

extension ConsentEntry {
    static let columns = """
        id, contact_id, purpose, change, is_double, source, words, at, recorded_at, actor, evidence, message_id
        """

    init(_ row: SQLRow) throws {
        self.init(
            id: try row.get("id"), purpose: try row.get("purpose"), change: try row.get("change"),
            isDouble: try row.get("is_double"), source: try row.get("source"), words: try row.get("words"),
            at: try row.get("at"), recordedAt: try row.get("recorded_at"), actor: try row.get("actor"),
            // What cannot be read any more hides no word of a customer's.
            evidence: try row.decoration("evidence") ?? ConsentEvidence(), message: try row.get("message_id"))
    }
}

extension Array {
    /// Its elements in parts of so many at most.
    func parts(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
