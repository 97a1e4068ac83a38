package import ContactFiles
package import Domain
package import PhoneNumbers

/// Why a row holds no contact that can be kept.
package enum CleaningRejection: Equatable, Sendable {
    /// The row itself could not be read.
    case unreadable(RowFault)
    /// What stands in the phone column is no number; with the number that was probably meant.
    case phone(PhoneNumberProblem, suggestion: PhoneSuggestion?)
    /// One cell holds several numbers, and nobody but a person can say which is the contact's; those that can be read.
    case severalNumbers([PhoneNumber])
    /// There is no phone number, and the address cannot be one.
    case email
    /// Neither a phone number nor an address, nor a user id of WhatsApp.
    case noHandle

    /// For programs and for counting: stable across releases.
    package var code: String {
        switch self {
        case .unreadable(let fault): "row_\(fault.kind.code)"
        case .phone(let problem, _): "phone_\(problem.rawValue)"
        case .severalNumbers: "phone_\(PhoneNumberProblem.severalNumbers.rawValue)"
        case .email: "email_implausible"
        case .noHandle: "no_handle"
        }
    }

    /// What all rows with this code have in common.
    package var title: LocalizedText {
        switch self {
        case .unreadable(let fault): fault.sentence
        case .phone(let problem, _): problem.reason
        case .severalNumbers: PhoneNumberProblem.severalNumbers.reason
        case .email:
            LocalizedText(
                en: "There is no phone number, and the e-mail address cannot be one.",
                es: "No hay teléfono y el correo electrónico no puede serlo.")
        case .noHandle:
            LocalizedText(
                en: "There is neither a phone number nor an e-mail address.",
                es: "No hay ni teléfono ni correo electrónico.")
        }
    }

    /// What is wrong with this row and what to do, for the person whose file it is.
    package var sentence: LocalizedText {
        switch self {
        case .unreadable(let fault): fault.sentence
        case .phone(let problem, nil): problem.message
        case .phone(let problem, let suggestion?): problem.message + suggestion.sentence
        case .severalNumbers(let numbers): PhoneNumberProblem.severalNumbers.message + Self.list(numbers)
        case .email: title + LocalizedText(en: "Correct one of them.", es: "Corrija uno de los dos.")
        case .noHandle: title + LocalizedText(en: "Write one of them.", es: "Escriba uno de los dos.")
        }
    }

    private static func list(_ numbers: [PhoneNumber]) -> LocalizedText {
        let list = numbers.map(\.e164).joined(separator: ", ")
        return LocalizedText(en: "Read were: \(list).", es: "Se leyeron: \(list).")
    }
}

extension PhoneSuggestion {
    /// Behind a sentence that says what is wrong.
    var sentence: LocalizedText {
        LocalizedText(
            en: "Perhaps \(number.e164) is meant. \(repair.message.en)",
            es: "Quizá se refiere a \(number.e164). \(repair.message.es)")
    }
}

extension LocalizedText {
    /// One sentence behind the other.
    static func + (lhs: LocalizedText, rhs: LocalizedText) -> LocalizedText {
        LocalizedText(en: "\(lhs.en) \(rhs.en)", es: "\(lhs.es) \(rhs.es)")
    }
}

extension RowFault.Kind {
    fileprivate var code: String {
        switch self {
        case .unbalancedQuote: "unbalanced_quote"
        case .rowTooLong: "too_long"
        case .tooManyCells: "too_many_cells"
        case .cellTooLong: "cell_too_long"
        case .nulByte: "nul_byte"
        case .notIn: "wrong_encoding"
        case .writtenIn(let other, _): "written_in_\(other.rawValue)"
        case .unfinishedCard: "unfinished_card"
        }
    }
}
