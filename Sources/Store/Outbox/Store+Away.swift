package import Domain

/// The alarm that a lane's destination is away: a CRM, or Meta.
package enum AwayAlarm {
    package static let kind = "destination_away"

    static func subject(_ lane: Lane) -> String { lane.description }

    /// The lane that an alarm of this kind speaks of.
    package static func lane(of subject: String) -> Lane? { Lane(subject) }
}

/// Only who has the lane says so, and it ends with the hold of the lane: whoever takes it next sees for itself.
extension Store {
    /// - Parameter since: when it was first found away.
    package func raiseAwayAlarm(_ text: LocalizedText, since: Timestamp, grip: LaneGrip) async throws {
        guard let workspace = grip.workspace else { return }
        let id = ids.next(AlarmRow.self)
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.raiseAlarm(
                AwayAlarm.kind, subject: AwayAlarm.subject(grip.lane), text: text, in: workspace, id: id, at: since)
        }
    }

    package func clearAwayAlarm(_ grip: LaneGrip) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.clearAwayAlarm(of: grip.lane, in: grip.workspace, at: now)
        }
    }
}

extension SQLConnection {
    func clearAwayAlarm(of lane: Lane, in workspace: WorkspaceID?, at now: Timestamp) throws {
        guard let workspace else { return }
        try clearAlarm(AwayAlarm.kind, subject: AwayAlarm.subject(lane), in: workspace, at: now)
    }
}
