package import Domain

/// A media row: what Meta calls it, what we hold of it.
package struct StoredMedia: Sendable {
    package let id: MediaID
    package let workspace: WorkspaceID
    package let number: NumberID
    package let message: MessageID?
    package let kind: MediaContent.Kind
    package let metaID: String?
    package let mimeType: String?
    package let filename: String?
    package let claimedHash: String?
    package let sha256: String?
    package let size: Int?
    package let state: String
}

/// A media row together with the job that fetches it.
package struct FetchJob: Sendable {
    package let job: ClaimedJob
    package let media: StoredMedia
}

extension Store {
    package func claimFetches(_ grip: LaneGrip, limit: Int) async throws -> [FetchJob] {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.claim(grip, limit: limit, kinds: [.fetchMedia], at: now).compactMap { job in
                guard let media = try connection.media(MediaID(rawValue: job.subject), in: job.workspace),
                    media.state == "fetching"
                else {
                    try connection.finish(
                        [JobResult(job: job.id, outcome: .completed, failure: nil)], grip: grip, policy: RetryPolicy(),
                        holdsFollowers: false, at: now)
                    return nil
                }
                return FetchJob(job: job, media: media)
            }
        }
    }

    /// Writes that a file is here, or why it is not. A row whose message was pruned meanwhile stays marked: the file goes
    /// the way of the others.
    package func record(
        _ job: FetchJob, sha256: String?, size: Int?, mimeType: String?, result: JobResult, grip: LaneGrip,
        policy: RetryPolicy
    ) async throws -> RecordReport {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.finish([result], grip: grip, policy: policy, holdsFollowers: false, at: now)
            var report = RecordReport()
            let state: String? =
                switch result.outcome {
                case .completed: "stored"
                case .discarded: "failed"
                default: nil
                }
            guard let state else { return report }
            try connection.execute(
                """
                UPDATE media
                SET state = CASE WHEN state = 'pruned' THEN state ELSE :state END, sha256 = :sha256, size = :size,
                    mime_type = COALESCE(:mime_type, mime_type), failure = :failure
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                [
                    "state": state, "sha256": sha256, "size": size, "mime_type": mimeType,
                    "failure": try result.failure.map(JSONText.encode), "workspace_id": job.media.workspace,
                    "id": job.media.id,
                ])
            if let message = job.media.message,
                let conversation = try connection.value(
                    "SELECT conversation_id FROM message WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": job.media.workspace, "id": message], as: ConversationID.self)
            {
                report.conversations[job.media.workspace] = [conversation]
            }
            return report
        }
    }

    package func storedMedia(_ id: MediaID, in workspace: WorkspaceID) async throws -> StoredMedia? {
        try await database.read(on: .console) { connection in
            try connection.media(id, in: workspace)
        }
    }

    /// A file that a person gave us to send.
    package func addMedia(
        _ kind: MediaContent.Kind, number: NumberID, sha256: String, size: Int, mimeType: String, filename: String?,
        in workspace: WorkspaceID
    ) async throws -> MediaID {
        let now = now()
        let id = ids.next(MediaRow.self)
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO media
                    (id, workspace_id, number_id, kind, mime_type, filename, size, sha256, state, created_at)
                VALUES
                    (:id, :workspace_id, :number_id, :kind, :mime_type, :filename, :size, :sha256, 'stored', :now)
                """,
                [
                    "id": id, "workspace_id": workspace, "number_id": number, "kind": kind.rawValue,
                    "mime_type": mimeType, "filename": filename, "size": size, "sha256": sha256, "now": now,
                ])
        }
        return id
    }

    /// Meta has the file now, under this id, for 30 days.
    package func noteUpload(_ media: MediaID, metaID: String, in workspace: WorkspaceID) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE media SET meta_id = :meta_id, meta_id_at = :now
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["meta_id": metaID, "now": now, "workspace_id": workspace, "id": media])
        }
    }
}

extension SQLConnection {
    func media(_ id: MediaID, in workspace: WorkspaceID) throws -> StoredMedia? {
        let row = try row(
            """
            SELECT id, workspace_id, number_id, message_id, kind, meta_id, mime_type, filename, claimed_hash, sha256,
                size, state
            FROM media WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["workspace_id": workspace, "id": id])
        return try row.map { row in
            StoredMedia(
                id: try row.get("id"), workspace: try row.get("workspace_id"), number: try row.get("number_id"),
                message: try row.get("message_id"),
                kind: MediaContent.Kind(rawValue: try row.get("kind")) ?? .document, metaID: try row.get("meta_id"),
                mimeType: try row.get("mime_type"), filename: try row.get("filename"),
                claimedHash: try row.get("claimed_hash"), sha256: try row.get("sha256"), size: try row.get("size"),
                state: try row.get("state"))
        }
    }
}
