package import Domain

/// Something odd in a row that was read all the same.
package enum RowRemark: Equatable, Sendable {
    /// Text goes on behind a closing quotation mark: the mark was kept as text, and a cell may be cut wrongly.
    case strayQuote
    /// A vCard has more numbers or addresses than there are columns for; the rest were left out.
    case moreValues(count: Int)

    package var sentence: LocalizedText {
        switch self {
        case .strayQuote:
            LocalizedText(
                en: "A quotation mark stands in the middle of a cell. Check that the cells are cut right.",
                es: "Hay una comilla en medio de una celda. Compruebe que las celdas estén bien separadas.")
        case .moreValues(count: 1):
            LocalizedText(
                en: "The card has one number or address more than fit; it was left out.",
                es: "La tarjeta tiene un número o una dirección más de los que caben; se omitió.")
        case .moreValues(let count):
            LocalizedText(
                en: "The card has \(count) more numbers or addresses than fit; they were left out.",
                es: "La tarjeta tiene \(count) números o direcciones más de los que caben; se omitieron.")
        }
    }
}
