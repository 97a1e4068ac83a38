package import PhoneNumbers

/// What a row says of a person, read and tidied. It has a phone number, an address or a user id, or several of them.
package struct CleanContact: Equatable, Sendable {
    /// The number that the person is known by: the first of the row that its country's plan knows, else the first.
    package let phone: PhoneNumber?
    /// The row's other numbers.
    package let otherPhones: [PhoneNumber]
    package let email: EmailAddress?
    /// By which WhatsApp knows the person.
    package let userID: String?
    /// Empty when the row has none.
    package let name: String
}
