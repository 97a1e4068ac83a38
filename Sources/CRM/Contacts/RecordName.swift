/// A person's name as Salesforce and Zoho want it: the last name is needed, 80 characters at most; the first has 40.
struct RecordName: Equatable {
    private static let maxFirst = 40
    private static let maxLast = 80

    let first: String?
    let last: String

    /// - Parameters:
    ///   - first: all of the name where nobody knows its parts; then the last word is the last name.
    ///   - fallbacks: what stands for a name that is empty or has no letter, best first.
    ///   - cut: shortens a text to so many characters, as the CRM counts them.
    init(
        first: String?, last: String?, fallbacks: [String?],
        cut: (String, Int) -> String = { PlainText.cut($0, to: $1) }
    ) {
        let first = Self.trimmed(first)
        if let last = Self.trimmed(last) {
            self.init(first, last, cut)
            return
        }
        let words = (first ?? "").split(whereSeparator: \.isWhitespace)
        if words.count > 1, let lastWord = words.last {
            self.init(words.dropLast().joined(separator: " "), String(lastWord), cut)
        } else {
            self.init(nil, first ?? fallbacks.lazy.compactMap(Self.trimmed).first ?? "WhatsApp", cut)
        }
    }

    private init(_ first: String?, _ last: String, _ cut: (String, Int) -> String) {
        self.first = first.map { cut($0, Self.maxFirst) }
        self.last = cut(last, Self.maxLast)
    }

    /// Nil for what nobody could be called by: nothing, or pictures alone.
    private static func trimmed(_ text: String?) -> String? {
        guard let text, text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
