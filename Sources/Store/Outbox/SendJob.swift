package import Domain

/// A message on its way to Meta, as the transaction that marked it found it.
package struct SendJob: Sendable {
    package enum State: Sendable {
        /// Marked `sending`: call Meta with this permit, once.
        case permitted(SendPermit, Recipient)
        /// The gate said no; message and job are closed.
        case refused(SendRefusal)
        /// The gate says yes, but its file must be at Meta first; the job stays `running`.
        case needsUpload(MediaID)
    }

    package let job: ClaimedJob
    package let message: MessageID
    package let contact: ContactID
    package let conversation: ConversationID
    package let number: NumberID
    package let phoneNumberID: String
    package let content: MessageContent
    package let replyTo: String?
    package let queuedAt: Timestamp
    package let state: State
}

/// What came back from Meta for one send.
package struct SendOutcome: Sendable {
    package let job: SendJob
    package let receipt: SendReceipt?
    package let failure: CallFailure?
    package let outcome: JobOutcome

    package init(job: SendJob, receipt: SendReceipt?, failure: CallFailure?, outcome: JobOutcome) {
        self.job = job
        self.receipt = receipt
        self.failure = failure
        self.outcome = outcome
    }
}
