package import Domain

/// A number that a refused text probably stands for, and what was done to find it. A person decides.
package struct PhoneSuggestion: Equatable, Sendable {
    package let number: PhoneNumber
    package let repair: PhoneRepair

    /// Nil when the text is a valid number already, or when no repair makes one of it.
    ///
    /// - Parameters: as of ``PhoneNumber/init(_:region:)``, which refused them or made a number that is only possible.
    package init?(for text: String, region: String? = nil) {
        guard text.utf8.count <= NumberReader.maxTextBytes else { return nil }
        let reading = PhoneReading(text, region: region)
        if case .number(let number) = reading, number.validity == .valid { return nil }
        for repair in PhoneRepair.allCases {
            guard let mended = repair.mend(text, reading),
                case .number(let number) = PhoneReading(mended, region: region),
                number.validity == .valid
            else { continue }
            self.number = number
            self.repair = repair
            return
        }
        return nil
    }
}

/// What often goes wrong when a number is written, and how it is put right.
package enum PhoneRepair: String, Codable, CaseIterable, Sendable {
    case spreadsheetDecimals, chatAddress, unusualBlanks, letterForDigit, trunkZero, formerWriting, zerosForPlus,
        missingPlus

    /// For the person who decides: what was done.
    package var message: LocalizedText {
        switch self {
        case .spreadsheetDecimals:
            LocalizedText(
                en: "The decimals of a spreadsheet were removed.",
                es: "Se quitaron los decimales de una hoja de cálculo.")
        case .chatAddress:
            LocalizedText(
                en: "The number was taken out of a chat address.", es: "El número se tomó de una dirección de chat.")
        case .unusualBlanks:
            LocalizedText(
                en: "Unusual blanks and invisible marks were removed.",
                es: "Se quitaron espacios raros y marcas invisibles.")
        case .letterForDigit:
            LocalizedText(
                en: "Letters that look like digits were replaced.", es: "Se cambiaron letras que parecen cifras.")
        case .trunkZero:
            LocalizedText(
                en: "The zero after the country code, which is dialled inside the country only, was removed.",
                es: "Se quitó el cero que sigue al código de país, que solo se marca dentro del país.")
        case .formerWriting:
            LocalizedText(
                en: "The digits that its country has added to all such numbers were put in.",
                es: "Se pusieron las cifras que su país añadió a todos los números de ese tipo.")
        case .zerosForPlus:
            LocalizedText(
                en: "00, which is not dialled for calls abroad there, was read as +.",
                es: "Se leyó como + el 00, que allí no se marca para llamar al extranjero.")
        case .missingPlus:
            LocalizedText(
                en: "The + before the country code was added.", es: "Se añadió el + delante del código de país.")
        }
    }

    /// The text put right; nil when it does not have this mistake.
    func mend(_ text: String, _ reading: PhoneReading) -> String? {
        switch self {
        case .spreadsheetDecimals: text.withoutDecimals
        case .chatAddress: text.beforeAt
        case .unusualBlanks: text.withoutUnusualBlanks
        case .letterForDigit: text.withDigitsForLetters
        case .trunkZero: text.withoutTrunkZero
        case .formerWriting: reading.inTodaysWriting
        case .zerosForPlus: text.withPlusForZeros
        case .missingPlus: text.withPlus
        }
    }
}

extension PhoneReading {
    /// A Brazilian mobile without its ninth digit, say, in the form that it has today.
    fileprivate var inTodaysWriting: String? {
        guard case .number(let number) = self, number.handle != number.digits else { return nil }
        return "+" + number.handle
    }
}
