package import Domain

/// A phone number as E.164 defines it, read from what a person or a system wrote.
///
/// A number that exists (``PhoneNumber/init(_:region:)`` returns) is at least *possible*: its length fits its country.
/// Not every possible number is *valid*: number plans change faster than metadata, so such numbers are kept and marked.
package struct PhoneNumber: Sendable {
    /// Country code first, digits only, no "+", for example "4915112345678". At most 20.
    package let digits: String
    package let validity: PhoneNumberValidity
    package let kind: PhoneNumberKind
    /// ISO 3166 alpha-2 such as "MX"; nil for a number that belongs to no country (+800, +870, …).
    /// For a number that is only possible it is the main country of its code.
    package let region: String?
    /// The country calling code, for example 52.
    package let countryCode: Int
    /// The digits of an extension that was written after the number; not part of `digits`.
    package let `extension`: String?

    /// The form for storage and for other systems: "+" and the digits.
    package var e164: String { "+" + digits }
}

/// A number is what its digits are: kind and region follow from them, and an extension does not reach WhatsApp.
extension PhoneNumber: Hashable {
    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.digits == rhs.digits
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(digits)
    }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { e164 }
}

package enum PhoneNumberValidity: String, Codable, Sendable {
    /// The number plan has such a number.
    case valid
    /// The length fits, but the plan we know has no such number: accepted, and shown with a mark.
    case possible
}
