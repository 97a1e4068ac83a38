import Domain

/// How long one text of a message may be, and what people call it.
struct TextLimit {
    let name: LocalizedText
    /// In Unicode code points, which is how Meta counts.
    let most: Int

    init(_ most: Int, en: String, es: String) {
        self.most = most
        self.name = LocalizedText(en: en, es: es)
    }

    /// Nil when the text is within the limit and, where it has to be there, is not blank.
    func problem(in text: String, isRequired: Bool = true) -> PuenteError? {
        if isRequired, text.allSatisfy(\.isWhitespace) {
            return PuenteError(
                .invalid, detail: "text_missing", en: "\(name.en) is missing. Fill it in.",
                es: "Falta \(name.es). Rellene ese campo.")
        }
        // Looking at one more than the limit is enough, however long the text is.
        let count = text.unicodeScalars.prefix(most + 1).count
        guard count > most else { return nil }
        let all = text.unicodeScalars.count
        return PuenteError(
            .invalid, detail: "text_too_long",
            en: "\(name.en) is \(all) characters long; WhatsApp allows \(most). Shorten it.",
            es: "\(name.es.capitalizingFirst) tiene \(all) caracteres; WhatsApp permite \(most) como máximo. Use menos."
        )
    }

    func problem(in text: String?) -> PuenteError? {
        text.flatMap { problem(in: $0, isRequired: false) }
    }
}

extension String {
    fileprivate var capitalizingFirst: String { prefix(1).uppercased() + dropFirst() }
}
