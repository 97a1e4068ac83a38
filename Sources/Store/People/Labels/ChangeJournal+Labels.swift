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
        try connection.hasLabel(id, in: workspace)
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

    /// Puts a label on contacts that are locked, as a person does. Where a rule had put it on it is the person's now: no
    /// rule takes it off again.
    /// - Returns: on how many of them it was not yet.
    mutating func addLabel(
        _ label: LabelID, to contacts: [ContactID], by actor: String, at now: Timestamp
    ) throws -> Int {
        guard try hasLabel(label) else { throw PuenteError.noLabel }
        let carriers = try carriers(of: label, among: contacts)
        let new = contacts.filter { carriers[$0] == nil }
        try insertLabel(label, on: new, by: actor, source: .person, at: now)
        for (contact, rule) in carriers.sorted(by: { $0.key < $1.key }) where rule != nil {
            try update(
                .contactLabel, key: ["contact_id": contact, "label_id": label],
                set: ["actor": actor, "source": LabelSource.person, "rule_id": LabelRuleID?.none], of: contact)
        }
        return new.count
    }

    /// Writes a label on contacts that do not have it.
    mutating func insertLabel(
        _ label: LabelID, on contacts: [ContactID], by actor: String, source: LabelSource, rule: LabelRuleID? = nil,
        at now: Timestamp
    ) throws {
        let rows = contacts.map { contact in
            let row: SQLArguments = [
                "contact_id": contact, "label_id": label, "actor": actor, "added_at": now, "source": source,
                "rule_id": rule,
            ]
            return (row: row, contact: ContactID?.some(contact))
        }
        try insertMany(.contactLabel, rows)
    }

    /// Those of the contacts that have the label, with the rule that put it on.
    private func carriers(of label: LabelID, among contacts: [ContactID]) throws -> [ContactID: LabelRuleID?] {
        guard !contacts.isEmpty else { return [:] }
        let list = SQLValueList("contact", contacts)
        let rows = try connection.rows(
            """
            SELECT contact_id, rule_id FROM contact_label
            WHERE workspace_id = :workspace_id AND label_id = :label_id AND contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace, "label_id": label]))
        return try rows.reduce(into: [:]) { carriers, row in
            carriers.updateValue(try row.get("rule_id"), forKey: try row.get("contact_id"))
        }
    }

    /// Takes a label off by hand: the rules that put it on leave it off these contacts from now on.
    /// - Returns: how many had it.
    @discardableResult
    mutating func removeLabel(_ label: LabelID, from contacts: [ContactID]) throws -> Int {
        var removed: [ContactID] = []
        for contact in contacts where try takeOff(label, from: contact) { removed.append(contact) }
        try exempt(removed, fromRulesOf: label)
        return removed.count
    }

    /// Takes a label off, and says nothing to rules.
    /// - Returns: whether the contact had it.
    @discardableResult
    mutating func takeOff(_ label: LabelID, from contact: ContactID) throws -> Bool {
        try delete(.contactLabel, key: ["contact_id": contact, "label_id": label], of: contact)
    }

    /// Notes that somebody overruled the rules of a label that are there now.
    mutating func exempt(_ contacts: [ContactID], fromRulesOf label: LabelID) throws {
        guard !contacts.isEmpty else { return }
        let rules = try connection.rows(
            "SELECT id FROM label_rule WHERE workspace_id = :workspace_id AND label_id = :label_id ORDER BY id",
            ["workspace_id": workspace, "label_id": label]
        ).map { try $0.get("id", as: LabelRuleID.self) }
        for rule in rules {
            let list = SQLValueList("contact", contacts)
            let known = try connection.rows(
                """
                SELECT contact_id FROM label_rule_exemption
                WHERE workspace_id = :workspace_id AND rule_id = :rule_id AND contact_id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace, "rule_id": rule])
            ).map { try $0.get("contact_id", as: ContactID.self) }
            let new = Set(contacts).subtracting(known).sorted()
            try insertMany(
                .labelRuleExemption,
                new.map { (row: ["contact_id": $0, "rule_id": rule], contact: ContactID?.some($0)) })
        }
    }
}
