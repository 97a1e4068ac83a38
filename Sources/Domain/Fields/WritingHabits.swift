/// How people of a country write what can be read in two ways: `1.234` and `3/4/2026`.
package struct WritingHabits: Hashable, Sendable {
    package enum DecimalMark: Character, Sendable {
        case point = "."
        case comma = ","
    }

    package let decimalMark: DecimalMark
    /// `3/4/2026` is the fourth of March.
    package let isMonthFirst: Bool

    package init(decimalMark: DecimalMark, isMonthFirst: Bool) {
        self.decimalMark = decimalMark
        self.isMonthFirst = isMonthFirst
    }

    /// - Parameters:
    ///   - region: of the company, ISO 3166 alpha-2: Mexico and Spain write numbers differently in one language.
    ///   - language: decides where the region is not known.
    package init(region: String, language: Language) {
        let region = region.uppercased()
        let usesComma = region.isEmpty ? language == .spanish : Self.commaRegions.contains(region)
        self.init(
            decimalMark: usesComma ? .comma : .point, isMonthFirst: Self.monthFirstRegions.contains(region))
    }

    /// As programs write.
    package static let machine = WritingHabits(decimalMark: .point, isMonthFirst: false)

    /// Source: Unicode CLDR 45, `numbers/symbols/decimal` of each region's main language.
    private static let commaRegions: Set<String> = [
        "AD", "AL", "AM", "AO", "AR", "AT", "AZ", "BA", "BE", "BG", "BO", "BR", "BY", "CL", "CM", "CO", "CR", "CU",
        "CV", "CZ", "DE", "DK", "DZ", "EC", "EE", "ES", "FI", "FR", "GE", "GQ", "GR", "HR", "HU", "ID", "IS", "IT",
        "KZ", "LT", "LU", "LV", "MA", "MD", "ME", "MK", "MZ", "NL", "NO", "PL", "PT", "PY", "RO", "RS", "RU", "SE",
        "SI", "SK", "SN", "TN", "TR", "UA", "UY", "UZ", "VE", "VN",
    ]

    private static let monthFirstRegions: Set<String> = ["AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "US", "VI"]
}
