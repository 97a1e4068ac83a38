/// The languages that pages and sentences for people come in.
package enum Language: String, Codable, CaseIterable, Sendable {
    case english = "en"
    case spanish = "es"
}

/// One sentence for a person, in every language we write.
package struct LocalizedText: Hashable, Codable, Sendable {
    package let en: String
    package let es: String

    package init(en: String, es: String) {
        self.en = en
        self.es = es
    }

    /// What happened, and what to do.
    package init(_ cause: LocalizedText, then remedy: LocalizedText?) {
        guard let remedy, remedy != cause else {
            self = cause
            return
        }
        self.init(en: "\(cause.en) → \(remedy.en)", es: "\(cause.es) → \(remedy.es)")
    }

    /// For what is the same in every language: names, the system's own words.
    package static func same(_ text: String) -> LocalizedText {
        LocalizedText(en: text, es: text)
    }

    package subscript(language: Language) -> String {
        switch language {
        case .english: en
        case .spanish: es
        }
    }
}
