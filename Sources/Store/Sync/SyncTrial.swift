package import Domain

/// What comparing a contact with its record would do, row by row.
package struct SyncTrial: Sendable {
    package struct Value: Equatable, Sendable {
        /// Blank for nothing.
        package let before: String
        package let after: String

        package init(before: String, after: String) {
            self.before = before
            self.after = after
        }

        package var isChanged: Bool { before != after }
    }

    package struct Row: Sendable {
        package let row: MappingRow
        package let ours: Value
        package let theirs: Value
        package let verdict: SyncTrialVerdict

        package init(row: MappingRow, ours: Value, theirs: Value, verdict: SyncTrialVerdict) {
            self.row = row
            self.ours = ours
            self.theirs = theirs
            self.verdict = verdict
        }
    }

    /// In the order of the mapping.
    package let rows: [Row]

    package init(rows: [Row]) {
        self.rows = rows
    }
}

/// What would become of a row.
package enum SyncTrialVerdict: Equatable, Sendable {
    /// Neither side says anything.
    case silent
    case same
    /// The CRM would get ours.
    case given
    /// Puente would take the CRM's.
    case taken
    /// Both would change: two sets that grew.
    case both
    /// It would wait for a person.
    case asked
    /// It stays as it is though it should not.
    case refused(SyncRefusal)
    /// Both go on saying different things.
    case differs(FieldVerdict.Difference)
    /// The record does not have the field.
    case notRead
    /// The field of ours is not there any more.
    case noField
    case off
}

extension SyncTrialVerdict {
    /// For programs.
    package var word: String {
        switch self {
        case .silent: "silent"
        case .same: "same"
        case .given: "given"
        case .taken: "taken"
        case .both: "both"
        case .asked: "asked"
        case .refused: "refused"
        case .differs: "differs"
        case .notRead: "not_read"
        case .noField: "no_field"
        case .off: "off"
        }
    }

    package var sentence: LocalizedText {
        switch self {
        case .silent: LocalizedText(en: "Neither side says anything.", es: "Ningún lado dice nada.")
        case .same: LocalizedText(en: "Both sides say the same.", es: "Ambos lados dicen lo mismo.")
        case .given: LocalizedText(en: "The CRM would get Puente's value.", es: "El CRM recibiría el valor de Puente.")
        case .taken: LocalizedText(en: "Puente would take the CRM's value.", es: "Puente tomaría el valor del CRM.")
        case .both:
            LocalizedText(
                en: "Both would get what either side has added.", es: "Ambos recibirían lo que agregó cada lado.")
        case .asked:
            LocalizedText(
                en: "A person would be asked: both sides say something, and not the same.",
                es: "Se preguntaría a una persona: ambos lados dicen algo, y no lo mismo.")
        case .refused(let refusal): refusal.sentence
        case .differs(let difference): difference.sentence
        case .notRead: LocalizedText(en: "The record does not have this field.", es: "La ficha no tiene este campo.")
        case .noField:
            LocalizedText(en: "The field of yours is not there any more.", es: "El campo propio ya no existe.")
        case .off: LocalizedText(en: "The row is switched off.", es: "La fila está desactivada.")
        }
    }
}

extension FieldVerdict.Difference {
    package var sentence: LocalizedText {
        switch self {
        case .emptied:
            LocalizedText(
                en: "Both stay: one side was emptied, and a blank overwrites nothing.",
                es: "Ambos se quedan: un lado se vació, y un vacío no sobrescribe nada.")
        case .direction:
            LocalizedText(
                en: "Both stay: the row does not let the right value go to the other side.",
                es: "Ambos se quedan: la fila no deja que el valor correcto pase al otro lado.")
        case .filled:
            LocalizedText(
                en: "Both stay: the row fills blanks only.", es: "Ambos se quedan: la fila solo completa vacíos.")
        case .otherCRM:
            LocalizedText(
                en: "Both stay: Puente says what another CRM told, and here nothing was changed since.",
                es: "Ambos se quedan: Puente dice lo que indicó otro CRM, y aquí no se cambió nada desde entonces.")
        }
    }
}
