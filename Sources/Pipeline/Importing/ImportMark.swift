internal import Domain
internal import Store

/// Why a person should look at a row that is taken all the same, beside the ``CleaningMark``s.
enum ImportMark: Equatable {
    /// The cell does not hold what the field is for.
    case fieldLeftOut(ImportField, LocalizedText)
    case languageUnknown
    case labelsLeftOut(max: Int)
    case labelCut(max: Int)
    /// What stands in the consent column is neither yes nor no.
    case consentUnclear
    /// What stands in the column of those who opted out is neither yes nor no, and was taken for a yes.
    case optOutAssumed

    /// For programs and for counting: stable across releases.
    var code: String {
        switch self {
        case .fieldLeftOut(let field, _): "field_left_out.\(field.key)"
        case .languageUnknown: "language_unknown"
        case .labelsLeftOut: "labels_left_out"
        case .labelCut: "label_cut"
        case .consentUnclear: "consent_unclear"
        case .optOutAssumed: "opt_out_assumed"
        }
    }

    var sentence: LocalizedText {
        switch self {
        case .fieldLeftOut(_, let why): title + why
        case .languageUnknown:
            LocalizedText(
                en: "The language is not known and was left out.", es: "El idioma no se conoce y se omitió.")
        case .labelsLeftOut(let max):
            LocalizedText(
                en: "The row has more than \(max) labels; the rest were left out.",
                es: "La fila tiene más de \(max) etiquetas; el resto se omitió.")
        case .labelCut(let max):
            LocalizedText(
                en: "A label is longer than \(max) characters; the rest of it was cut off.",
                es: "Una etiqueta tiene más de \(max) caracteres; se cortó lo que sobraba.")
        case .consentUnclear:
            LocalizedText(
                en: "What stands in the consent column is neither yes nor no: it counts as no consent.",
                es: "Lo que hay en la columna de consentimiento no es ni sí ni no: no cuenta como consentimiento.")
        case .optOutAssumed:
            LocalizedText(
                en: "What stands in the column of those who opted out is neither yes nor no: it counts as opted out.",
                es: "Lo que hay en la columna de bajas no es ni sí ni no: cuenta como baja.")
        }
    }

    /// What all rows with this code have in common.
    var title: LocalizedText {
        guard case .fieldLeftOut(let field, _) = self else { return sentence }
        return LocalizedText(
            en: "What stands in “\(field.name)” was left out.", es: "Lo que hay en «\(field.name)» se omitió.")
    }
}
