extension PhoneNumberKind {
    /// For tables of figures.
    package var title: LocalizedText {
        switch self {
        case .unknown: LocalizedText(en: "unknown", es: "desconocido")
        case .fixedLine: LocalizedText(en: "fixed line", es: "fijo")
        case .mobile: LocalizedText(en: "mobile", es: "móvil")
        case .fixedLineOrMobile: LocalizedText(en: "fixed line or mobile", es: "fijo o móvil")
        case .tollFree: LocalizedText(en: "toll-free", es: "gratuito")
        case .premiumRate: LocalizedText(en: "premium rate", es: "de tarificación adicional")
        case .sharedCost: LocalizedText(en: "shared cost", es: "de coste compartido")
        case .voip: LocalizedText(en: "internet telephony", es: "telefonía por internet")
        case .personal: LocalizedText(en: "personal number", es: "número personal")
        case .pager: LocalizedText(en: "pager", es: "buscapersonas")
        case .company: LocalizedText(en: "company number", es: "número de empresa")
        case .voicemail: LocalizedText(en: "voicemail", es: "buzón de voz")
        }
    }
}
