import Domain

/// Reads messages with what belongs to them: a few statements for a whole page, whatever its length.
struct MessageReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    /// - Parameter rows: of `SELECT StoredMessage.columns FROM message m`.
    func read(_ rows: [SQLRow]) throws -> [StoredMessage] {
        var messages = try rows.map(StoredMessage.init)
        guard !messages.isEmpty else { return [] }
        let ids = SQLValueList("message", messages.map(\.id))
        let files = try files(of: messages)
        let retries = try retries(of: messages.filter(\.mayBeRepeated).map(\.id))
        let holds = try connection.holds(of: messages.filter(\.mayBeHeld).map(\.id), in: workspace)
        let records = try records(of: ids)
        let deadLetters = try deadLetters(of: ids)
        for index in messages.indices {
            let id = messages[index].id
            messages[index].media = messages[index].storedFile.flatMap { files[$0] }
            messages[index].retriedBy = retries[id]
            messages[index].hold = holds[id]
            messages[index].deadLetter = deadLetters.first { $0.message == id && $0.kind == .send }?.job
            messages[index].records = (records[id] ?? []).map { mark in
                var mark = mark
                mark.deadLetter =
                    deadLetters.first {
                        $0.message == id && $0.lane == .connection(mark.connection)
                    }?.job
                return mark
            }
        }
        try addReactions(to: &messages)
        try addQuotes(to: &messages)
        return messages
    }

    /// By the row that the content names: files of ours are uploaded before their message exists.
    private func files(of messages: [StoredMessage]) throws -> [MediaID: MessageFile] {
        let wanted = messages.compactMap(\.storedFile)
        guard !wanted.isEmpty else { return [:] }
        let ids = SQLValueList("media", wanted)
        let rows = try connection.rows(
            """
            SELECT \(MessageFile.columns) FROM media f
            WHERE f.workspace_id = :workspace_id AND f.id IN \(ids.sql)
            """, ids.arguments(["workspace_id": workspace]))
        return try rows.map(MessageFile.init).reduce(into: [:]) { $0[$1.id] = $1 }
    }

    private func retries(of failed: [MessageID]) throws -> [MessageID: MessageID] {
        guard !failed.isEmpty else { return [:] }
        let ids = SQLValueList("message", failed)
        let rows = try connection.rows(
            """
            SELECT id, retry_of FROM message
            WHERE workspace_id = :workspace_id AND retry_of IN \(ids.sql)
            ORDER BY id
            """, ids.arguments(["workspace_id": workspace]))
        return try rows.reduce(into: [:]) { $0[try $1.get("retry_of")] = try $1.get("id", as: MessageID.self) }
    }

    /// CROSS JOIN keeps the order: activities are found by connection and message.
    private func records(of ids: SQLValueList) throws -> [MessageID: [RecordMark]] {
        let rows = try connection.rows(
            """
            SELECT a.message_id, a.connection_id, a.state, a.reason, a.remote_id, a.recorded_status, a.recorded_at,
                k.slug, k.kind
            FROM connection k
            CROSS JOIN activity a
            WHERE k.workspace_id = :workspace_id AND a.workspace_id = :workspace_id AND a.connection_id = k.id
                AND a.message_id IN \(ids.sql)
            ORDER BY k.id
            """, ids.arguments(["workspace_id": workspace]))
        return try rows.reduce(into: [:]) {
            $0[try $1.get("message_id"), default: []].append(try RecordMark($1))
        }
    }

    private struct DeadLetterOfMessage {
        let job: JobID
        let message: MessageID
        let kind: JobKind?
        let lane: Lane?
    }

    private func deadLetters(of ids: SQLValueList) throws -> [DeadLetterOfMessage] {
        try connection.rows(
            """
            SELECT id, subject_id, kind, lane FROM job
            WHERE workspace_id = :workspace_id AND subject_id IN \(ids.sql) AND state = 'discarded'
            ORDER BY id DESC
            """, ids.arguments(["workspace_id": workspace])
        ).map { row in
            DeadLetterOfMessage(
                job: try row.get("id"), message: try row.get("subject_id"),
                kind: JobKind(rawValue: try row.get("kind")), lane: Lane(try row.get("lane", as: String.self)))
        }
    }
}

extension StoredMessage {
    fileprivate var mayBeRepeated: Bool { !isInbound && (status == .failed || status == .refused) }

    /// A template of which nothing was heard since Meta accepted it.
    fileprivate var mayBeHeld: Bool {
        guard case .template = content else { return false }
        return !isInbound && status == .accepted
    }

    fileprivate var storedFile: MediaID? {
        if case .media(let media) = content { media.storedID } else { nil }
    }
}
