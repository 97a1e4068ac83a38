package import Domain

extension RowFault {
    /// Why the row was rejected, for the person whose file it is.
    package var sentence: LocalizedText {
        switch kind {
        case .unbalancedQuote:
            LocalizedText(
                en: "A quotation mark opens here and is never closed.",
                es: "Aquí se abre una comilla que nunca se cierra.")
        case .rowTooLong(let max):
            LocalizedText(
                en: "The row is longer than \(size(max)), too long for a contact.",
                es: "La fila ocupa más de \(size(max)), demasiado para un contacto.")
        case .tooManyCells(let max):
            LocalizedText(en: "The row has more than \(max) cells.", es: "La fila tiene más de \(max) celdas.")
        case .cellTooLong(let max):
            LocalizedText(
                en: "A cell of the row is longer than \(size(max)).",
                es: "Una celda de la fila ocupa más de \(size(max)).")
        case .nulByte:
            LocalizedText(
                en: "The row holds a NUL character, which is no text.",
                es: "La fila contiene un carácter NUL, que no es texto.")
        case .notIn(let encoding):
            LocalizedText(
                en: "The row is not written in \(encoding.name) like the rest of the file.",
                es: "La fila no está escrita en \(encoding.name) como el resto del archivo.")
        case .writtenIn(let other, let encoding):
            LocalizedText(
                en: "The row is written in \(other.name), the rest of the file in \(encoding.name).",
                es: "La fila está escrita en \(other.name), el resto del archivo en \(encoding.name).")
        case .unfinishedCard:
            LocalizedText(
                en: "The card begins here and has no end (END:VCARD).",
                es: "La tarjeta empieza aquí y no tiene final (END:VCARD).")
        }
    }
}

/// A limit in the unit a person would use.
func size(_ bytes: Int) -> String {
    if bytes >= 1_000_000 { return "\(bytes / 1_000_000) MB" }
    return bytes >= 1000 ? "\(bytes / 1000) KB" : "\(bytes) bytes"
}
