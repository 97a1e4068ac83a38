import Domain

extension ActivityJob {
    /// The same job, now that its contact's record in the CRM is known.
    package func linked(to remoteID: String) -> ActivityJob {
        ActivityJob(
            job: job, message: message, contact: contact.linked(to: remoteID), isInbound: isInbound, author: author,
            content: content, isRevoked: isRevoked, at: at, receivedAt: receivedAt, status: status,
            statusAt: statusAt, statusFailure: statusFailure, conversation: conversation, remoteID: self.remoteID,
            recordedStatus: recordedStatus,
            activityState: activityState)
    }
}
