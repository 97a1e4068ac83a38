import Domain

extension ChangeJournal {
    /// Until the transaction ends nobody else makes or renames a label.
    func lockLabels() throws {
        try connection.lock(["labels"], in: workspace)
    }

    /// - Throws: `conflict` when another has the name, or there are too many.
    mutating func createLabel(_ id: LabelID, _ name: String, color: LabelColor, at now: Timestamp) throws {
        try lockLabels()
        let folded = PeopleName.folded(name)
        guard try labelID(folded: folded) == nil else { throw PuenteError.labelTaken }
        let count = try connection.value(
            "SELECT COUNT(*) AS labels FROM label WHERE workspace_id = :workspace_id", ["workspace_id": workspace],
            as: Int.self)
        guard count ?? 0 < LabelSummary.maxLabels else { throw PuenteError.tooManyLabels }
        try insert(
            .label, ["id": id, "name": name, "folded": folded, "color": color.rawValue, "created_at": now], of: nil)
    }

    func labelID(folded: String) throws -> LabelID? {
        try connection.value(
            "SELECT id FROM label WHERE workspace_id = :workspace_id AND folded = :folded",
            ["workspace_id": workspace, "folded": folded])
    }

    /// Whether there is such a label; it stays until the transaction ends.
    func hasLabel(_ id: LabelID) throws -> Bool {
        try connection.row(
            """
            SELECT id FROM label WHERE workspace_id = :workspace_id AND id = :id \(connection.dialect.forShare)
            """, ["workspace_id": workspace, "id": id]) != nil
    }

    /// Puts a label on a contact.
    /// - Returns: whether it was not there yet.
    /// - Throws: `notFound` for the contact or the label.
    @discardableResult
    mutating func addLabel(
        _ label: LabelID, to contact: ContactID, by actor: String, at now: Timestamp
    ) throws -> Bool {
        try lock(contact)
        return try addLabel(label, to: [contact], by: actor, at: now) == 1
    }

    /// Puts a label on contacts that are locked.
    /// - Returns: on how many of them it was not yet.
    mutating func addLabel(
        _ label: LabelID, to contacts: [ContactID], by actor: String, at now: Timestamp
    ) throws -> Int {
        guard try hasLabel(label) else { throw PuenteError.noLabel }
        let labelled = try Set(having(label, among: contacts))
        let rows = contacts.filter { !labelled.contains($0) }.map { contact in
            let row: SQLArguments = ["contact_id": contact, "label_id": label, "actor": actor, "added_at": now]
            return (row: row, contact: ContactID?.some(contact))
        }
        try insertMany(.contactLabel, rows)
        return rows.count
    }

    private func having(_ label: LabelID, among contacts: [ContactID]) throws -> [ContactID] {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        return try connection.rows(
            """
            SELECT contact_id FROM contact_label
            WHERE workspace_id = :workspace_id AND label_id = :label_id AND contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace, "label_id": label])
        ).map { try $0.get("contact_id") }
    }

    /// - Returns: whether the contact had it.
    @discardableResult
    mutating func removeLabel(_ label: LabelID, from contact: ContactID) throws -> Bool {
        try delete(.contactLabel, key: ["contact_id": contact, "label_id": label], of: contact)
    }
}
