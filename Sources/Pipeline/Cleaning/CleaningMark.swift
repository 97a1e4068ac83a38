package import ContactFiles
package import Domain
package import PhoneNumbers

/// Why a person should look at a row that was accepted all the same.
package enum CleaningMark: Equatable, Sendable {
    /// The length of the number fits its country, and the plan that we know has no such number; with what was perhaps
    /// meant.
    case possibleNumber(suggestion: PhoneSuggestion?)
    /// The number is a fixed line of its country, and with a "+" before it a mobile of the same.
    case plusMissing(suggestion: PhoneSuggestion)
    /// A phone cell was written as an amount: `5512345678.0`.
    case decimalsDropped
    /// Another phone cell of the row holds no number, or more than one.
    case phoneLeftOut(PhoneNumberProblem)
    case emailLeftOut
    /// The contact is known by its address alone, in a file that has phone numbers.
    case noPhone
    /// The country column says something that is no country we know, and the number needs one: `assumed` was taken.
    case countryUnknown(assumed: LocalizedText)
    /// An earlier row, accepted for another phone number or none, has the same address.
    case sharedEmail(row: Int)
    /// The row was read, and oddly.
    case remark(RowRemark)

    /// For programs and for counting: stable across releases.
    package var code: String {
        switch self {
        case .possibleNumber: "number_possible"
        case .plusMissing: "plus_missing"
        case .decimalsDropped: "decimals_dropped"
        case .phoneLeftOut: "phone_left_out"
        case .emailLeftOut: "email_left_out"
        case .noPhone: "no_phone"
        case .countryUnknown: "country_unknown"
        case .sharedEmail: "shared_email"
        case .remark(.strayQuote): "stray_quote"
        case .remark(.moreValues): "more_values"
        }
    }

    /// What all rows with this code have in common.
    package var title: LocalizedText {
        switch self {
        case .decimalsDropped, .emailLeftOut, .noPhone, .remark(.strayQuote): sentence
        case .possibleNumber: CleaningMark.possibleNumber(suggestion: nil).sentence
        case .plusMissing:
            LocalizedText(
                en: "The number begins like one with a country code and no +, and was read as a fixed line at home.",
                es: "El número empieza como si llevara código de país sin el +, y se leyó como un fijo del propio país."
            )
        case .phoneLeftOut:
            LocalizedText(
                en: "Another phone cell could not be read and was left out.",
                es: "Otra celda de teléfono no se pudo leer y se omitió.")
        case .countryUnknown:
            LocalizedText(en: "The country is not known.", es: "El país no se conoce.")
        case .sharedEmail:
            LocalizedText(
                en: "Another contact has the same e-mail address.",
                es: "Otro contacto tiene el mismo correo electrónico.")
        case .remark(.moreValues):
            LocalizedText(
                en: "The card has more numbers or addresses than fit; the rest were left out.",
                es: "La tarjeta tiene más números o direcciones de los que caben; el resto se omitió.")
        }
    }

    /// What to look at in this row.
    package var sentence: LocalizedText {
        switch self {
        case .possibleNumber(nil):
            LocalizedText(
                en: "As far as the numbering plan of its country is known here, there is no such number.",
                es: "Por lo que aquí se sabe del plan de numeración de su país, no existe ningún número así.")
        case .possibleNumber(let suggestion?): title + suggestion.sentence
        case .plusMissing(let suggestion): title + suggestion.sentence
        case .decimalsDropped:
            LocalizedText(
                en: "The number was written as an amount; its decimals were left out.",
                es: "El número estaba escrito como importe; se omitieron sus decimales.")
        case .phoneLeftOut(let problem): title + problem.reason
        case .emailLeftOut:
            LocalizedText(
                en: "The e-mail address cannot be one and was left out.",
                es: "El correo electrónico no puede serlo y se omitió.")
        case .noPhone:
            LocalizedText(
                en: "There is no phone number, only an e-mail address.",
                es: "No hay teléfono, solo un correo electrónico.")
        case .countryUnknown(let assumed):
            title
                + LocalizedText(
                    en: "The number was read as one of \(assumed.en).", es: "El número se leyó como de \(assumed.es).")
        case .sharedEmail(let row):
            LocalizedText(
                en: "Row \(row) has the same e-mail address and is another contact.",
                es: "La fila \(row) tiene el mismo correo electrónico y es otro contacto.")
        case .remark(let remark): remark.sentence
        }
    }
}
