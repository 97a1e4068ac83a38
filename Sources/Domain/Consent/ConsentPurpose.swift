/// What a company may want to write to somebody for. Consent is given and withdrawn for each of them.
package enum ConsentPurpose: String, Codable, CaseIterable, Sendable {
    /// Answers to what the customer wrote, and codes that the customer asked for.
    case service
    /// News of what the customer ordered, booked or owes.
    case utility
    /// Everything that promotes: only after an explicit yes.
    case marketing

    /// Of a template, by Meta's category. A category that this version does not know counts as marketing: nothing
    /// unknown passes for less.
    package init(templateCategory: String) {
        switch templateCategory.uppercased() {
        case "UTILITY": self = .utility
        case "AUTHENTICATION", "SERVICE": self = .service
        default: self = .marketing
        }
    }
}
