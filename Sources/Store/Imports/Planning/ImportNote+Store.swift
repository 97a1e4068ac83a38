package import Domain

/// What a row is told by what is known here. The codes are stable across releases.
extension ImportNote {
    static func samePerson(as row: Int) -> ImportNote {
        ImportNote(
            code: "duplicate_contact",
            sentence: LocalizedText(
                en: "Row \(row) is the same contact here, by another number or address.",
                es: "La fila \(row) es aquí el mismo contacto, por otro número o correo."))
    }

    static let erased = ImportNote(
        code: erasedCode,
        sentence: LocalizedText(
            en: "This person had their data erased here and is not taken in again from a list.",
            es: "Esta persona hizo borrar aquí sus datos y no se vuelve a incorporar desde una lista."))

    static let userIDUnknown = ImportNote(
        code: "user_id_unknown",
        sentence: LocalizedText(
            en:
                "There is neither a phone number nor an e-mail address, and WhatsApp has told of nobody with this user id here.",
            es:
                "No hay ni teléfono ni correo electrónico, y WhatsApp no ha informado aquí de nadie con este identificador de usuario."
        ))

    static let optOutCounts = ImportNote(
        code: optOutCountsCode,
        sentence: LocalizedText(
            en: "This row says that the person opted out, and that counts.",
            es: "Esta fila dice que la persona se dio de baja, y eso cuenta."))

    static let optedOutEarlier = ImportNote(
        code: "opted_out_earlier",
        sentence: LocalizedText(
            en: "An earlier row, which was not taken, says that this person opted out, and that counts.",
            es: "Una fila anterior, que no se aceptó, dice que esta persona se dio de baja, y eso cuenta."))

    static let optedOut = ImportNote(
        code: "opted_out",
        sentence: LocalizedText(
            en: "This person has opted out of marketing and stays so.",
            es: "Esta persona se dio de baja de la publicidad y sigue así."))

    static let stillAgrees = ImportNote(
        code: "still_agrees",
        sentence: LocalizedText(
            en: "The row does not say that the person agreed, and here they did: that stays until they opt out.",
            es: "La fila no dice que la persona aceptó, y aquí sí lo hizo: sigue así hasta que se dé de baja."))

    static let dead = ImportNote(
        code: "dead_number",
        sentence: LocalizedText(
            en:
                "The last message to this person could not be delivered: the number may be no WhatsApp account any more.",
            es: "El último mensaje a esta persona no se pudo entregar: puede que el número ya no tenga WhatsApp."))

    static let emailOfAnother = ImportNote(
        code: "email_of_another",
        sentence: LocalizedText(
            en: "Another contact has this e-mail address; it was left out here.",
            es: "Otro contacto tiene este correo electrónico; aquí se omitió."))

    static let phoneOfAnother = ImportNote(
        code: "phone_of_another",
        sentence: LocalizedText(
            en: "Another contact has one of the further numbers; it was left out here.",
            es: "Otro contacto tiene uno de los demás números; aquí se omitió."))

    static let keepsItsPhone = ImportNote(
        code: "keeps_its_phone",
        sentence: LocalizedText(
            en: "The contact keeps the number that it has; the row's other number was not added.",
            es: "El contacto conserva el número que tiene; el otro número de la fila no se agregó."))
}

extension ImportNote {
    package static let erasedCode = "erased"
    /// Beside the note that says why a row is not taken.
    package static let optOutCountsCode = "opt_out_counts"

    /// What all rows with a code of the store's have in common, where the sentence says more than that.
    package static func title(of code: String) -> LocalizedText? {
        guard code == "duplicate_contact" else { return nil }
        return LocalizedText(
            en: "The same contact here, by another number or address.",
            es: "El mismo contacto aquí, por otro número o correo.")
    }
}
