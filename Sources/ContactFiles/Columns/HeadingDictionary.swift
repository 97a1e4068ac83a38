/// The headings that people and programs put above the columns of contacts, in English, Spanish, Portuguese and Chinese
/// (traditional and simplified).
enum HeadingDictionary {
    struct Entry {
        let meaning: ColumnMeaning
        /// How much the heading alone proves, 0 to 1.
        let confidence: Double
    }

    /// What a heading means when the whole of it is known; also with a number behind it, or words in brackets.
    static func exact(_ heading: String) -> Entry? {
        let text = HeadingText(heading)
        if let entry = known[text.squeezed] { return entry }
        let without = HeadingText(HeadingText.withoutBrackets(heading))
        for shorter in [text.withoutNumber, without, without.withoutNumber] {
            if let entry = known[shorter.squeezed] {
                return Entry(meaning: entry.meaning, confidence: entry.confidence - 0.05)
            }
        }
        return nil
    }

    /// What a heading means by words in it: `Customer's mobile phone`, `客戶手機號碼`.
    static func partial(_ heading: String) -> Entry? {
        let text = HeadingText(heading)
        guard !isAboutOthers(text), let found = telling.first(where: { Self.holds(text, $0.word) }) else { return nil }
        return Entry(meaning: found.meaning, confidence: 0.6)
    }

    /// Whether a heading speaks of another person or another thing than the contact, whatever its cells look like.
    static func isAboutOthers(_ heading: String) -> Bool {
        exact(heading) == nil && isAboutOthers(HeadingText(heading))
    }

    private static func isAboutOthers(_ text: HeadingText) -> Bool {
        aboutOthers.contains { holds(text, $0) } || namesLabel(text)
    }

    /// `Phone 1 - Label`: Google's word for "home" and "work". A heading without a number may be of a contact's labels.
    private static func namesLabel(_ text: HeadingText) -> Bool {
        text.words.last == "label" && text.words.contains { $0.allSatisfy(\.isNumber) }
    }

    private static func holds(_ text: HeadingText, _ word: String) -> Bool {
        // Chinese puts no spaces between words.
        word.utf8.count > word.count ? text.squeezed.contains(word) : text.words.contains(word)
    }

    private static let known: [String: Entry] = {
        var known: [String: Entry] = [:]
        for list in headings {
            let entry = Entry(meaning: list.meaning, confidence: list.confidence)
            for heading in list.headings.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                let key = HeadingText(String(heading)).squeezed
                if !key.isEmpty, known[key] == nil { known[key] = entry }
            }
        }
        return known
    }()
}
