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
            /// The same address; the row has no phone number.
            case email
        }

        package let handle: Handle
        /// As ``FileRow/number``; always an accepted row.
        package let row: Int

        package var sentence: LocalizedText {
            switch handle {
            case .phone:
                LocalizedText(
                    en: "Row \(row) has the same phone number.", es: "La fila \(row) tiene el mismo teléfono.")
            case .email:
                LocalizedText(
                    en: "Row \(row) has the same e-mail address, and this one no phone number.",
                    es: "La fila \(row) tiene el mismo correo electrónico, y esta no tiene teléfono.")
            }
        }
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
        }
    }
}
