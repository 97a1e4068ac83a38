import Domain

/// The first transaction of an erasure. When it is committed the person is gone from every page and list, nothing leaves
/// for them any more, and what is left to remove can be found without them.
struct ErasureBeginning {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let actor: String
    let reason: Erasure.Reason
    let wish: ErasureWish
    let quietSince: Timestamp?
    let now: Timestamp

    /// WhatsApp tells of a message's delivery for so long, whatever the person does.
    private static let lateNews: Duration = .days(31)

    /// - Returns: nil when there is no such contact.
    func begin(_ contact: ContactID) throws -> (erasure: ErasureID, report: RecordReport)? {
        guard let person = try lockedPerson(contact) else { return nil }
        var traces = try PersonTraces.of(person, on: connection, in: workspace)
        traces.runningJobs = try lanes().flatMap { try runningJobs(of: person, in: $0) }
        let erasure = store.ids.next(ErasureRow.self)
        var counts = ErasureCounts()
        var report = RecordReport()
        report.conversations[workspace] = try conversations(of: person)
        report.workspaces.insert(workspace)
        try insert(erasure, person, traces)
        if reason == .request {
            // First whom to tell, then what was known there.
            report.lanes = try ErasureNotices(
                store: store, connection: connection, workspace: workspace, erasure: erasure, wish: wish, now: now
            ).enqueue(for: person)
            try bury(person)
        }
        counts.add(.jobs, try cancelJobs(of: person))
        counts.add(
            .changes,
            try ErasedChanges(connection: connection, workspace: workspace, traces: traces, now: now).empty(of: person))
        try deleteRows(of: person, &counts)
        try expireExports(of: person)
        try connection.add(counts, to: erasure, in: workspace)
        try connection.note(
            .contactErased, of: person.listed.rawValue, by: actor, in: workspace,
            detail: ["erasure": "\(erasure)", "reason": reason.rawValue], store: store, at: now)
        return (erasure, report)
    }

    /// Whoever takes in news of the person, or writes to them, comes before this or after it.
    private func lockedPerson(_ contact: ContactID) throws -> PersonContacts? {
        guard let person = try PersonContacts.of(contact, on: connection, in: workspace) else { return nil }
        let list = person.list
        let keys = try connection.rows(
            """
            SELECT kind, scope, value FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND valid_to IS NULL
            """, list.arguments(["workspace_id": workspace])
        ).map { row in
            let kind: String = try row.get("kind")
            let scope: String = try row.get("scope")
            return try "\(kind)\(scope)\(row.get("value", as: String.self))"
        }
        try connection.lock(keys, in: workspace)
        _ = try connection.rows(
            """
            SELECT id FROM contact WHERE workspace_id = :workspace_id AND id IN \(list.sql)
            ORDER BY id \(connection.dialect.forUpdate)
            """, list.arguments(["workspace_id": workspace]))
        // What was merged in before the locks were to be had belongs to them as well.
        return try PersonContacts.of(contact, on: connection, in: workspace)
    }

    private func conversations(of person: PersonContacts) throws -> Set<ConversationID> {
        let list = person.list
        return Set(
            try connection.rows(
                "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)",
                list.arguments(["workspace_id": workspace])
            ).map { try $0.get("id") })
    }

    private func insert(_ erasure: ErasureID, _ person: PersonContacts, _ traces: PersonTraces) throws {
        try connection.execute(
            """
            INSERT INTO erasure (id, workspace_id, contact_id, state, reason, actor, at, last_body, traces)
            VALUES (:id, :workspace_id, :contact_id, 'running', :reason, :actor, :now, :last_body, :traces)
            """,
            [
                "id": erasure, "workspace_id": workspace, "contact_id": person.listed, "reason": reason,
                "actor": actor, "now": now, "last_body": lastBody(erasure),
                "traces": try store.seal(traces, of: erasure, in: workspace),
            ])
    }

    private func lastBody(_ erasure: ErasureID) -> Int64 {
        guard let quietSince else { return erasure.rawValue }
        return min(erasure.rawValue, IDGenerator.lowest(at: quietSince + Self.lateNews))
    }

    private func bury(_ person: PersonContacts) throws {
        let list = person.list
        let handles = try connection.rows(
            "SELECT DISTINCT kind, value FROM handle WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)",
            list.arguments(["workspace_id": workspace])
        ).map { (kind: try $0.get("kind", as: String.self), value: try $0.get("value", as: String.self)) }
        try connection.bury(handles, in: workspace, store: store, at: now)
    }
}

