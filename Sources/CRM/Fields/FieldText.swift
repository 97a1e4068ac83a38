import Domain

/// Values in the one writing that they have between Puente and its connectors.
enum FieldText {
    /// `12.5`; nil for what is no number.
    static func number(_ text: String) -> String? {
        let number = FieldShape.number.canonical(text, phones: { _ in nil })
        let isDecimal = number.utf8.allSatisfy { "0123456789.-+eE".utf8.contains($0) }
        return isDecimal && Double(number)?.isFinite == true ? number : nil
    }

    /// `2026-11-26` of a day or a moment; nil for what is none.
    static func day(_ text: String) -> String? {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count == 10 || text.dropFirst(10).first == "T", parts.map(\.utf8.count) == [4, 2, 2],
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            CivilDate(year: year, month: month, day: day) != nil
        else { return nil }
        return String(text.prefix(10))
    }

    /// Of ISO 8601 with an offset, or of a day: its beginning in UTC.
    static func moment(_ text: String) -> Timestamp? {
        if text.utf8.count == 10, let day = day(text) { return Timestamp(iso8601: "\(day)T00:00:00Z") }
        return text.contains("T") ? Timestamp(iso8601: text) : nil
    }

    /// Nil for what says neither.
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "1", "sí", "si", SyncConsent.granted.rawValue: true
        case "false", "no", "0", SyncConsent.withdrawn.rawValue: false
        default: nil
        }
    }

    /// Whether it is the code of a language, alone or with a country: `es`, `pt_BR`.
    static func isLanguage(_ code: String) -> Bool {
        let parts = code.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        return (1...2).contains(parts.count) && (2...3).contains(parts[0].utf8.count)
            && parts.dropFirst().allSatisfy { $0.utf8.count == 2 }
            && parts.joined().utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    }

    /// Of a list the code of this language and country, else of this language alone, else of the language in some country.
    static func language(_ code: String, among codes: [String]) -> String? {
        let wanted = code.lowercased().replacing("_", with: "-")
        guard let language = wanted.split(separator: "-").first, (2...3).contains(language.count) else { return nil }
        let listed = codes.map { (code: $0, key: $0.lowercased().replacing("_", with: "-")) }
        let best =
            listed.first { $0.key == wanted } ?? listed.first { $0.key == language }
            ?? listed.first { $0.key == "\(language)-\(language)" } ?? listed.first { $0.key.hasPrefix("\(language)-") }
        return best?.code
    }
}
