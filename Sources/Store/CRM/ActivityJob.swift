package import Domain

/// A message that must be written, or brought up to date, on a contact's timeline in a CRM.
package struct ActivityJob: Sendable {
    package let job: ClaimedJob
    package let message: MessageID
    package let contact: CRMContact
    package let isInbound: Bool
    package let author: String?
    package let content: MessageContent
    package let isRevoked: Bool
    package let at: Timestamp
    package let receivedAt: Timestamp
    package let status: MessageStatus
    package let statusAt: Timestamp
    /// Why it failed, was refused, or may not have been sent.
    package let statusFailure: ShownFailure?
    package let conversation: ConversationID
    /// Set once the CRM has it.
    package let remoteID: String?
    package let recordedStatus: MessageStatus?
    package let activityState: String
}

/// What became of one activity job.
package struct ActivityOutcome: Sendable {
    /// What the CRM turned out not to have any more.
    package enum Gone: Equatable, Sendable {
        /// The contact's record: its id is forgotten, and the contact found or made again.
        case contact
        /// What was recorded: people there deleted it, and it is not written a second time.
        case activity
    }

    package let job: ActivityJob
    package var outcome: JobOutcome
    package let failure: CallFailure?
    /// The record's id there, when it is known.
    package let remoteID: String?
    package let gone: Gone?
    /// A job that is put back, and of which nobody knows whether it was done: it is looked for before it is done again.
    package var isInDoubt = false

    package init(
        job: ActivityJob, outcome: JobOutcome, failure: CallFailure? = nil, remoteID: String? = nil, gone: Gone? = nil
    ) {
        self.job = job
        self.outcome = outcome
        self.failure = failure
        self.remoteID = remoteID
        self.gone = gone
    }
}
