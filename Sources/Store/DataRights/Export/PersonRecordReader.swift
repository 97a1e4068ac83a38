package import Domain

/// Reads everything held about a person but the messages, inside one transaction.
struct PersonRecordReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let person: PersonContacts

    func read() throws -> PersonRecord {
        let name = try connection.value(
            "SELECT name FROM workspace WHERE id = :id", ["id": workspace], as: String.self)
        return PersonRecord(
            workspace: name ?? "", contacts: try contacts(), handles: try handles(), labels: try labels(),
            ruleExemptions: try ruleExemptions(),
            fields: try fields(), states: try states(), consent: try standings(), consentEntries: try entries(),
            optIns: try optIns(), crmRecords: try records(), crmChanges: try crmChanges(), listRows: try listRows(),
            notices: try notices(),
            changes: try changes(),
            access: try access(), conversations: try conversations())
    }

    /// - Parameter table: with the alias `t`; everything else is text of ours.
    private func rows(
        _ columns: String, _ table: String, by column: String = "contact_id", order: String, joining joins: String = ""
    ) throws -> [SQLRow] {
        let list = person.list
        return try connection.rows(
            """
            SELECT \(columns) FROM \(table) t \(joins)
            WHERE t.workspace_id = :workspace_id AND t.\(column) IN \(list.sql)
            ORDER BY \(order)
            """, list.arguments(["workspace_id": workspace]))
    }

    private func contacts() throws -> [PersonRecord.Contact] {
        let found = try rows(
            "id, name, profile_name, username, language, note, created_at, updated_at, merged_into", "contact",
            by: "id", order: "CASE WHEN merged_into IS NULL THEN 0 ELSE 1 END, id")
        return try found.map { row in
            PersonRecord.Contact(
                id: try row.get("id"), name: try row.get("name"), profileName: try row.get("profile_name"),
                username: try row.get("username"), language: try row.get("language"), note: try row.get("note"),
                createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"),
                mergedInto: try row.get("merged_into"))
        }
    }

    private func handles() throws -> [PersonRecord.Handle] {
        try rows(
            "kind, address, valid_from, valid_to, evidence, number_kind, unreachable_since, unreachable_count",
            "handle",
            order: "id"
        ).map { row in
            PersonRecord.Handle(
                kind: try row.get("kind"), address: try row.get("address"), validFrom: try row.get("valid_from"),
                validTo: try row.get("valid_to"), evidence: try row.get("evidence"),
                numberKind: try row.get("number_kind"), unreachableSince: try row.get("unreachable_since"),
                unreachableMessages: try row.get("unreachable_count"))
        }
    }

    private func labels() throws -> [PersonRecord.Label] {
        try rows(
            "l.name, t.actor, t.added_at, t.source", "contact_label", order: "l.name",
            joining: "JOIN label l ON l.workspace_id = t.workspace_id AND l.id = t.label_id"
        ).map { row in
            PersonRecord.Label(
                name: try row.get("name"), addedBy: try row.get("actor"), addedAt: try row.get("added_at"),
                source: try row.get("source"))
        }
    }

    private func ruleExemptions() throws -> [PersonRecord.RuleExemption] {
        try rows(
            "r.name AS rule, l.name AS label", "label_rule_exemption", order: "r.name",
            joining: """
                JOIN label_rule r ON r.workspace_id = t.workspace_id AND r.id = t.rule_id
                JOIN label l ON l.workspace_id = r.workspace_id AND l.id = r.label_id
                """
        ).map { PersonRecord.RuleExemption(rule: try $0.get("rule"), label: try $0.get("label")) }
    }

    private func fields() throws -> [PersonRecord.Field] {
        try rows(
            "f.key, f.name, t.value, t.changed_at", "contact_field", order: "f.position, f.id",
            joining: "JOIN field f ON f.workspace_id = t.workspace_id AND f.id = t.field_id"
        ).map { row in
            PersonRecord.Field(
                key: try row.get("key"), name: try row.get("name"), value: try row.get("value"),
                changedAt: try row.get("changed_at"))
        }
    }

    private func states() throws -> [PersonRecord.SpecialState] {
        try rows("state, since, actor, reason", "contact_state", order: "since").map { row in
            PersonRecord.SpecialState(
                state: try row.get("state"), since: try row.get("since"), setBy: try row.get("actor"),
                reason: try row.get("reason"))
        }
    }

    private func standings() throws -> [PersonRecord.Standing] {
        try rows("purpose, standing, is_double, since", "consent", order: "purpose").map { row in
            PersonRecord.Standing(
                purpose: try row.get("purpose"), standing: try row.get("standing"),
                isDouble: try row.get("is_double"), since: try row.get("since"))
        }
    }

    private func entries() throws -> [PersonRecord.ConsentEntry] {
        try rows(
            "purpose, change, is_double, source, words, at, recorded_at, actor, evidence", "consent_entry",
            order: "id"
        ).map { row in
            PersonRecord.ConsentEntry(
                purpose: try row.get("purpose"), change: try row.get("change"), isDouble: try row.get("is_double"),
                source: try row.get("source"), words: try row.get("words"), at: try row.get("at"),
                recordedAt: try row.get("recorded_at"), recordedBy: try row.get("actor"),
                evidence: try row.recordedJSON("evidence") ?? .null)
        }
    }

    private func optIns() throws -> [PersonRecord.OptIn] {
        try rows("state, words, actor, asked_at, answered_at", "opt_in", order: "id").map { row in
            PersonRecord.OptIn(
                state: try row.get("state"), words: try row.get("words"), askedBy: try row.get("actor"),
                askedAt: try row.get("asked_at"), answeredAt: try row.get("answered_at"))
        }
    }
}

