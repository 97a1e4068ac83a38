import Domain
import PhoneNumbers
import Pipeline
import Store

/// A phone number or an e-mail address as somebody typed it.
enum AddressReading {
    /// - Parameter region: of numbers without a country code.
    /// - Throws: ``PuenteError`` `invalid` with the sentence for the field; its detail is `phone` or `email`.
    static func address(_ text: String, region: String) throws -> ContactEdit.Address {
        text.contains("@") ? try email(text) : try phone(text, region: region)
    }

    static func phone(_ text: String, region: String) throws -> ContactEdit.Address {
        do throws(PhoneNumberProblem) {
            return ContactEdit.Address(.phone, try PhoneNumber(text, region: region).digits)
        } catch {
            throw PuenteError(.invalid, detail: "phone", message: error.message)
        }
    }

    static func email(_ text: String) throws -> ContactEdit.Address {
        guard let email = EmailAddress(text) else {
            throw PuenteError(
                .invalid, detail: "email", en: "This is no e-mail address.", es: "Esto no es un correo electrónico.")
        }
        return ContactEdit.Address(.email, email.text)
    }

    /// A country as a form sends it; the company's own for anything else.
    static func region(_ form: Form, else usual: String) -> String {
        form["region"].flatMap { PhoneRegion($0)?.code } ?? usual
    }
}

extension PuenteError {
    /// Somebody has the address: the page says who.
    static func taken(_ address: ContactEdit.Address) -> PuenteError {
        switch address.kind {
        case .phone:
            PuenteError(
                .conflict, detail: "phone", en: "Somebody else has this phone number:",
                es: "Este teléfono ya lo tiene otra persona:")
        case .email:
            PuenteError(
                .conflict, detail: "email", en: "Somebody else has this e-mail address:",
                es: "Este correo ya lo tiene otra persona:")
        }
    }
}
