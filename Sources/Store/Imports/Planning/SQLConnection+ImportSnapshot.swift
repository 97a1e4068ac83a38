import Domain

/// As many values as one statement asks for.
private let atOnce = 500

extension SQLConnection {
    /// - Parameter keys: what the rows' people may be found by.
    func importSnapshot(
        _ keys: Set<HandleKey>, in workspace: WorkspaceID, store: Store
    ) throws -> ImportSnapshot {
        var snapshot = ImportSnapshot()
        for kind in ["phone", "email", "bsuid"] {
            let values = keys.filter { $0.kind == kind }.map(\.value).sorted()
            for part in values.slices(of: atOnce) { try readOwners(kind, part, in: workspace, into: &snapshot) }
        }
        snapshot.erased = try erasedHandles(among: keys, in: workspace, store: store)
        for part in Set(snapshot.owners.values).sorted().slices(of: atOnce) {
            try readPeople(part, in: workspace, into: &snapshot)
        }
        return snapshot
    }

    func importVocabulary(in workspace: WorkspaceID) throws -> ImportVocabulary {
        var vocabulary = ImportVocabulary()
        for row in try rows("SELECT id, folded FROM label WHERE workspace_id = :workspace_id", of: workspace) {
            vocabulary.labels[try row.get("folded")] = try row.get("id", as: LabelID.self)
        }
        for row in try rows("SELECT id, key FROM field WHERE workspace_id = :workspace_id", of: workspace) {
            vocabulary.fields[try row.get("key")] = try row.get("id", as: FieldID.self)
        }
        return vocabulary
    }

    private func rows(_ sql: String, of workspace: WorkspaceID) throws -> [SQLRow] {
        try rows(sql, ["workspace_id": workspace])
    }

    /// A contact that was merged is the one that lives on.
    private func readOwners(
        _ kind: String, _ values: [String], in workspace: WorkspaceID, into snapshot: inout ImportSnapshot
    ) throws {
        let list = SQLValueList("value", values)
        // A user id is valid in a portfolio of ours.
        let scopes = kind == "bsuid" ? "SELECT portfolio_id FROM number WHERE workspace_id = :workspace_id" : "''"
        let found = try rows(
            """
            SELECT h.value, h.contact_id, c.merged_into
            FROM handle h
            JOIN contact c ON c.workspace_id = h.workspace_id AND c.id = h.contact_id
            WHERE h.workspace_id = :workspace_id AND h.kind = :kind AND h.valid_to IS NULL
                AND h.scope IN (\(scopes)) AND h.value IN \(list.sql)
            ORDER BY +h.id
            """, list.arguments(["workspace_id": workspace, "kind": kind]))
        for row in found {
            var owner: ContactID = try row.get("contact_id")
            if try row.get("merged_into", as: ContactID?.self) != nil { owner = try living(owner, in: workspace) }
            snapshot.owners[HandleKey(kind: kind, value: try row.get("value"))] = owner
        }
    }

    private func readPeople(
        _ contacts: [ContactID], in workspace: WorkspaceID, into snapshot: inout ImportSnapshot
    ) throws {
        let list = SQLValueList("contact", contacts)
        let arguments = list.arguments(["workspace_id": workspace])
        for row in try rows(
            "SELECT id, name, language, note FROM contact WHERE workspace_id = :workspace_id AND id IN \(list.sql)",
            arguments)
        {
            snapshot.people[try row.get("id"), default: KnownPerson()].take(
                name: try row.get("name"), language: try row.get("language"), note: try row.get("note"))
        }
        for row in try rows(
            """
            SELECT h.id, h.contact_id, h.kind, h.value,
                CASE WHEN \(Self.isFurtherPhone) THEN 1 ELSE 0 END AS is_further
            FROM handle h
            WHERE h.workspace_id = :workspace_id AND h.contact_id IN \(list.sql) AND h.valid_to IS NULL
                AND h.kind IN ('phone', 'email')
            """, arguments)
        {
            snapshot.people[try row.get("contact_id"), default: KnownPerson()].take(
                handle: try row.get("id"), kind: try row.get("kind"), value: try row.get("value"),
                isFurther: try row.get("is_further", as: Int.self) == 1)
        }
        try readBelongings(list, arguments, into: &snapshot)
        for contact in try unreachable(among: contacts, in: workspace) { snapshot.people[contact]?.isDead = true }
    }

    private func readBelongings(
        _ list: SQLValueList, _ arguments: SQLArguments, into snapshot: inout ImportSnapshot
    ) throws {
        for row in try rows(
            """
            SELECT x.contact_id, x.rule_id, l.folded FROM contact_label x
            JOIN label l ON l.workspace_id = x.workspace_id AND l.id = x.label_id
            WHERE x.workspace_id = :workspace_id AND x.contact_id IN \(list.sql)
            """, arguments)
        {
            snapshot.people[try row.get("contact_id")]?.take(
                label: try row.get("folded"), isByRule: try row.get("rule_id", as: LabelRuleID?.self) != nil)
        }
        for row in try rows(
            """
            SELECT x.contact_id, x.value, f.key FROM contact_field x
            JOIN field f ON f.workspace_id = x.workspace_id AND f.id = x.field_id
            WHERE x.workspace_id = :workspace_id AND x.contact_id IN \(list.sql)
            """, arguments)
        {
            snapshot.people[try row.get("contact_id")]?.fields[try row.get("key")] = try row.get(
                "value", as: String.self)
        }
        for row in try rows(
            """
            SELECT x.contact_id, x.standing, e.source FROM consent x
            LEFT JOIN consent_entry e ON e.workspace_id = x.workspace_id AND e.id = x.entry_id
            WHERE x.workspace_id = :workspace_id AND x.contact_id IN \(list.sql) AND x.purpose = 'marketing'
            """, arguments)
        {
            snapshot.people[try row.get("contact_id")]?.take(
                standing: try row.get("standing"), source: try row.get("source"))
        }
    }
}

extension KnownPerson {
    fileprivate mutating func take(name: String, language: String?, note: String) {
        self.name = name
        self.language = language
        self.note = note
    }

    fileprivate mutating func take(standing: Standing, source: ConsentSource?) {
        marketing = standing
        isMetasNo = standing == .withdrawn && source == .meta
    }

    fileprivate mutating func take(label folded: String, isByRule: Bool) {
        labels.insert(folded)
        if isByRule { ruledLabels.insert(folded) }
    }

    fileprivate mutating func take(handle: HandleID, kind: String, value: String, isFurther: Bool) {
        if isFurther { furtherPhones.insert(value) }
        if kind == "phone" { phones.insert(value) } else { emails[value] = handle }
    }
}

extension Array {
    /// Parts of at most so many elements.
    func slices(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
