package import Domain

/// Why a text is no possible phone number, or not one.
package enum PhoneNumberProblem: String, Error, Codable, CaseIterable, Sendable {
    case missing, notANumber, address, spreadsheetNotation, severalNumbers
    case unknownCountry, tooShort, tooLong, wrongLength, areaCodeMissing

    /// For the person who wrote the text, or who reads an import's report: what is wrong and what to do.
    package var message: LocalizedText {
        LocalizedText(en: reason.en + " " + advice.en, es: reason.es + " " + advice.es)
    }

    /// What is wrong, for a sentence that says itself what to do.
    package var reason: LocalizedText {
        switch self {
        case .missing: LocalizedText(en: "There is no number here.", es: "Aquí no hay ningún número.")
        case .notANumber: LocalizedText(en: "This is not a phone number.", es: "Esto no es un número de teléfono.")
        case .address:
            LocalizedText(
                en: "This is an address, not a phone number.", es: "Esto es una dirección, no un número de teléfono.")
        case .spreadsheetNotation:
            LocalizedText(
                en: "A spreadsheet rounded this number, and its last digits are lost.",
                es: "Una hoja de cálculo redondeó este número y se perdieron sus últimas cifras.")
        case .severalNumbers:
            LocalizedText(en: "There is more than one number here.", es: "Aquí hay más de un número.")
        case .unknownCountry:
            LocalizedText(
                en: "The country code is missing, or no country has it.",
                es: "Falta el código de país o ningún país lo tiene.")
        case .tooShort:
            LocalizedText(
                en: "The number is too short for its country.", es: "El número es demasiado corto para su país.")
        case .tooLong:
            LocalizedText(
                en: "The number is too long for its country.", es: "El número es demasiado largo para su país.")
        case .wrongLength:
            LocalizedText(
                en: "The number has a length that its country does not use.",
                es: "El número tiene una longitud que su país no usa.")
        case .areaCodeMissing:
            LocalizedText(en: "The area code is missing.", es: "Falta el código de área.")
        }
    }

    /// What to do about it.
    package var advice: LocalizedText {
        switch self {
        case .missing: LocalizedText(en: "Write one.", es: "Escriba uno.")
        case .notANumber:
            LocalizedText(
                en: "Write its digits, and from abroad + and the country code first.",
                es: "Escriba sus cifras y, si es de otro país, antes + y el código de país.")
        case .address:
            LocalizedText(
                en: "Write the number alone, with + and its country code.",
                es: "Escriba solo el número, con + y su código de país.")
        case .spreadsheetNotation:
            LocalizedText(
                en: "Format the column as text, and enter or export it again.",
                es: "Dé a la columna formato de texto y vuelva a escribirla o exportarla.")
        case .severalNumbers:
            LocalizedText(
                en: "Keep one, or write each in a field of its own.",
                es: "Deje uno solo o escriba cada uno en un campo propio.")
        case .unknownCountry:
            LocalizedText(
                en: "Write the number with + and the code of its country.",
                es: "Escriba el número con + y el código de su país.")
        case .tooShort:
            LocalizedText(
                en: "Add the missing digits, or the right country code.",
                es: "Agregue las cifras que faltan o el código de país correcto.")
        case .tooLong:
            LocalizedText(
                en: "Remove what does not belong to it, or give the right country code.",
                es: "Quite lo que no le pertenece o indique el código de país correcto.")
        case .wrongLength:
            LocalizedText(
                en: "Compare its digits with the source.", es: "Compare sus cifras con el original.")
        case .areaCodeMissing:
            LocalizedText(en: "Write it before the number.", es: "Escríbalo antes del número.")
        }
    }
}
