import Domain
import PhoneNumbers
import Store

extension PersonFacts {
    init(_ person: PersonSummary) {
        self.init(
            id: person.id, name: person.displayName, username: person.username,
            phone: person.phone.map(PhoneText.international))
    }
}

/// A customer's number as people read it.
enum PhoneText {
    /// `5215512345678` → `+52 1 55 1234 5678`. What libphonenumber does not know stays a plus and its digits: Meta's
    /// word on who wrote is shown, whatever a table says of it.
    static func international(_ digits: String) -> String {
        do throws(PhoneNumberProblem) {
            return try PhoneNumber("+" + digits).internationalFormat
        } catch {
            return "+" + digits
        }
    }
}
