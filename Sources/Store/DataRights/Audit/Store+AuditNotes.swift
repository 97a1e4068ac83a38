package import Domain

extension Store {
    /// Seeing the same contact again within this is not written down again.
    private static let seenStep: Duration = .hours(1)

    /// Adds to the audit trail.
    /// - Parameters:
    ///   - subject: the row that it is about, by its id.
    ///   - detail: figures and ids; never a name, a number or what somebody wrote.
    package func note(
        _ event: AuditEvent, of subject: Int64, by actor: String, in workspace: WorkspaceID,
        detail: [String: String] = [:]
    ) async throws {
        let now = now()
        let store = self
        try await database.write(on: .work, .inOrder) { connection in
            try connection.note(event, of: subject, by: actor, in: workspace, detail: detail, store: store, at: now)
        }
    }

    /// Somebody of the staff looked at a contact.
    package func noteSeen(_ contact: ContactID, by actor: String, in workspace: WorkspaceID) async throws {
        let since = IDGenerator.lowest(at: now() - Self.seenStep)
        let isKnown = try await database.read(on: .console) { connection in
            try connection.row(
                """
                SELECT 1 AS one FROM trail
                WHERE workspace_id = :workspace_id AND subject_id = :subject AND id > :since AND event = :event
                    AND actor = :actor
                LIMIT 1
                """,
                [
                    "workspace_id": workspace, "subject": contact, "since": since,
                    "event": AuditEvent.contactSeen.rawValue, "actor": actor,
                ]) != nil
        }
        guard !isKnown else { return }
        try await note(.contactSeen, of: contact.rawValue, by: actor, in: workspace)
    }
}

extension SQLConnection {
    func note(
        _ event: AuditEvent, of subject: Int64, by actor: String, in workspace: WorkspaceID,
        detail: [String: String] = [:], store: Store, at now: Timestamp
    ) throws {
        try trail(
            subject, event.rawValue, by: actor, in: workspace, detail: try JSONText.encode(detail),
            id: store.ids.next(), at: now)
    }
}
