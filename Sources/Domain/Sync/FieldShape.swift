/// What kind of value a field holds, on either side: how two writings of it are compared.
package enum FieldShape: String, Codable, CaseIterable, Sendable {
    case text
    case phone
    case email
    case number
    /// A day.
    case date
    /// A time, to the second.
    case moment
    case yesNo = "yes_no"
    case choice
    /// Several words, `;` between them.
    case set
    case language
    case consent
    case url
    /// A colleague, by e-mail address: CRMs know them by ids of their own.
    case user
    /// Something of the CRM's own that a text cannot stand for: a record, a file.
    case other

    /// Whether a value of one kind can stand in a field of the other.
    package func fits(into other: FieldShape) -> Bool {
        if self == other { return true }
        switch (self, other) {
        case (.other, _), (_, .other): return false
        // A text holds any writing.
        case (_, .text): return true
        case (.date, .moment), (.moment, .date), (.consent, .yesNo), (.yesNo, .consent), (.consent, .choice),
            (.choice, .consent), (.language, .choice), (.choice, .language), (.text, .url), (.set, .choice):
            return true
        // A text may be anything; what it is not is refused item by item.
        case (.text, .phone), (.text, .email), (.text, .number), (.text, .date), (.text, .choice), (.text, .language),
            (.choice, .set), (.text, .set), (.yesNo, .choice), (.choice, .yesNo), (.text, .yesNo), (.text, .moment),
            (.text, .consent):
            return true
        default: return false
        }
    }
}

extension FieldShape {
    /// One writing for all that mean the same; empty for what says nothing.
    /// - Parameter phones: digits with country code of a number in any writing; nil for what is none.
    package func canonical(_ text: String?, phones: (String) -> String?) -> String {
        let text = (text ?? "").tidied
        guard !text.isEmpty else { return "" }
        switch self {
        case .text, .choice, .url, .other: return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        case .phone: return phones(text) ?? String(text.filter(\.isASCIIDigit))
        case .email, .user: return text.lowercased()
        case .number: return WrittenNumber(text, .machine)?.text ?? text
        case .date: return String(text.prefix(10))
        case .moment: return SyncMoment(text).map { "\($0.seconds)" } ?? text
        case .yesNo: return Self.flag(text) ?? text
        case .set: return SyncSet(text).text.lowercased()
        case .language: return text.lowercased().replacing("_", with: "-")
        case .consent: return SyncConsent(rawValue: text.lowercased())?.rawValue ?? ""
        }
    }

    private static func flag(_ text: String) -> String? {
        switch text.lowercased() {
        case "true", "yes", "1", "sí", "si": "yes"
        case "false", "no", "0": "no"
        default: nil
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
