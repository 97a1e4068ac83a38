package import Domain

/// All that is held of one person, as a file that a background task makes and that is kept for some days.
package struct PersonExport: Sendable {
    package enum State: String, SQLConvertible, CaseIterable, Sendable {
        /// Nobody has begun.
        case waiting
        case running
        /// The file can be taken until it expires.
        case ready
        /// It could not be written; the log says why. It may be asked for again.
        case failed
    }

    /// How long the file is kept: it is one more copy of everything.
    package static let lifetime: Duration = .days(3)

    package let id: PersonExportID
    package let workspace: WorkspaceID
    package let contact: ContactID
    package let state: State
    /// Of the page in it that people read.
    package let language: Language
    package let actor: String
    package let requestedAt: Timestamp
    /// Messages to be written, and those that are; the same at the end.
    package let messages: Int
    package let done: Int
    /// In bytes; nil until it is ready.
    package let size: Int?
    /// When the file goes.
    package let expiresAt: Timestamp
}

extension PersonExport {
    static let columns = """
        id, workspace_id, contact_id, state, language, actor, requested_at, messages, done, size, expires_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        contact = try row.get("contact_id")
        state = try row.get("state")
        language = Language(rawValue: try row.get("language")) ?? .english
        actor = try row.get("actor")
        requestedAt = try row.get("requested_at")
        messages = try row.get("messages")
        done = try row.get("done")
        size = try row.get("size")
        expiresAt = try row.get("expires_at")
    }
}
