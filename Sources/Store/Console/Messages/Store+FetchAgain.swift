package import Domain

extension Store {
    /// Asks Meta once more for a file that could not be fetched. Nothing happens when it is here, on its way, or gone.
    ///
    /// - Returns: the lane to wake and the conversation whose page changed.
    /// - Throws: `notFound`.
    package func fetchAgain(
        _ media: MediaID, in workspace: WorkspaceID, by actor: String
    ) async throws -> (conversation: ConversationID?, lanes: Set<Lane>) {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            guard let stored = try connection.media(media, in: workspace) else { throw PuenteError.noFile }
            let conversation = try stored.message.flatMap { message in
                try connection.value(
                    "SELECT conversation_id FROM message WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": message], as: ConversationID.self)
            }
            let jobs = try connection.rows(
                """
                SELECT id FROM job
                WHERE workspace_id = :workspace_id AND subject_id = :media_id AND kind = 'media.fetch'
                    AND state = 'discarded'
                """,
                ["workspace_id": workspace, "media_id": media]
            ).map { try $0.get("id", as: JobID.self) }
            let report = try DeadLetterSettling(
                store: store, connection: connection, workspace: workspace, actor: actor, now: now
            ).retry(jobs, confirmed: false)
            return (conversation, report.lanes)
        }
    }
}

extension PuenteError {
    static let noFile = PuenteError(.notFound, en: "There is no such file.", es: "No existe ese archivo.")
}
