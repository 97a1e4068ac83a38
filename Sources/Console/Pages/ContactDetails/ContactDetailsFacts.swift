package import Domain

/// What is noted of a contact, as pages get it.
package struct ContactDetailsFacts: Sendable {
    package struct Field: Sendable {
        /// Whom the field of the owner in the CRM names.
        package enum Owner: Hashable, Sendable {
            case colleague(name: String)
            /// Nobody who works here has the address.
            case nobodyHere
        }

        package var field: FieldFacts
        /// As it is kept; nil where nothing is noted.
        package var value: String?
        /// Nil where the field names nobody.
        package var owner: Owner?

        package init(_ field: FieldFacts, value: String?, owner: Owner? = nil) {
            self.field = field
            self.value = value
            self.owner = owner
        }
    }

    package struct State: Sendable {
        package var state: ContactState
        package var since: Timestamp
        package var actor: String
        package var reason: String

        package init(_ state: ContactState, since: Timestamp, actor: String, reason: String) {
            self.state = state
            self.since = since
            self.actor = actor
            self.reason = reason
        }
    }

    /// What was sent and is wrong, beside the field or label it is of.
    package struct Mistake: Sendable {
        package enum Place: Hashable, Sendable {
            case label
            case field(FieldID)
            case state(ContactState)
        }

        package var place: Place
        package var written: String
        package var sentence: LocalizedText

        package init(_ place: Place, written: String, _ sentence: LocalizedText) {
            self.place = place
            self.written = written
            self.sentence = sentence
        }
    }

    package var contact: ContactID
    package var labels: [LabelFacts]
    /// Those that could be put on, by name.
    package var otherLabels: [LabelFacts]
    package var fields: [Field]
    package var states: [State]
    package var habits: WritingHabits

    package init(
        contact: ContactID, labels: [LabelFacts], otherLabels: [LabelFacts], fields: [Field], states: [State],
        habits: WritingHabits
    ) {
        self.contact = contact
        self.labels = labels
        self.otherLabels = otherLabels
        self.fields = fields
        self.states = states
        self.habits = habits
    }
}
