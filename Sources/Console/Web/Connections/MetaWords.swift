import Domain

/// Meta's `quality_rating` and `quality_score`; what it may add one day is shown as it is.
enum QualityWords {
    static func text(_ rating: String) -> LocalizedText {
        switch rating {
        case "GREEN": LocalizedText(en: "High", es: "Alta")
        case "YELLOW": LocalizedText(en: "Medium", es: "Media")
        case "RED": LocalizedText(en: "Low", es: "Baja")
        case "UNKNOWN", "NA": LocalizedText(en: "Not rated yet", es: "Aún sin calificar")
        default: .same(rating)
        }
    }
}

/// Meta's categories of templates.
enum CategoryWords {
    static func text(_ category: String) -> LocalizedText {
        switch category {
        case "MARKETING": .same("Marketing")
        case "UTILITY": LocalizedText(en: "Utility", es: "Utilidad")
        case "AUTHENTICATION": LocalizedText(en: "Authentication", es: "Autenticación")
        default: .same(category)
        }
    }
}
