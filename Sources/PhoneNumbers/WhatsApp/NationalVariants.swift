/// The writings of one number in the countries where one WhatsApp account has several.
///
/// | country | canonical | also seen |
/// |---|---|---|
/// | Argentina | 549 and ten digits | without the 9; with 15 after the area code, as people write it at home |
/// | Benin | 22901 and eight digits | without the 01, which every number was given on 30 November 2024 |
/// | Brazil | 55, area code, 9 and eight digits | without the 9: accounts older than the ninth digit |
/// | Mexico | 52 and ten digits | 521 and ten digits: the mobile mark abolished in 2019, still in WhatsApp's ids |
///
/// Canonical is what E.164 has today (for Argentina: of a mobile, which nearly every account is), so that it is also
/// the form that a CRM is most likely to hold.
struct NationalVariants {
    private let country: any VariantRules.Type
    /// Canonical, without the calling code.
    private let national: DigitString

    private static let countries: [any VariantRules.Type] = [
        ArgentineNumber.self, BeninNumber.self, BrazilianNumber.self, MexicanNumber.self,
    ]

    /// Nil when the digits follow none of the patterns: they have one writing only.
    init?(_ digits: DigitString) {
        guard let country = Self.countries.first(where: { digits.hasPrefix($0.callingCode) }),
            let national = country.canonical(digits.dropFirst(country.callingCode.count))
        else { return nil }
        self.country = country
        self.national = national
    }

    var canonical: DigitString { country.callingCode + national }

    /// The other writings, likeliest first.
    var others: [DigitString] {
        country.others(than: national).map { country.callingCode + $0 }
    }
}

/// A country where one account has several writings. Its rules see numbers without the calling code.
protocol VariantRules: Sendable {
    static var callingCode: DigitString { get }

    /// Nil when `number` is none of the writings that the rules know.
    static func canonical(_ number: DigitString) -> DigitString?

    static func others(than canonical: DigitString) -> [DigitString]
}
