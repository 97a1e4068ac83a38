import Domain

/// Reads what tells whether contacts are one person: a few questions for many contacts at once. Contacts that were merged
/// are left out.
struct EvidenceReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    func read(_ contacts: [ContactID]) throws -> [ContactID: ContactEvidence] {
        guard !contacts.isEmpty else { return [:] }
        var evidence: [ContactID: ContactEvidence] = [:]
        for part in contacts.chunked(256) {
            let list = SQLValueList("contact", part)
            try readNames(list, into: &evidence)
            try readHandles(list, into: &evidence)
            try readFields(list, into: &evidence)
            try readRecords(list, into: &evidence)
        }
        return evidence
    }

    private func rows(_ sql: String, _ list: SQLValueList) throws -> [SQLRow] {
        try connection.rows(sql, list.arguments(["workspace_id": workspace]))
    }

    private func readNames(_ list: SQLValueList, into evidence: inout [ContactID: ContactEvidence]) throws {
        for row in try rows(
            """
            SELECT id, name, profile_name, username FROM contact
            WHERE workspace_id = :workspace_id AND id IN \(list.sql) AND merged_into IS NULL
            """, list)
        {
            let contact: ContactID = try row.get("id")
            var found = ContactEvidence(contact)
            found.names = try ["name", "profile_name"].map { try row.get($0, as: String.self) }.filter { !$0.isEmpty }
            found.username = try row.get("username")
            evidence[contact] = found
        }
    }

    private func readHandles(_ list: SQLValueList, into evidence: inout [ContactID: ContactEvidence]) throws {
        for row in try rows(
            """
            SELECT contact_id, kind, scope, value, valid_to, evidence FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            """, list)
        {
            let contact: ContactID = try row.get("contact_id")
            let value: String = try row.get("value")
            let isFormer = try row.get("valid_to", as: Timestamp?.self) != nil
            switch HandleKind(rawValue: try row.get("kind")) {
            case .phone: evidence[contact]?.phones.insert(.init(value, isFormer: isFormer))
            case .email: evidence[contact]?.emails.insert(value)
            case .bsuid where !isFormer: evidence[contact]?.userIDs[try row.get("scope")] = value
            case .bsuid, .parentBSUID, nil: break
            }
        }
    }

    private func readFields(_ list: SQLValueList, into evidence: inout [ContactID: ContactEvidence]) throws {
        let meanings = try meanings()
        guard !meanings.isEmpty else { return }
        let fields = SQLValueList("field", meanings.keys.sorted())
        let found = try connection.rows(
            """
            SELECT contact_id, field_id, value, folded FROM contact_field
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND field_id IN \(fields.sql)
            """, fields.arguments(list.arguments(["workspace_id": workspace])))
        for row in found {
            let contact: ContactID = try row.get("contact_id")
            let (value, folded): (String, String) = (try row.get("value"), try row.get("folded"))
            guard !folded.isEmpty else { continue }
            switch meanings[try row.get("field_id")] {
            case .company: evidence[contact]?.companies[value.folded] = value
            case .city: evidence[contact]?.cities[value.folded] = value
            case .document: evidence[contact]?.documents[value.folded] = value
            case .email: if value.contains("@") { evidence[contact]?.emails.insert(value.lowercased()) }
            case nil: break
            }
        }
    }

    /// Of the company's own fields, those that say something of who a person is.
    private func meanings() throws -> [FieldID: ContactEvidence.FieldMeaning] {
        try connection.rows(
            "SELECT id, key, name FROM field WHERE workspace_id = :workspace_id AND kind IN ('text', 'choice')",
            ["workspace_id": workspace]
        ).reduce(into: [:]) { meanings, row in
            meanings[try row.get("id")] = ContactEvidence.FieldMeaning(
                key: try row.get("key"), name: try row.get("name"))
        }
    }

    private func readRecords(_ list: SQLValueList, into evidence: inout [ContactID: ContactEvidence]) throws {
        let connections = try connection.rows(
            "SELECT id, slug, kind FROM connection WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        for crm in connections {
            let id: ConnectionID = try crm.get("id")
            let name = CRMName.shown(try crm.get("slug"), kind: try crm.get("kind"))
            let found = try connection.rows(
                """
                SELECT local_id, remote_id FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND local_id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace, "connection_id": id]))
            for row in found {
                let record = ContactEvidence.Record(connection: id, crm: name, remoteID: try row.get("remote_id"))
                evidence[try row.get("local_id")]?.records.insert(record)
            }
        }
    }
}
