/// The languages in which customers are understood when they say stop, and in which they are asked and answered. The raw
/// value is Meta's code of it.
package enum ConsentLanguage: String, Codable, CaseIterable, Sendable {
    case spanish = "es"
    case english = "en"
    case portuguese = "pt"
    case french = "fr"
    case simplifiedChinese = "zh_CN"
    case traditionalChinese = "zh_TW"

    /// Any writing of a language's code: `es-MX`, `pt_BR`, `zh_HK`. Nil for a language that is not among ours.
    package init?(code: String) {
        let parts = code.lowercased().split { $0 == "_" || $0 == "-" }
        switch parts.first {
        case "es": self = .spanish
        case "en": self = .english
        case "pt": self = .portuguese
        case "fr": self = .french
        case "zh":
            let isTraditional = parts.dropFirst().contains { ["tw", "hk", "mo", "hant"].contains($0) }
            self = isTraditional ? .traditionalChinese : .simplifiedChinese
        default: return nil
        }
    }
}
