import PhoneNumbers

extension String {
    /// The digits of a number without its country code, as people write numbers of their own country, and CRMs index them.
    /// One that fits no country stays as it is.
    var withoutCountryCode: String {
        guard let number = try? PhoneNumber("+\(self)") else { return self }
        let code = String(number.countryCode)
        return hasPrefix(code) ? String(dropFirst(code.count)) : self
    }
}

extension Sequence where Element: Hashable {
    /// Each once, at its first place.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
