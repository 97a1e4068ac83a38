import PhoneNumbers

/// The words by which Salesforce's search finds a phone number in any writing: it looks at digits, and finds a number by all
/// of them or by its end.
/// Source: Salesforce Help, "Search for phone numbers"; SOQL and SOSL Reference, "IN SearchGroup".
enum PhoneTerms {
    private static let maxTerms = 14

    /// - Parameter phones: digits with country code.
    static func terms(of phones: [String]) -> [String] {
        let variants = phones.prefix(5).flatMap(WhatsAppNumber.variants).filter(isNumber)
        let nationals = variants.map(\.withoutCountryCode)
        let ends = nationals.prefix(1).map { String($0.suffix(7)) }
        return Array((variants + nationals + ends).uniqued().prefix(maxTerms))
    }

    /// Only digits may stand in a search: everything else has a meaning there.
    private static func isNumber(_ text: String) -> Bool {
        (5...20).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

}
