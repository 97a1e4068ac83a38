import Domain

/// Why a mapped value does not come to stand in a CRM, and what a person can do about it. Each is about one contact.
enum FieldAdvice {
    static func unknown(_ name: String, _ vendor: String, _ text: String = "") -> CallFailure {
        failure(
            CallFailure.RecordCode.unknownField, RefusedField(name: name, rule: .missing), text,
            en:
                "\(vendor) has no field \(shown(name)) (any more). Choose another one in the mapping, or create it there; then try again.",
            es:
                "\(vendor) no tiene (ya) el campo \(shown(name)). Elija otro en la correspondencia o créelo allí y vuelva a intentarlo."
        )
    }

    static func readOnly(_ field: RemoteField, _ vendor: String) -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .readOnly),
            en:
                "\(vendor) does not let “\(shown(field.label))” be written. Make its row one that only reads (←), then try again.",
            es:
                "\(vendor) no permite escribir «\(shown(field.label))». Haga que su fila solo lea (←) y vuelva a intentarlo."
        )
    }

    static func notOfKind(_ field: RemoteField, _ shape: FieldShape, _ vendor: String) -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .kind),
            en:
                "What is to stand in “\(shown(field.label))” of \(vendor) is not of its kind (\(shape.title.en)). Correct the value or the mapping, then try again.",
            es:
                "Lo que debe ir en «\(shown(field.label))» de \(vendor) no es de su tipo (\(shape.title.es)). Corrija el valor o la correspondencia y vuelva a intentarlo."
        )
    }

    static func notWhole(_ field: RemoteField, _ vendor: String) -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .kind),
            en:
                "“\(shown(field.label))” of \(vendor) takes whole numbers only. Correct the value or the mapping, then try again.",
            es:
                "«\(shown(field.label))» de \(vendor) solo admite números enteros. Corrija el valor o la correspondencia y vuelva a intentarlo."
        )
    }

    static func noSuchChoice(_ word: String, _ field: RemoteField, _ vendor: String) -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .choice),
            en:
                "“\(shown(word))” is none of the choices of “\(shown(field.label))” in \(vendor). Add it there, or translate it in the mapping's table; then try again.",
            es:
                "«\(shown(word))» no es ninguna opción de «\(shown(field.label))» en \(vendor). Añádala allí o tradúzcala en la tabla de la correspondencia y vuelva a intentarlo."
        )
    }

    static func tooLong(_ field: RemoteField, _ limit: Int, _ vendor: String) -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .tooLong),
            en:
                "“\(shown(field.label))” of \(vendor) holds \(limit) characters, and this value has more. Shorten it, then try again.",
            es:
                "«\(shown(field.label))» de \(vendor) admite \(limit) caracteres y este valor tiene más. Acórtelo y vuelva a intentarlo."
        )
    }

    static func noSuchRecord(_ field: RemoteField, _ vendor: String, _ text: String = "") -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .reference), text,
            en:
                "What is to stand in “\(shown(field.label))” of \(vendor) is no id of a record there. Correct the value or the mapping, then try again.",
            es:
                "Lo que debe ir en «\(shown(field.label))» de \(vendor) no es el identificador de ninguna ficha. Corrija el valor o la correspondencia y vuelva a intentarlo."
        )
    }

    static func noSuchUser(_ field: RemoteField, _ vendor: String) -> CallFailure {
        failure(
            CallFailure.RecordCode.fieldValue, RefusedField(field, .reference),
            en:
                "No one colleague in \(vendor) has the e-mail address that is to stand in “\(shown(field.label))”. Choose another one, or invite them there; then try again.",
            es:
                "Nadie en \(vendor) tiene el correo electrónico que debe ir en «\(shown(field.label))». Elija otra persona o invítela allí y vuelva a intentarlo."
        )
    }

    /// Names and words come from elsewhere: a piece of them tells enough.
    static func shown(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 60 ? "\(line.prefix(60))…" : line
    }

    /// - Parameter text: the CRM's own; empty where it was not asked.
    static func failure(
        _ code: String, _ field: RefusedField, _ text: String = "", en: String, es: String
    ) -> CallFailure {
        var failure = CallFailure(
            kind: .permanent, code: code, scope: .message, vendorText: String(text.prefix(2000)),
            advice: LocalizedText(en: en, es: es))
        failure.field = field
        return failure
    }
}

extension RefusedField {
    init(_ field: RemoteField, _ rule: Rule) {
        // Where nobody described it, its name stands for the label.
        self.init(name: field.name, label: field.label == field.name ? nil : field.label, rule: rule)
    }
}
