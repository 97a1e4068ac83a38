package import Domain

/// What a person changes about a contact. Nil leaves as it is.
package struct ContactEdit: Sendable {
    /// What to do with a value that may be absent.
    package enum Choice<Value: Equatable & Sendable>: Equatable, Sendable {
        case leave
        case set(Value?)
    }

    /// A phone number or an e-mail address that the contact gets.
    package struct Address: Hashable, Sendable {
        package enum Kind: String, SQLConvertible, Sendable { case phone, email }

        package let kind: Kind
        /// Digits in international form without "+"; an e-mail address as it was written.
        package let text: String

        package init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    package var name: String?
    /// `es`, `pt_BR`.
    package var language: Choice<String>
    package var note: String?
    package var adding: [Address]
    /// Handles that no longer hold.
    package var ending: [HandleID]
    /// What the person saw when they began; nil: what is there is written over.
    package var basis: Basis?

    package init(
        name: String? = nil, language: Choice<String> = .leave, note: String? = nil, adding: [Address] = [],
        ending: [HandleID] = [], basis: Basis? = nil
    ) {
        self.name = name
        self.language = language
        self.note = note
        self.adding = adding
        self.ending = ending
        self.basis = basis
    }
}

/// What became of an edit.
package enum ContactEditOutcome: Sendable {
    /// - Parameter lanes: have work now: the CRMs are told.
    case saved(ChangeID, contact: ContactID, lanes: [Lane])
    /// Everything was so already.
    case unchanged(contact: ContactID)
    /// Nothing was changed: somebody else has this address. Whether both are one person, people say by merging them.
    case taken(ContactEdit.Address, by: PersonSummary)
    /// Nothing was changed: somebody else changed the same since the person began.
    case clash(ContactClash)
}

/// Somebody new.
package struct ContactDraft: Sendable {
    package var name: String
    package var language: String?
    package var note: String
    package var addresses: [ContactEdit.Address]
    package var labels: [LabelID]
    package var fields: [FieldID: FieldValue] = [:]

    package init(
        name: String = "", language: String? = nil, note: String = "", addresses: [ContactEdit.Address] = [],
        labels: [LabelID] = []
    ) {
        self.name = name
        self.language = language
        self.note = note
        self.addresses = addresses
        self.labels = labels
    }
}

/// How long things may be.
package enum ContactLimits {
    package static let name = 200
    package static let note = 4000
    package static let addresses = 20
}

extension PuenteError {
    static let contactNameTooLong = PuenteError(
        .invalid, detail: "name", en: "A name has at most 200 characters.",
        es: "Un nombre tiene como máximo 200 caracteres.")
    static let contactNoteTooLong = PuenteError(
        .invalid, detail: "note", en: "A note has at most 4,000 characters.",
        es: "Una nota tiene como máximo 4000 caracteres.")
    static let contactLanguageUnknown = PuenteError(
        .invalid, detail: "language", en: "A language is written as es, en or pt_BR.",
        es: "Un idioma se escribe como es, en o pt_BR.")
    static let contactWithoutAnything = PuenteError(
        .invalid, detail: "contact", en: "A contact has at least a name, a phone number or an e-mail address.",
        es: "Un contacto tiene al menos un nombre, un teléfono o un correo.")
    static let contactHasManyAddresses = PuenteError(
        .invalid, detail: "addresses", en: "A contact has at most 20 phone numbers and e-mail addresses.",
        es: "Un contacto tiene como máximo 20 teléfonos y correos.")
    package static let addressErased = PuenteError(
        .refused, detail: "address_erased",
        en: "Somebody with this number or address was erased at their wish. They come back once they write themselves.",
        es: "Alguien con este número o dirección se borró a petición suya. Vuelve cuando escriba por sí mismo.")
    static let noSuchHandle = PuenteError(
        .notFound, detail: "no_handle", en: "The contact does not have this number or address any more.",
        es: "El contacto ya no tiene ese número o esa dirección.")
    static let handleOfMeta = PuenteError(
        .invalid, detail: "handle_of_whatsapp",
        en: "This is how WhatsApp knows the person; only WhatsApp can change it.",
        es: "Así conoce WhatsApp a esta persona; solo WhatsApp puede cambiarlo.")
    static let noSuchLabel = PuenteError(
        .invalid, detail: "no_label", en: "There is no such label.", es: "No existe esa etiqueta.")
}
