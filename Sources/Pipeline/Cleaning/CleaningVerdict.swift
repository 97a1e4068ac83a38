package import Domain

/// What becomes of a row.
package enum CleaningVerdict: Equatable, Sendable {
    /// The contact may be kept. Without marks the row is clean; with them a person should look at it.
    case accepted(CleanContact, marks: [CleaningMark])
    /// The contact was in the file before.
    case duplicate(CleanContact, of: Duplicate)
    case rejected(CleaningRejection)

    /// The row that has the same handle, and which handle that is.
    package struct Duplicate: Equatable, Sendable {
        package enum Handle: String, Codable, CaseIterable, Sendable {
            /// The same WhatsApp account, whatever the writing and the national variant.
            case phone
            /// The same address; the row has neither a phone number nor a user id.
            case email
            /// The same user id of WhatsApp; the row has no phone number.
            case userID = "user_id"
        }

        package let handle: Handle
        /// As ``FileRow/number``; always an accepted row.
        package let row: Int
        /// This row says that the person does not want to be written to. That counts, whichever row stays.
        package let optsOut: Bool

        package init(handle: Handle, row: Int, optsOut: Bool = false) {
            self.handle = handle
            self.row = row
            self.optsOut = optsOut
        }

        /// For programs and for counting: stable across releases.
        package var code: String { optsOut ? "duplicate_opted_out" : "duplicate_\(handle.rawValue)" }

        /// What all rows with this code have in common.
        package var title: LocalizedText { optsOut ? Self.optedOut : handle.title }

        package var sentence: LocalizedText { optsOut ? same + Self.optedOutHere : same }

        private var same: LocalizedText {
            switch handle {
            case .phone:
                LocalizedText(
                    en: "Row \(row) has the same phone number.", es: "La fila \(row) tiene el mismo teléfono.")
            case .email:
                LocalizedText(
                    en: "Row \(row) has the same e-mail address, and this one no phone number.",
                    es: "La fila \(row) tiene el mismo correo electrónico, y esta no tiene teléfono.")
            case .userID:
                LocalizedText(
                    en: "Row \(row) has the same WhatsApp user id.",
                    es: "La fila \(row) tiene el mismo identificador de usuario de WhatsApp.")
            }
        }

        private static let optedOut = LocalizedText(
            en: "The same contact again, and this row says that they opted out.",
            es: "El mismo contacto otra vez, y esta fila dice que se dio de baja.")

        private static let optedOutHere = LocalizedText(
            en: "This row says that the person opted out, and that counts.",
            es: "Esta fila dice que la persona se dio de baja, y eso cuenta.")
    }
}

extension CleaningVerdict.Duplicate.Handle {
    /// What all duplicates of this kind have in common.
    package var title: LocalizedText {
        switch self {
        case .phone: LocalizedText(en: "The same phone number.", es: "El mismo teléfono.")
        case .email:
            LocalizedText(
                en: "The same e-mail address, and no phone number.",
                es: "El mismo correo electrónico y ningún teléfono.")
        case .userID:
            LocalizedText(en: "The same WhatsApp user id.", es: "El mismo identificador de usuario de WhatsApp.")
        }
    }
}
