package import Domain

/// A job that nobody but a person can bring further.
package struct DeadLetterFacts: Sendable {
    package enum Work: String, CaseIterable, Sendable {
        /// A message to a customer that was not sent.
        case send
        /// A message that may have been sent: the answer was lost.
        case uncertain
        /// A message or status that is not in the CRM.
        case record
        /// A contact that the CRM did not take.
        case contact
        /// A file that could not be fetched or uploaded.
        case media
        /// An event that a subscriber did not take.
        case hook
    }

    package struct Attempt: Sendable {
        package var at: Timestamp
        package var code: String
        package var vendorText: String
        /// Counted from 1, where earlier ones are not kept; nil: as it stands in the list.
        package var number: Int?

        package init(at: Timestamp, code: String, vendorText: String, number: Int? = nil) {
            self.at = at
            self.code = code
            self.vendorText = vendorText
            self.number = number
        }
    }

    /// Something in the job that a person may correct before it is tried again.
    package struct Field: Sendable {
        /// The key in the form.
        package var name: String
        package var label: LocalizedText
        package var value: String
        /// A text of many lines; else a word or number.
        package var isText: Bool
        package var error: LocalizedText?

        package init(
            name: String, label: LocalizedText, value: String, isText: Bool = false, error: LocalizedText? = nil
        ) {
            self.name = name
            self.label = label
            self.value = value
            self.isText = isText
            self.error = error
        }
    }

    /// The field of a contact that a CRM refuses.
    package struct Refused: Sendable {
        /// What people call ours; nil where no row of the mapping writes there.
        package var ours: LocalizedText?
        /// As people see it in the CRM.
        package var theirs: String
        /// The CRM's own name.
        package var name: String
        /// What was to stand there.
        package var value: String?

        package init(ours: LocalizedText?, theirs: String, name: String, value: String?) {
            self.ours = ours
            self.theirs = theirs
            self.name = name
            self.value = value
        }
    }

    package var id: JobID
    package var work: Work
    /// The number's or connection's name.
    package var destination: String
    package var person: PersonFacts?
    package var conversation: ConversationID?
    package var content: MessageContent?
    package var code: String
    /// Why, in plain words, and what to do.
    package var advice: LocalizedText
    package var vendorText: String
    package var failedAt: Timestamp
    package var dueAt: Timestamp
    /// Oldest first.
    package var attempts: [Attempt]
    /// Jobs of the same contact that wait until this one is settled.
    package var followers: Int
    package var fields: [Field]
    /// Why the same job cannot succeed as it is, such as free text after the window closed; nil where it may.
    package var refusal: SendRefusal?
    package var refused: Refused?
    /// The contact's record in the CRM.
    package var recordURL: String?
    /// Where the mapping says what is written there; nil for who may not change it.
    package var mappingURL: String?
    /// When the first of many attempts was made.
    package var since: Timestamp?

    package init(
        id: JobID, work: Work, destination: String, person: PersonFacts?, conversation: ConversationID?,
        content: MessageContent?, code: String, advice: LocalizedText, vendorText: String, failedAt: Timestamp,
        dueAt: Timestamp, attempts: [Attempt], followers: Int = 0, fields: [Field] = [], refusal: SendRefusal? = nil
    ) {
        self.id = id
        self.work = work
        self.destination = destination
        self.person = person
        self.conversation = conversation
        self.content = content
        self.code = code
        self.advice = advice
        self.vendorText = vendorText
        self.failedAt = failedAt
        self.dueAt = dueAt
        self.attempts = attempts
        self.followers = followers
        self.fields = fields
        self.refusal = refusal
    }
}

/// Which dead letters are shown.
package struct DeadLetterFilter: Equatable, Sendable {
    package enum View: String, CaseIterable, Sendable { case all, customers, crm, uncertain, overdue }

    package var view: View
    /// Only those of one CRM connection.
    package var connection: ConnectionID?

    package init(view: View = .all, connection: ConnectionID? = nil) {
        self.view = view
        self.connection = connection
    }

    package func url(_ path: String = "/dead-letters", _ extra: [(String, String?)] = []) -> String {
        QueryText.url(
            path,
            [("view", view == .all ? nil : view.rawValue), ("connection", connection?.description)] + extra)
    }
}
