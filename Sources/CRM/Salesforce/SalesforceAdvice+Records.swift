import Domain

/// The failures of single records.
extension SalesforceAdvice {
    static func gone(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.gone, text,
            en: "The record no longer exists in Salesforce. The contact is looked up again.",
            es: "La ficha ya no existe en Salesforce. El contacto se busca de nuevo.")
    }

    static func conflict(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.conflict, text,
            en: "Another record in Salesforce has the same unique value. Merge the two there, then try again.",
            es: "Otra ficha de Salesforce tiene el mismo valor único. Combine las dos allí y vuelva a intentarlo.")
    }

    /// A duplicate rule refused to save, and none of its records is this person for certain.
    static func duplicates(_ duplicates: SalesforceDuplicates, _ text: String) -> CallFailure {
        let rule = duplicates.rule ?? "?"
        let ids = duplicates.ids.isEmpty ? "?" : duplicates.ids.joined(separator: ", ")
        return permanent(
            "DUPLICATES_DETECTED", text,
            en:
                "Salesforce's duplicate rule \(rule) takes this contact for one that is there (\(ids)). If it is the same person, write the WhatsApp number on that record; if not, exempt the integration's user from the rule. Then try again.",
            es:
                "La regla de duplicados \(rule) de Salesforce toma este contacto por uno que ya existe (\(ids)). Si es la misma persona, escriba el número de WhatsApp en esa ficha; si no, exima de la regla al usuario de la integración. Después vuelva a intentarlo."
        )
    }

    /// A validation rule, a flow or a trigger of the company's own.
    static func refusedByRule(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en:
                "A rule or automation of your Salesforce org refuses to save this. Change it, or exempt the integration's user from it; then try again.",
            es:
                "Una regla o automatización de su organización de Salesforce impide guardar esto. Cámbiela o exima de ella al usuario de la integración; después vuelva a intentarlo."
        )
    }

    static func notAllowed(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en:
                "The integration's user may not edit this record in Salesforce. Give it “Modify All” on contacts, then try again.",
            es:
                "El usuario de la integración no puede editar esta ficha en Salesforce. Dele «Modificar todo» en contactos y vuelva a intentarlo."
        )
    }

    /// An owner, an account or another record that a value names.
    static func wrongReference(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.fieldValue, text,
            en:
                "A value names a record that is not in Salesforce, or that the integration's user may not see. Correct the value or the mapping, then try again.",
            es:
                "Un valor se refiere a una ficha que no está en Salesforce o que el usuario de la integración no puede ver. Corrija el valor o la correspondencia y vuelva a intentarlo."
        )
    }

    static func rejected(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en: "Salesforce does not accept these values. Correct what it names, then try again.",
            es: "Salesforce no acepta estos valores. Corrija lo que indica y vuelva a intentarlo.")
    }

    static func locked(_ code: String, _ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: code, scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "Somebody is saving the same record in Salesforce. It is tried again by itself.",
                es: "Alguien está guardando la misma ficha en Salesforce. Se reintenta automáticamente."))
    }

    /// By an approval that is under way, or for ever by one that is done.
    static func lockedForGood(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en:
                "The record is locked in Salesforce, by an approval as a rule. Unlock it there, or wait until that is decided; then try again.",
            es:
                "La ficha está bloqueada en Salesforce, por lo general por una aprobación. Desbloquéela allí o espere a que se decida; después vuelva a intentarlo."
        )
    }

    /// A collection was refused as a whole, and was not looked through to its end.
    static func refusedTogether(_ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "refused-together", scope: .message, vendorText: text,
            advice: LocalizedText(
                en:
                    "Salesforce refused this together with others, one of which is at fault. It is tried again by itself.",
                es:
                    "Salesforce rechazó esto junto con otros, uno de los cuales es el motivo. Se reintenta automáticamente."
            ))
    }

    /// The batch was answered, and this item was not in it.
    static func unmentioned(isRepeatable: Bool) -> CallFailure {
        CallFailure(
            kind: isRepeatable ? .transient : .unknown, code: "not-in-answer", scope: .message, vendorText: "",
            advice: LocalizedText(
                en: "Salesforce's answer does not say what became of this. It is looked at again by itself.",
                es: "La respuesta de Salesforce no dice qué pasó con esto. Se revisa de nuevo automáticamente."))
    }

    /// More than one call may do.
    static let tooMuchAtOnce = CallFailure(
        kind: .transient, code: "more-remains", scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "There is more in Salesforce than one turn may read or delete. It goes on by itself.",
            es: "Hay más en Salesforce de lo que cabe en un turno. Continúa automáticamente."))

    private static func permanent(_ code: String, _ text: String, en: String, es: String) -> CallFailure {
        CallFailure(
            kind: .permanent, code: code, scope: .message, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}
