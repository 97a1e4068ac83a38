/// Contact cards, shared by a customer or sent to one.
package struct ContactsContent: Equatable, Codable, Sendable {
    package var cards: [ContactCard]

    package init(cards: [ContactCard]) {
        self.cards = cards
    }
}

package struct ContactCard: Equatable, Codable, Sendable {
    package struct Phone: Equatable, Codable, Sendable {
        package var phone: String?
        package var waID: String?
        package var type: String?

        package init(phone: String?, waID: String? = nil, type: String? = nil) {
            self.phone = phone
            self.waID = waID
            self.type = type
        }
    }

    package var formattedName: String
    package var firstName: String?
    package var lastName: String?
    package var phones: [Phone]
    package var emails: [String]
    package var organization: String?
    /// `contact_request` proves that the number is the sender's own; `other` is a card shared by hand.
    package var origin: String?

    package init(
        formattedName: String, firstName: String? = nil, lastName: String? = nil, phones: [Phone] = [],
        emails: [String] = [], organization: String? = nil, origin: String? = nil
    ) {
        self.formattedName = formattedName
        self.firstName = firstName
        self.lastName = lastName
        self.phones = phones
        self.emails = emails
        self.organization = organization
        self.origin = origin
    }
}
