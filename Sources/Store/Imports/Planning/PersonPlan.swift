import Domain

/// What a row does to one contact.
struct PersonPlan {
    struct Label: Equatable {
        let name: String
        let folded: String
    }

    struct Address: Equatable {
        /// Of the handle that it becomes.
        let id: HandleID
        /// Canonical.
        let value: String
        /// As it is sent to.
        let address: String
    }

    let contact: ContactID
    let isNew: Bool
    var verdict = ImportVerdict.new

    // Set where it changes.
    var name: String?
    var language: String?
    var note: String?
    /// The one that the person is known by comes first.
    var phones: [Address] = []
    var email: Address?
    /// Addresses that the new one takes the place of.
    var endedEmails: [HandleID] = []
    /// The same, canonical.
    var endedValues: [String] = []
    var labels: [Label] = []
    /// Labels that a rule had put on, and that stay whatever the rule says from now on. Nobody sees a difference yet.
    var keptLabels: [Label] = []
    var fields: [ImportedPerson.Field] = []
    var grants = false
    var withdraws = false

    var changes: [ImportChange] = []
    var notes: [ImportNote] = []
    var isOptedOut = false
    var lacksConsent = false
    var isDead = false
    /// Here or by the row.
    var hasPhone = false

    init(_ contact: ContactID, isNew: Bool) {
        self.contact = contact
        self.isNew = isNew
    }

    /// Whether anything is written.
    var isEffective: Bool { isNew || !changes.isEmpty || !keptLabels.isEmpty }
}
