/// A person's name as Salesforce wants it: the last name is needed, 80 characters at most; the first has 40.
struct SalesforceName: Equatable {
    private static let maxFirst = 40
    private static let maxLast = 80

    let first: String?
    let last: String

    /// - Parameters:
    ///   - first: all of the name where nobody knows its parts; then the last word is the last name.
    ///   - fallbacks: what stands for a name that is empty or has no letter, best first.
    init(first: String?, last: String?, fallbacks: [String?]) {
        let first = Self.trimmed(first)
        if let last = Self.trimmed(last) {
            self.init(first, last)
            return
        }
        let words = (first ?? "").split(whereSeparator: \.isWhitespace)
        if words.count > 1, let lastWord = words.last {
            self.init(words.dropLast().joined(separator: " "), String(lastWord))
        } else {
            self.init(nil, first ?? fallbacks.lazy.compactMap(Self.trimmed).first ?? "WhatsApp")
        }
    }

    private init(_ first: String?, _ last: String) {
        self.first = first.map { PlainText.cut($0, to: Self.maxFirst) }
        self.last = PlainText.cut(last, to: Self.maxLast)
    }

    /// Nil for what nobody could be called by: nothing, or pictures alone.
    private static func trimmed(_ text: String?) -> String? {
        guard let text, text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
