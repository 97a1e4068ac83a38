package import PhoneNumbers

/// What a row says of a person, read and tidied. It has a phone number or an address, or both.
package struct CleanContact: Equatable, Sendable {
    /// The number that the person is known by: the first of the row that its country's plan knows, else the first.
    package let phone: PhoneNumber?
    /// The row's other numbers.
    package let otherPhones: [PhoneNumber]
    package let email: EmailAddress?
    /// Empty when the row has none.
    package let name: String
}