extension ErasureBeginning {
    /// What waits to leave, or stands among the dead letters. What is under way cannot be called back; it is waited for.
    /// The job that tells a CRM stays.
    private func cancelJobs(of person: PersonContacts) throws -> Int {
        let lanes = try lanes()
        var count = 0
        for contact in person.all {
            for lane in lanes {
                count += try connection.execute(
                    """
                    DELETE FROM job
                    WHERE lane = :lane AND ordering_key = :contact
                        AND (state IN ('available', 'running', 'sending') OR holds = 1) AND state = 'available'
                        AND workspace_id = :workspace_id AND kind <> 'crm.erasure'
                    """, ["lane": lane, "contact": contact, "workspace_id": workspace])
            }
            count += try connection.execute(
                """
                DELETE FROM job
                WHERE workspace_id = :workspace_id AND ordering_key = :contact AND state = 'discarded'
                    AND kind <> 'crm.erasure'
                """, ["workspace_id": workspace, "contact": contact])
            // What is done says in its failure what the CRM answered.
            count += try connection.execute(
                """
                DELETE FROM job
                WHERE workspace_id = :workspace_id AND subject_id = :contact AND kind = 'crm.contact'
                    AND state NOT IN ('running', 'sending')
                """, ["workspace_id": workspace, "contact": contact])
        }
        try DeadLetterReminder(connection: connection, workspace: workspace).refresh(id: store.ids.next(), at: now)
        return count
    }

    /// Of the workspace's numbers and CRMs: jobs there are ordered by contact.
    private func lanes() throws -> [String] {
        let numbers = try connection.rows(
            "SELECT id FROM number WHERE workspace_id = :workspace_id", ["workspace_id": workspace]
        ).map { "\(Lane.number(try $0.get("id")))" }
        let crms = try connection.rows(
            "SELECT id FROM connection WHERE workspace_id = :workspace_id", ["workspace_id": workspace]
        ).map { "\(Lane.connection(try $0.get("id")))" }
        return numbers + crms
    }

    private func runningJobs(of person: PersonContacts, in lane: String) throws -> [JobID] {
        let list = person.list
        return try connection.rows(
            """
            SELECT id FROM job
            WHERE lane = :lane AND ordering_key IN \(list.sql)
                AND (state IN ('available', 'running', 'sending') OR holds = 1) AND state IN ('running', 'sending')
                AND workspace_id = :workspace_id
            """, list.arguments(["lane": lane, "workspace_id": workspace])
        ).map { try $0.get("id") }
    }
}

extension ErasureBeginning {
    private func deleteRows(of person: PersonContacts, _ counts: inout ErasureCounts) throws {
        let list = person.list
        let arguments = list.arguments(["workspace_id": workspace])
        try keepOptOuts(list, arguments)
        for (table, column) in PersonTable.deletions {
            let count = try connection.execute(
                "DELETE FROM \(table) WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql)", arguments)
            counts.add(.of(table), count)
        }
        try connection.execute(
            "DELETE FROM contact WHERE workspace_id = :workspace_id AND id IN \(list.sql)", arguments)
        try connection.leaveSearchIndex(person.all)
    }

    /// A row of a list that is not written yet may say that others opted out, too: ``ErasureLists`` leaves that of it.
    private func keepOptOuts(_ list: SQLValueList, _ arguments: SQLArguments) throws {
        try connection.execute(
            """
            UPDATE import_row SET contact_id = NULL
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND person LIKE '%"optedOut":true%'
                AND import_id IN (
                    SELECT id FROM import
                    WHERE workspace_id = :workspace_id AND state IN ('checking', 'checked', 'importing')
                )
            """, arguments)
    }

    /// Their files go with the others whose time is over.
    private func expireExports(of person: PersonContacts) throws {
        let list = person.list
        try connection.execute(
            """
            UPDATE person_export SET expires_at = :now, state = 'failed'
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            """, list.arguments(["now": now, "workspace_id": workspace]))
    }
}

extension Erasure.Kind {
    /// As which the rows of a table are counted.
    fileprivate static func of(_ table: String) -> Erasure.Kind {
        switch table {
        case "handle": .handles
        case "conversation": .conversations
        case "consent", "consent_entry", "opt_in": .consents
        case "remote_ref": .records
        case "import_row", "duplicate", "duplicate_key": .mentions
        default: .details
        }
    }
}
