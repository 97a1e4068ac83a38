package import Domain

/// The alarm that a CRM's credentials end soon, or have ended.
package enum CredentialAlarm {
    package static let kind = "credential_ending"

    static func subject(_ lane: Lane) -> String { lane.description }

    /// The lane that an alarm of this kind speaks of.
    package static func lane(of subject: String) -> Lane? { Lane(subject) }
}

extension Store {
    /// What people are told of a connection's credentials by who has its lane: an alarm that says the same already stays, any
    /// other ends.
    /// - Parameter text: nil while there is time.
    package func tellOfCredentials(_ text: LocalizedText?, grip: LaneGrip) async throws {
        guard let workspace = grip.workspace else { return }
        let now = now()
        let id = ids.next(AlarmRow.self)
        let subject = CredentialAlarm.subject(grip.lane)
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            _ = try connection.keepAlarm(
                CredentialAlarm.kind, subject: subject, text: text, in: workspace, id: id, at: now)
        }
    }
}

extension SQLConnection {
    func clearCredentialAlarm(of lane: Lane, in workspace: WorkspaceID?, at now: Timestamp) throws {
        guard let workspace else { return }
        try clearAlarm(CredentialAlarm.kind, subject: CredentialAlarm.subject(lane), in: workspace, at: now)
    }
}
