/// What a company says about consent: words of its own, its texts, and how questions are asked. Kept as the setting
/// `consent`.
package struct ConsentSettings: Equatable, Sendable {
    /// Words that end marketing, beside the built-in ones.
    package var withdrawalWords: [String]
    /// Words after which somebody may be asked, beside the built-in ones.
    package var startWords: [String]
    /// By language; what is missing has ``ConsentTexts/standard(_:)``.
    package var texts: [ConsentLanguage: ConsentTexts]
    /// How long a question may be answered.
    package var questionHours: Int
    /// How long after the question it is asked once more; nil for never.
    package var reminderHours: Int?
    /// Whether a start word is answered by the question.
    package var asksOnStart: Bool

    package init(
        withdrawalWords: [String] = [], startWords: [String] = [], texts: [ConsentLanguage: ConsentTexts] = [:],
        questionHours: Int = 72, reminderHours: Int? = 20, asksOnStart: Bool = true
    ) {
        self.withdrawalWords = withdrawalWords
        self.startWords = startWords
        self.texts = texts
        self.questionHours = questionHours
        self.reminderHours = reminderHours
        self.asksOnStart = asksOnStart
    }

    package static let settingName = "consent"
    package static let questionHoursAllowed = 1...720
    package static let reminderHoursAllowed = 1...719
    package static let mostWords = 100

    package func texts(_ language: ConsentLanguage) -> ConsentTexts {
        texts[language] ?? .standard(language)
    }

    package var vocabulary: ConsentVocabulary {
        ConsentVocabulary(withdrawals: withdrawalWords, starts: startWords)
    }
}

extension ConsentSettings: Codable {
    private enum Key: String, CodingKey {
        case withdrawalWords, startWords, texts, questionHours, reminderHours, asksOnStart
    }

    /// What an older release did not write has its standard.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let standard = ConsentSettings()
        let texts = try container.decodeIfPresent([String: ConsentTexts].self, forKey: .texts) ?? [:]
        self.init(
            withdrawalWords: try container.decodeIfPresent([String].self, forKey: .withdrawalWords) ?? [],
            startWords: try container.decodeIfPresent([String].self, forKey: .startWords) ?? [],
            texts: Dictionary(
                texts.compactMap { code, texts in ConsentLanguage(rawValue: code).map { ($0, texts) } }
            ) { first, _ in first },
            questionHours: try container.decodeIfPresent(Int.self, forKey: .questionHours) ?? standard.questionHours,
            reminderHours: try container.decodeIfPresent(Int.self, forKey: .reminderHours),
            asksOnStart: try container.decodeIfPresent(Bool.self, forKey: .asksOnStart) ?? standard.asksOnStart)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(withdrawalWords, forKey: .withdrawalWords)
        try container.encode(startWords, forKey: .startWords)
        try container.encode(
            Dictionary(texts.map { ($0.rawValue, $1) }) { first, _ in first }, forKey: .texts)
        try container.encode(questionHours, forKey: .questionHours)
        try container.encodeIfPresent(reminderHours, forKey: .reminderHours)
        try container.encode(asksOnStart, forKey: .asksOnStart)
    }
}
