extension ConsentSettings {
    /// What could not work; nil where everything can.
    package var problem: PuenteError? {
        wordProblem ?? questionProblem ?? texts.values.lazy.compactMap(\.problem).first
    }

    private var wordProblem: PuenteError? {
        guard withdrawalWords.count <= Self.mostWords, startWords.count <= Self.mostWords else { return .tooManyWords }
        for word in withdrawalWords + startWords {
            guard let spoken = SpokenWord(word), spoken.text.utf8.count > 1 else { return .noWord(word) }
        }
        let both = Set(withdrawalWords.compactMap(SpokenWord.init))
            .intersection(startWords.compactMap(SpokenWord.init))
        if let word = both.first { return .bothWords(word.text) }
        // What ends marketing in a language of ours cannot mean the contrary.
        let builtIn = startWords.first { word in
            SpokenWord(word).map { WithdrawalWords.languages[$0] != nil } ?? false
        }
        return builtIn.map { .bothWords($0) }
    }

    private var questionProblem: PuenteError? {
        guard Self.questionHoursAllowed.contains(questionHours) else { return .questionHours }
        guard let reminderHours else { return nil }
        return Self.reminderHoursAllowed.contains(reminderHours) && reminderHours < questionHours ? nil : .reminderHours
    }
}

extension ConsentTexts {
    /// - Returns: what WhatsApp would not take, or what would not say who writes.
    package var problem: PuenteError? {
        for text in [confirmation, question, reminder, thanks] {
            guard text.contains(Self.company) else { return .textWithoutCompany }
            guard text.unicodeScalars.count <= Self.longestText - 100 else { return .textTooLong }
        }
        let buttons = [yes, no]
        guard buttons.allSatisfy({ !$0.allSatisfy(\.isWhitespace) && $0.unicodeScalars.count <= Self.longestButton })
        else { return .buttonTitle }
        return SpokenWord(yes) == SpokenWord(no) ? .sameButtons : nil
    }
}

extension PuenteError {
    fileprivate static let tooManyWords = PuenteError(
        .invalid, detail: "words", en: "At most \(ConsentSettings.mostWords) words of your own.",
        es: "Como mucho \(ConsentSettings.mostWords) palabras propias.")

    fileprivate static func noWord(_ word: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "words",
            en: "“\(word.prefix(60))” is no word: write at least two letters, and no sentence.",
            es: "«\(word.prefix(60))» no es una palabra: escriba al menos dos letras, y no una frase.")
    }

    fileprivate static func bothWords(_ word: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "words",
            en: "“\(word)” cannot end promotions and ask for them at once.",
            es: "«\(word)» no puede terminar las promociones y pedirlas a la vez.")
    }

    fileprivate static let questionHours = PuenteError(
        .invalid, detail: "question_hours", en: "A question may wait from 1 hour to 30 days (720 hours).",
        es: "Una pregunta puede esperar de 1 hora a 30 días (720 horas).")
    fileprivate static let reminderHours = PuenteError(
        .invalid, detail: "reminder_hours",
        en: "The reminder comes 1 hour after the question or later, and before it expires.",
        es: "El recordatorio llega 1 hora después de la pregunta o más tarde, y antes de que caduque.")
    fileprivate static let textWithoutCompany = PuenteError(
        .invalid, detail: "texts",
        en: "Each text says who writes: put {company} where your company's name belongs.",
        es: "Cada texto dice quién escribe: ponga {company} donde va el nombre de su empresa.")
    fileprivate static let textTooLong = PuenteError(
        .invalid, detail: "texts", en: "A text has at most 924 characters, so that your company's name finds room.",
        es: "Un texto tiene como mucho 924 caracteres, para que quepa el nombre de su empresa.")
    fileprivate static let buttonTitle = PuenteError(
        .invalid, detail: "texts", en: "A button has 1 to 20 characters.", es: "Un botón tiene de 1 a 20 caracteres.")
    fileprivate static let sameButtons = PuenteError(
        .invalid, detail: "texts", en: "The two buttons must say different things.",
        es: "Los dos botones deben decir cosas distintas.")
}
