package import Domain

extension RowFault {
    /// Why the row was rejected and what to do about it, for the person whose file it is.
    package var sentence: LocalizedText {
        switch kind {
        case .unbalancedQuote:
            LocalizedText(
                en: "A quotation mark opens here and is never closed. Close it, or take it out.",
                es: "Aquí se abre una comilla que nunca se cierra. Ciérrela o quítela.")
        case .rowTooLong(let max):
            LocalizedText(
                en: "The row is longer than \(size(max)), too long for a contact. Shorten it.",
                es: "La fila ocupa más de \(size(max)), demasiado para un contacto. Acórtela.")
        case .tooManyCells(let max):
            LocalizedText(
                en: "The row has more than \(max) cells. Delete those that do not belong to the contact.",
                es: "La fila tiene más de \(max) celdas. Borre las que no correspondan al contacto.")
        case .cellTooLong(let max):
            LocalizedText(
                en: "A cell of the row is longer than \(size(max)). Shorten it.",
                es: "Una celda de la fila ocupa más de \(size(max)). Acórtela.")
        case .nulByte:
            LocalizedText(
                en: "The row holds a NUL character, which is no text. Take it out.",
                es: "La fila contiene un carácter NUL, que no es texto. Quítelo.")
        case .notIn(let encoding):
            LocalizedText(
                en: "The row is not written in \(encoding.name) like the rest of the file. Write it anew.",
                es: "La fila no está escrita en \(encoding.name) como el resto del archivo. Escríbala de nuevo.")
        case .writtenIn(let other, let encoding):
            LocalizedText(
                en: "The row is written in \(other.name), the rest of the file in \(encoding.name). Write it anew.",
                es:
                    "La fila está escrita en \(other.name), el resto del archivo en \(encoding.name). Escríbala de nuevo."
            )
        case .unfinishedCard:
            LocalizedText(
                en: "The card begins here and has no end. Add its last line, END:VCARD.",
                es: "La tarjeta empieza aquí y no tiene final. Agregue su última línea, END:VCARD.")
        }
    }
}

/// A limit in the unit a person would use.
func size(_ bytes: Int) -> String {
    if bytes >= 1_000_000 { return "\(bytes / 1_000_000) MB" }
    return bytes >= 1000 ? "\(bytes / 1000) KB" : "\(bytes) bytes"
}
