package import Domain

/// What is known of a contact, to be brought to a CRM. Where its remote id is not set, the record is to be found or made.
package struct ContactJob: Sendable {
    package let job: ClaimedJob
    package let contact: CRMContact
    /// Set when the person was erased here: the CRM is told that, and nothing else is known of the contact any more.
    package let erasure: ErasureOrder?

    package init(job: ClaimedJob, contact: CRMContact, erasure: ErasureOrder? = nil) {
        self.job = job
        self.contact = contact
        self.erasure = erasure
    }
}

/// What became of one contact that was brought up to date.
package struct ContactOutcome: Sendable {
    package let job: ContactJob
    package var outcome: JobOutcome
    package var failure: CallFailure?
    /// The id under which the CRM knows the contact now; nil when it did not say.
    package let remoteID: String?
    /// The record is not there any more: it is found or made again before the contact's next message is written.
    package let isGone: Bool

    package init(
        job: ContactJob, outcome: JobOutcome, failure: CallFailure? = nil, remoteID: String? = nil, isGone: Bool = false
    ) {
        self.job = job
        self.outcome = outcome
        self.failure = failure
        self.remoteID = remoteID
        self.isGone = isGone
    }
}
