/// What a customer means by one word: the words of all our languages, and those that a company adds.
package struct ConsentVocabulary: Sendable {
    package enum Meaning: String, Sendable {
        /// No more marketing.
        case withdrawal
        /// Marketing after all: the customer may be asked.
        case start
    }

    /// What was understood.
    package struct Hit: Equatable, Sendable {
        package let meaning: Meaning
        /// The languages in which the word means that; empty for a company's own.
        package let languages: [ConsentLanguage]
        /// The message as it was written.
        package let words: String
    }

    private let custom: [SpokenWord: Meaning]

    /// - Parameters:
    ///   - withdrawals: a company's own words, beside the built-in ones.
    ///   - starts: likewise. A word that is among both is a withdrawal.
    package init(withdrawals: [String] = [], starts: [String] = []) {
        var custom: [SpokenWord: Meaning] = [:]
        for word in starts.compactMap(SpokenWord.init) { custom[word] = .start }
        for word in withdrawals.compactMap(SpokenWord.init) { custom[word] = .withdrawal }
        self.custom = custom
    }

    /// What the message means when it is nothing but such a word; nil for everything else, also for a sentence that the
    /// word stands in. Of what a customer pressed, the title and what we set behind it count.
    package func hit(_ content: MessageContent) -> Hit? {
        switch content {
        case .text(let text): typed(text.body)
        case .choice(let choice):
            switch choice.kind {
            case .button, .list, .quickReply:
                pressed(choice.title) ?? choice.id.flatMap { pressed($0, showing: choice.title) }
            case .flow, .callPermission, .other: nil
            }
        case .media, .location, .contacts, .reaction, .order, .interactive, .template, .system, .unsupported: nil
        }
    }

    private func typed(_ text: String) -> Hit? {
        guard let word = SpokenWord(text) else { return nil }
        return hit(word, words: text)
    }

    /// Buttons bear the company's own words: "Sair" may lead out of a menu.
    private func pressed(_ text: String, showing title: String? = nil) -> Hit? {
        guard let word = SpokenWord(text), custom[word] != nil || !WithdrawalWords.onlyTyped.contains(word) else {
            return nil
        }
        return hit(word, words: title ?? text)
    }

    private func hit(_ word: SpokenWord, words: String) -> Hit? {
        if let meaning = custom[word] { return Hit(meaning: meaning, languages: [], words: words) }
        if let languages = WithdrawalWords.languages[word] {
            return Hit(meaning: .withdrawal, languages: languages, words: words)
        }
        return StartWords.languages[word].map { Hit(meaning: .start, languages: $0, words: words) }
    }
}
