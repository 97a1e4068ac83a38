/// What is wrong with a row of a mapping, before anything is written by it.
package enum MappingProblem: Equatable, Sendable {
    /// The CRM has no such field (any more).
    case noSuchField
    case notWritable
    /// Puente knows this for certain and takes it from nobody.
    case notTaken
    /// A transform works towards the CRM only.
    case notReversible
    case kinds(ours: FieldShape, theirs: FieldShape)
    /// What the transforms make does not fit a field of the CRM's of this kind, or what it holds cannot be read by them.
    case rewriting(FieldShape)
    /// Two rows write the same field of the CRM, or of Puente.
    case twice
    /// The template names a field that there is not.
    case unknownVariable(String)
    /// A choice table or a fallback writes what the CRM's field does not list.
    case noSuchChoice(String)
    /// A row without a rule for a field of the company's own that was deleted.
    case noSuchLocalField

    package var sentence: LocalizedText {
        switch self {
        case .noSuchField:
            LocalizedText(
                en: "The CRM has no such field. Choose another one, or create it there.",
                es: "El CRM no tiene ese campo. Elija otro o créelo allí.")
        case .notWritable:
            LocalizedText(
                en: "The CRM does not let this field be written: it can only be read (←).",
                es: "El CRM no permite escribir este campo: solo se puede leer (←).")
        case .notTaken:
            LocalizedText(
                en: "Puente knows this from WhatsApp and takes it from no CRM: it can only be told (→).",
                es: "Puente lo sabe por WhatsApp y no lo toma de ningún CRM: solo se puede enviar (→).")
        case .notReversible:
            LocalizedText(
                en: "A template or a part of a text works only towards the CRM (→).",
                es: "Una plantilla o una parte de un texto solo funciona hacia el CRM (→).")
        case .kinds(let ours, let theirs):
            LocalizedText(
                en: "The fields do not fit: here \(ours.title.en), there \(theirs.title.en).",
                es: "Los campos no encajan: aquí \(ours.title.es), allí \(theirs.title.es).")
        case .rewriting(let theirs):
            LocalizedText(
                en: "The rewriting does not fit what the CRM's field holds: \(theirs.title.en).",
                es: "La transformación no encaja con lo que admite el campo del CRM: \(theirs.title.es).")
        case .twice:
            LocalizedText(
                en: "Another row writes the same field.", es: "Otra fila escribe el mismo campo.")
        case .unknownVariable(let name):
            LocalizedText(
                en: "“{{\(name)}}” is no field of Puente.", es: "«{{\(name)}}» no es un campo de Puente.")
        case .noSuchChoice(let choice):
            LocalizedText(
                en: "“\(choice)” is none of the CRM's choices.", es: "«\(choice)» no es ninguna opción del CRM.")
        case .noSuchLocalField:
            LocalizedText(
                en: "The field of yours is not there any more.", es: "El campo propio ya no existe.")
        }
    }
}

extension FieldShape {
    package var title: LocalizedText {
        switch self {
        case .text: LocalizedText(en: "text", es: "texto")
        case .phone: LocalizedText(en: "phone number", es: "teléfono")
        case .email: LocalizedText(en: "e-mail", es: "correo")
        case .number: LocalizedText(en: "number", es: "número")
        case .date: LocalizedText(en: "date", es: "fecha")
        case .moment: LocalizedText(en: "date and time", es: "fecha y hora")
        case .yesNo: LocalizedText(en: "yes/no", es: "sí/no")
        case .choice: LocalizedText(en: "choice", es: "opción")
        case .set: LocalizedText(en: "several choices", es: "varias opciones")
        case .language: LocalizedText(en: "language", es: "idioma")
        case .consent: LocalizedText(en: "consent", es: "consentimiento")
        case .url: LocalizedText(en: "link", es: "enlace")
        case .user: LocalizedText(en: "colleague", es: "persona del equipo")
        case .other: LocalizedText(en: "another kind", es: "otro tipo")
        }
    }
}
