import Domain

/// What CRMs themselves hold against a value.
extension FieldAdvice {
    /// - Parameters:
    ///   - name: as the CRM calls its field.
    ///   - text: what the CRM says.
    static func refused(
        _ name: String, _ rule: RefusedField.Rule, _ vendor: String, code: String, _ text: String
    ) -> CallFailure {
        let advice = advice(on: shown(name), rule, vendor)
        return failure(
            code, RefusedField(name: String(name.prefix(MappingRow.maxRemoteName)), rule: rule), text, en: advice.en,
            es: advice.es)
    }

    private static func advice(on field: String, _ rule: RefusedField.Rule, _ vendor: String) -> LocalizedText {
        switch rule {
        case .required:
            LocalizedText(
                en: """
                    \(vendor) demands a value in “\(field)”, and there is none. Write one, or make the field optional there; \
                    then try again.
                    """,
                es: """
                    \(vendor) exige un valor en «\(field)» y no hay ninguno. Escríbalo o haga que allí el campo sea opcional, \
                    y vuelva a intentarlo.
                    """)
        case .unique:
            LocalizedText(
                en: """
                    Another record in \(vendor) has the same value in “\(field)”, where it may stand only once. Correct the \
                    value, or merge the two there; then try again.
                    """,
                es: """
                    Otra ficha de \(vendor) tiene el mismo valor en «\(field)», donde solo puede estar una vez. Corrija el valor \
                    o combine las dos allí, y vuelva a intentarlo.
                    """)
        case .choice:
            LocalizedText(
                en: """
                    What is to stand in “\(field)” of \(vendor) is none of its choices. Correct the value, add it there, or \
                    translate it in the mapping's table; then try again.
                    """,
                es: """
                    Lo que debe ir en «\(field)» de \(vendor) no es ninguna de sus opciones. Corrija el valor, añádalo allí o \
                    tradúzcalo en la tabla de la correspondencia, y vuelva a intentarlo.
                    """)
        case .kind:
            LocalizedText(
                en: """
                    “\(field)” of \(vendor) takes another kind of value, such as a number, a date or an address. Correct the \
                    value or the mapping, then try again.
                    """,
                es: """
                    «\(field)» de \(vendor) admite otro tipo de valor, como un número, una fecha o una dirección. Corrija el \
                    valor o la correspondencia, y vuelva a intentarlo.
                    """)
        case .tooLong:
            LocalizedText(
                en: "The value is too long for “\(field)” of \(vendor). Shorten it, then try again.",
                es: "El valor es demasiado largo para «\(field)» de \(vendor). Acórtelo y vuelva a intentarlo.")
        case .reference:
            LocalizedText(
                en: """
                    What is to stand in “\(field)” of \(vendor) names nothing that is there. Correct the value or the mapping, \
                    then try again.
                    """,
                es: """
                    Lo que debe ir en «\(field)» de \(vendor) no corresponde a nada que exista allí. Corrija el valor o la \
                    correspondencia, y vuelva a intentarlo.
                    """)
        case .readOnly:
            LocalizedText(
                en: """
                    \(vendor) does not let “\(field)” be written. Make its row one that only reads (←), then try again.
                    """,
                es: """
                    \(vendor) no permite escribir «\(field)». Haga que su fila solo lea (←) y vuelva a intentarlo.
                    """)
        case .validation:
            LocalizedText(
                en: """
                    A validation rule in \(vendor) refuses what is to stand in “\(field)”; its own words are below. Correct the \
                    value, or change the rule there; then try again.
                    """,
                es: """
                    Una regla de validación de \(vendor) rechaza lo que debe ir en «\(field)»; abajo están sus palabras. Corrija \
                    el valor o cambie allí la regla, y vuelva a intentarlo.
                    """)
        case .missing:
            LocalizedText(
                en: """
                    \(vendor) has no field “\(field)” (any more). Choose another one in the mapping, or create it there; then \
                    try again.
                    """,
                es: """
                    \(vendor) no tiene (ya) el campo «\(field)». Elija otro en la correspondencia o créelo allí, y vuelva a \
                    intentarlo.
                    """)
        case .other:
            LocalizedText(
                en: """
                    \(vendor) does not accept what is to stand in “\(field)”; its own words are below. Correct the value, then \
                    try again.
                    """,
                es: """
                    \(vendor) no acepta lo que debe ir en «\(field)»; abajo están sus palabras. Corrija el valor y vuelva a \
                    intentarlo.
                    """)
        }
    }
}
