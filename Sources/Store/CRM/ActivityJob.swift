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
    package let conversation: ConversationID
    /// Set once the CRM has it.
    package let remoteID: String?
    package let recordedStatus: MessageStatus?
    package let activityState: String
}

/// A contact as a CRM needs it: names, every handle, and the record there once it is known.
package struct CRMContact: Hashable, Sendable {
    package let id: ContactID
    package let name: String
    package let profileName: String
    package let phone: String?
    package let userID: String?
    package let email: String?
    package let remoteID: String?
}

/// What became of one activity job.
package struct ActivityOutcome: Sendable {
    package let job: ActivityJob
    package let outcome: JobOutcome
    package let failure: CallFailure?
    /// The record's id there, when it is known.
    package let remoteID: String?

    package init(job: ActivityJob, outcome: JobOutcome, failure: CallFailure? = nil, remoteID: String? = nil) {
        self.job = job
        self.outcome = outcome
        self.failure = failure
        self.remoteID = remoteID
    }
}
