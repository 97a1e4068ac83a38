package import Domain

/// A country or territory whose numbers can be written without a country code.
package struct PhoneRegion: Hashable, Sendable {
    /// ISO 3166 alpha-2, capitals.
    package let code: String
    package let name: LocalizedText

    /// In the order of their codes.
    package static var all: [PhoneRegion] { RegionTable.shared.regions }

    /// Reads what stands in a country column or a form: two or three letters, a calling code ("+52", "0052"), or a name
    /// in English, Spanish, Portuguese or Chinese, whatever its capitals, accents and points. Nil when it is none.
    ///
    /// A calling code that several countries share is read as the main one's: +1 is the United States.
    package init?(_ written: String) {
        guard let region = RegionTable.shared.region(written) else { return nil }
        self = region
    }

    init(code: String, name: LocalizedText) {
        self.code = code
        self.name = name
    }

    /// The country calling code, such as 52; nil when the installed library does not tell.
    package var callingCode: Int? {
        RegionKey(code).flatMap { PlanBook.installed?.plans(of: $0)?.plans.callingCode }
    }
}
