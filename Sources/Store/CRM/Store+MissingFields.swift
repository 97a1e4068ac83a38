package import Domain

/// The alarm that a CRM does not have fields any more that are mapped.
package enum FieldAlarm {
    package static let kind = "crm_field_missing"

    static func subject(_ lane: Lane) -> String { lane.description }

    /// The lane that an alarm of this kind speaks of.
    package static func lane(of subject: String) -> Lane? { Lane(subject) }
}

extension Store {
    /// What people are told of fields that a connection's CRM does not have any more, by who has its lane. Where one came
    /// back, every contact is compared anew: what was changed meanwhile is still to be told.
    /// - Parameter text: nil while all are there.
    /// - Returns: whether that is news.
    package func tellOfMissingFields(_ text: LocalizedText?, grip: LaneGrip) async throws -> Bool {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return false }
        let now = now()
        let id = ids.next(AlarmRow.self)
        let subject = FieldAlarm.subject(grip.lane)
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            let change = try connection.keepAlarm(
                FieldAlarm.kind, subject: subject, text: text, in: workspace, id: id, at: now)
            if change.hasEnded { try connection.compareAll(of: crm, in: workspace) }
            return change.hasEnded || change.hasBegun
        }
    }
}

extension SQLConnection {
    func clearFieldAlarm(of lane: Lane, in workspace: WorkspaceID, at now: Timestamp) throws {
        try clearAlarm(FieldAlarm.kind, subject: FieldAlarm.subject(lane), in: workspace, at: now)
    }
}
