/// Contact cards, shared by a customer or sent to one.
package struct ContactsContent: Equatable, Codable, Sendable {
    package var cards: [ContactCard]

    package init(cards: [ContactCard]) {
        self.cards = cards
    }

    /// The number that WhatsApp vouches for as the sender's own, as digits: the card answers a request for it. Nil for
    /// cards that were shared by hand, and for a number whose country is not said.
    package var sendersOwnPhone: String? {
        cards.filter(\.isSendersOwn).flatMap(\.phones).compactMap(\.internationalDigits).first
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

    package var isSendersOwn: Bool { origin == "contact_request" }
}

extension ContactCard.Phone {
    /// As WhatsApp writes a number: with its country code, without "+".
    fileprivate var internationalDigits: String? {
        let written = waID ?? phone.flatMap { $0.hasPrefix("+") ? $0 : nil } ?? ""
        let digits = written.filter { ("0"..."9").contains($0) }
        return (7...15).contains(digits.count) ? digits : nil
    }
}
