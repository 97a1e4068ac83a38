package import Domain

/// One line of what happened to a message, told in the order of time.
package struct TrailEntry: Sendable {
    package enum Event: Sendable {
        /// Meta's webhook, or the command, reached us.
        case received
        /// It was written down, with the jobs that it caused.
        case stored
        /// News of Meta's; `name` is Meta's own word.
        case status(name: String, participant: String?, failure: ShownFailure?)
        case edited
        case revoked
        /// A job of the message as it stands.
        case job(TrailJob)
        /// It stands on a CRM's timeline.
        case recorded(connection: String, remoteID: String?, status: MessageStatus?)
        /// What a person did: `retried`, `dismissed`, `mended`, …; `detail` is JSON.
        case action(name: String, detail: String)
    }

    package let at: Timestamp
    /// `puente`, `whatsapp`, a CRM's name, a person's or a key's.
    package let actor: String
    package let event: Event
}

/// A job as the trail shows it. Completed ones are pruned after a day.
package struct TrailJob: Sendable {
    package let id: JobID
    /// As the database has it: a newer release may have made it.
    package let kind: String
    package let lane: String
    package let state: JobState
    package let attempts: Int
    package let failure: ShownFailure?
    package let dueAt: Timestamp
    package let createdAt: Timestamp
    package let changedAt: Timestamp
}
