internal import CPhoneNumber
package import Domain

/// Why a text is no possible phone number.
package enum PhoneNumberProblem: String, Error, Codable, CaseIterable, Sendable {
    case notANumber, unknownCountry, tooShort, tooLong, wrongLength, areaCodeMissing

    /// For the person who wrote the text, or who reads an import's report.
    package var message: LocalizedText {
        switch self {
        case .notANumber:
            LocalizedText(en: "This is not a phone number.", es: "Esto no es un número de teléfono.")
        case .unknownCountry:
            LocalizedText(
                en: "The country is missing or unknown: write the number with + and its country code.",
                es: "Falta el país o no se conoce: escriba el número con + y su código de país.")
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
            LocalizedText(
                en: "The area code is missing.", es: "Falta el código de área.")
        }
    }

    /// Nil when the text was understood.
    init?(outcome: Int32) {
        switch puente_phone_outcome(rawValue: UInt32(bitPattern: outcome)) {
        case PUENTE_PHONE_OK: return nil
        case PUENTE_PHONE_UNKNOWN_COUNTRY: self = .unknownCountry
        case PUENTE_PHONE_TOO_SHORT: self = .tooShort
        case PUENTE_PHONE_TOO_LONG: self = .tooLong
        case PUENTE_PHONE_WRONG_LENGTH: self = .wrongLength
        case PUENTE_PHONE_AREA_CODE_MISSING: self = .areaCodeMissing
        // PUENTE_PHONE_NOT_A_NUMBER and PUENTE_PHONE_LIBRARY_FAILED: the person can do the same about both.
        default: self = .notANumber
        }
    }
}
