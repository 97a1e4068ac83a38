package import Domain

/// An open alarm of a CRM connection: what is to be recorded there waits, comes late, or soon will.
package struct ConnectionAlarm: Equatable, Sendable {
    /// `paused`, `paused_by_person`, `destination_away`, `credential_ending`, `crm_push_closed`,
    /// `crm_field_missing`.
    package let kind: String
    /// The connection's name in the configuration.
    package let connection: String
    package let text: LocalizedText

    package init(kind: String, connection: String, text: LocalizedText) {
        self.kind = kind
        self.connection = connection
        self.text = text
    }
}

extension Store {
    /// Of all workspaces, the oldest first.
    package func connectionAlarms() async throws -> [ConnectionAlarm] {
        try await database.read(on: .console) { try $0.connectionAlarms() }
    }
}

extension SQLConnection {
    func connectionAlarms() throws -> [ConnectionAlarm] {
        let names = try connectionNames()
        return try rows(
            "SELECT kind, subject, text FROM alarm WHERE cleared_at IS NULL ORDER BY raised_at, id LIMIT 1000", [:]
        ).compactMap { row in
            guard let name = names[try row.get("subject", as: String.self).subjectID] else { return nil }
            return ConnectionAlarm(kind: try row.get("kind"), connection: name, text: try row.json("text"))
        }
    }

    /// By the id as subjects write it.
    private func connectionNames() throws -> [String: String] {
        try rows("SELECT id, slug FROM connection WHERE state <> 'disabled'", [:]).reduce(into: [:]) { names, row in
            names[try row.get("id", as: ConnectionID.self).description] = try row.get("slug", as: String.self)
        }
    }
}

extension String {
    /// An alarm of a connection names its lane (`crm:ID`) or what of it is paused (`connection:ID`, `credential:ID`). An id
    /// is of one thing only, whatever its kind.
    fileprivate var subjectID: String { split(separator: ":", maxSplits: 1).last.map(String.init) ?? self }
}
