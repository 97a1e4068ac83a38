import Domain
import PhoneNumbers
import Store

/// What a person changed in a message that did not leave, or of a contact that a CRM refuses.
struct DeadLetterCorrection {
    let mend: DeadLetterMend

    /// - Throws: `invalid` with the sentence for the field.
    init(_ form: Form, of letter: DeadLetter, region: String, habits: WritingHabits) throws {
        if let value = letter.value, let text = form[DeadLetterFacts.Field.value] {
            // Forms write line breaks as CR LF.
            mend = try Self.mend(text.replacing("\r\n", with: "\n"), of: value, region: region, habits: habits)
        } else if let text = form[DeadLetterFacts.Field.phone] {
            mend = .phone(try Self.digits(text, region: region))
        } else if let text = form[DeadLetterFacts.Field.text], case .text(var content)? = letter.message?.content {
            // Forms write line breaks as CR LF.
            let text = text.replacing("\r\n", with: "\n")
            guard !text.allSatisfy(\.isWhitespace), text.count <= 4096 else { throw PuenteError.noText }
            content.body = text
            mend = .content(.text(content))
        } else {
            throw PuenteError.unreadableForm
        }
    }

    /// - Throws: `invalid` for what is no phone number or no e-mail address.
    static func mend(
        _ text: String, of value: DeadLetter.Value, region: String, habits: WritingHabits
    ) throws -> DeadLetterMend {
        switch value.local {
        case .phone?: .address(try AddressReading.phone(text, region: region))
        case .email?: .address(try AddressReading.email(text))
        default: .value(text, habits: habits)
        }
    }

    private static func digits(_ text: String, region: String) throws -> String {
        do throws(PhoneNumberProblem) {
            return try PhoneNumber(text, region: region).digits
        } catch {
            throw PuenteError(.invalid, detail: "phone", message: error.message)
        }
    }

    /// Codes that say that the recipient's number is what is wrong (Cloud API, "Error codes"). 131009 says that some value
    /// is: in a message without a text only the number can be corrected.
    static func concernsNumber(_ failure: ShownFailure?, hasText: Bool) -> Bool {
        let codes: Set = ["131026", "131021", "131030", "33"]
        return codes.union(hasText ? [] : ["131009"]).contains(failure?.code ?? "")
    }
}

extension PuenteError {
    fileprivate static let noText = PuenteError(
        .invalid, detail: "text", en: "A text has 1 to 4,096 characters.", es: "Un texto tiene de 1 a 4.096 caracteres."
    )
}