extension PersonRecordReader {
    private func records() throws -> [PersonRecord.CRMRecord] {
        let list = person.list
        return try connection.rows(
            """
            SELECT k.slug, k.kind, r.remote_id, r.linked_at, r.seen_at, r.unreadable_numbers
            FROM connection k
            CROSS JOIN remote_ref r
            WHERE k.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.connection_id = k.id
                AND r.entity = 'contact' AND r.local_id IN \(list.sql)
            ORDER BY k.id
            """, list.arguments(["workspace_id": workspace])
        ).map { row in
            PersonRecord.CRMRecord(
                connection: try row.get("slug"), kind: try row.get("kind"), remoteID: try row.get("remote_id"),
                linkedAt: try row.get("linked_at"), seenAt: try row.get("seen_at"),
                unreadableNumbers: try row.json("unreadable_numbers"))
        }
    }

    private func crmChanges() throws -> [PersonRecord.CRMChange] {
        try rows(
            "k.slug, t.at, t.actor, t.remote, t.kind, t.before, t.after", "sync_change", order: "t.id",
            joining: "JOIN connection k ON k.workspace_id = t.workspace_id AND k.id = t.connection_id"
        ).map { row in
            PersonRecord.CRMChange(
                connection: try row.get("slug"), at: try row.get("at"), by: try row.get("actor"),
                field: try row.get("remote"), kind: try row.get("kind"), before: try row.get("before"),
                after: try row.get("after"))
        }
    }

    private func listRows() throws -> [PersonRecord.ListRow] {
        try rows(
            "i.file_name, i.created_at, t.number, t.verdict, t.person", "import_row", order: "t.import_id, t.position",
            joining: "JOIN import i ON i.workspace_id = t.workspace_id AND i.id = t.import_id"
        ).map { row in
            PersonRecord.ListRow(
                list: try row.get("file_name"), at: try row.get("created_at"), row: try row.get("number"),
                verdict: try row.get("verdict"), person: try row.recordedJSON("person") ?? .null)
        }
    }

    /// Of those that name whom they are about. Other news of an account is not a person's.
    private func notices() throws -> [PersonRecord.Notice] {
        let traces = try PersonTraces.of(person, on: connection, in: workspace)
        guard !traces.identifiers.isEmpty else { return [] }
        let list = SQLValueList("subject", traces.identifiers)
        return try connection.rows(
            """
            SELECT field, event, at, detail FROM notice
            WHERE workspace_id = :workspace_id AND subject IN \(list.sql)
            ORDER BY id
            """, list.arguments(["workspace_id": workspace])
        ).map { row in
            PersonRecord.Notice(
                field: try row.get("field"), event: try row.get("event"), at: try row.get("at"),
                detail: try row.recordedJSON("detail") ?? .null)
        }
    }

    private func changes() throws -> [PersonRecord.Change] {
        try rows(
            "g.at, g.actor, g.kind, g.title, t.relation, t.before, t.after", "change_row",
            order: "t.change_id, t.position",
            joining: "JOIN change g ON g.workspace_id = t.workspace_id AND g.id = t.change_id"
        ).map { row in
            PersonRecord.Change(
                at: try row.get("at"), by: try row.get("actor"), kind: try row.get("kind"),
                title: try row.json("title"), relation: try row.get("relation"),
                before: try row.recordedJSON("before"), after: try row.recordedJSON("after"))
        }
    }

    private func access() throws -> [PersonRecord.Access] {
        let list = person.list
        return try connection.rows(
            """
            SELECT at, actor, event FROM trail
            WHERE workspace_id = :workspace_id AND (subject_id IN \(list.sql) OR subject_id IN (
                SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            ))
            ORDER BY id
            """, list.arguments(["workspace_id": workspace])
        ).map { row in
            PersonRecord.Access(at: try row.get("at"), by: try row.get("actor"), event: try row.get("event"))
        }
    }

    private func conversations() throws -> [PersonRecord.Conversation] {
        try rows(
            "t.id, n.display_number, t.state, t.created_at, t.last_message_at", "conversation", order: "t.id",
            joining: "JOIN number n ON n.workspace_id = t.workspace_id AND n.id = t.number_id"
        ).map { row in
            PersonRecord.Conversation(
                id: try row.get("id"), number: try row.get("display_number"), state: try row.get("state"),
                createdAt: try row.get("created_at"), lastMessageAt: try row.get("last_message_at"))
        }
    }
}

extension Store {
    /// Everything held about a person but the messages; nil when there is no such contact.
    package func personRecord(of contact: ContactID, in workspace: WorkspaceID) async throws -> PersonRecord? {
        try await database.read(on: .work) { connection in
            guard let person = try PersonContacts.of(contact, on: connection, in: workspace) else { return nil }
            return try PersonRecordReader(connection: connection, workspace: workspace, person: person).read()
        }
    }
}
