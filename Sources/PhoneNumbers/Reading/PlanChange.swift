/// Numbers that the installed metadata does not know since a country changed its plan, or since it forgot the old one.
///
/// | country | change |
/// |---|---|
/// | Benin | 30 November 2024: 01 before every number of eight digits. Metadata older than that calls them too long |
/// | Mexico | 3 August 2019: no 1 after the country code, no 01, 044 or 045 before a number. Newer metadata refuses all four, WhatsApp's ids still have the 1, and people still write the others, or one 0 as in other countries |
struct PlanChange: Equatable {
    /// The number of today, with its calling code.
    let today: DigitString
    /// What metadata from before the change calls the same number.
    let known: DigitString

    /// Nil for a text that no change explains.
    static func number(in text: String, by reader: NumberReader) -> PhoneNumber? {
        guard let scan = NumberScan(text),
            let change = PlanChange(scan.digits, isInternational: scan.isInternational, region: reader.region)
        else { return nil }
        if case .success(let number) = reader.read("+" + change.today.text) { return number }
        guard case .success(let old) = reader.read("+" + change.known.text), old.validity == .valid else { return nil }
        return PhoneNumber(
            digits: change.today.text, validity: .valid, kind: old.kind, region: old.region,
            countryCode: old.countryCode, extension: nil)
    }

    /// - Parameters:
    ///   - digits: as they were written.
    ///   - region: of numbers written without a calling code.
    init?(_ digits: DigitString, isInternational: Bool, region: RegionKey?) {
        let international = isInternational ? digits : digits.hasPrefix([0, 0]) ? digits.dropFirst(2) : nil
        let country = isInternational ? nil : region?.text
        if let change = international.flatMap(Self.mexico(abroad:))
            ?? (country == "MX" ? Self.mexico(atHome: digits) : nil)
        {
            self = change
        } else if let change = international.flatMap(Self.benin(abroad:))
            ?? (country == "BJ" ? Self.benin(atHome: digits) : nil)
        {
            self = change
        } else {
            return nil
        }
    }

    private init(today: DigitString, known: DigitString) {
        self.today = today
        self.known = known
    }

    private static func mexico(abroad digits: DigitString) -> PlanChange? {
        guard digits.count == 13, digits.hasPrefix([5, 2, 1]) else { return nil }
        let today = [5, 2] + digits.dropFirst(3)
        return PlanChange(today: today, known: today)
    }

    private static func mexico(atHome digits: DigitString) -> PlanChange? {
        let prefixes: [DigitString] = [[0, 4, 4], [0, 4, 5], [0, 1], [0], [1], [5, 2, 1]]
        guard let prefix = prefixes.first(where: { digits.hasPrefix($0) && digits.count == $0.count + 10 }) else {
            return nil
        }
        return mexico(abroad: [5, 2, 1] + digits.dropFirst(prefix.count))
    }

    private static func benin(abroad digits: DigitString) -> PlanChange? {
        guard digits.count == 13, digits.hasPrefix([2, 2, 9, 0, 1]) else { return nil }
        return PlanChange(today: digits, known: [2, 2, 9] + digits.dropFirst(5))
    }

    private static func benin(atHome digits: DigitString) -> PlanChange? {
        digits.count == 10 ? benin(abroad: [2, 2, 9] + digits) : benin(abroad: digits)
    }
}
