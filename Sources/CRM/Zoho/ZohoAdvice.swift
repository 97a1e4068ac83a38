import Domain

/// The failures that a person has to do something about, each with what.
enum ZohoAdvice {
    static func credential(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at()
        return accountWide(
            code, .credential, text,
            en:
                "Zoho does not accept the client id, the client secret or the refresh token. Make a new refresh token in Zoho's API console, check the data centre, and put all of them \(at.en)",
            es:
                "Zoho no acepta el client id, el client secret o el refresh token. Cree un refresh token nuevo en la consola de API de Zoho, revise el centro de datos y póngalos todos \(at.es)"
        )
    }

    static func code(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .credential, text,
            en:
                "Zoho does not accept the code: it is used up, too old, or of another data centre. Generate a new one in the API console and put it here at once.",
            es:
                "Zoho no acepta el código: ya se usó, es demasiado viejo o es de otro centro de datos. Genere uno nuevo en la consola de API y póngalo aquí enseguida."
        )
    }

    static func scope(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("refresh_token")
        return accountWide(
            code, .credential, text,
            en:
                "The refresh token lacks a scope. Make a new one in Zoho's API console with all scopes that docs/crm/zoho.md lists, and put it \(at.en)",
            es:
                "Al refresh token le falta un ámbito. Cree uno nuevo en la consola de API de Zoho con todos los ámbitos de docs/crm/zoho.md y póngalo \(at.es)"
        )
    }

    static func forbidden(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .credential, text,
            en:
                "The Zoho user behind the token may not do this. Give that user's profile access to contacts, notes and fields in Zoho (Setup, Profiles).",
            es:
                "El usuario de Zoho del token no puede hacerlo. Dé a su perfil acceso a contactos, notas y campos en Zoho (Configuración, Perfiles)."
        )
    }

    static func tooManyTokens(after wait: Duration, _ text: String) -> CallFailure {
        CallFailure(
            kind: .throttled(retryAfter: wait), code: "too-many-tokens", scope: .connection, vendorText: text,
            advice: LocalizedText(
                en:
                    "Zoho gives ten access tokens in ten minutes, and they were used up. It goes on by itself. Check that nothing else uses the same refresh token.",
                es:
                    "Zoho da diez tokens de acceso cada diez minutos y se agotaron. Sigue automáticamente. Compruebe que nadie más usa el mismo refresh token."
            ))
    }

    static func fieldMissing(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let remake = place.remake
        return accountWide(
            code, .connection, text,
            en: "A field that Puente needs does not exist in Zoho, or is not unique. \(remake.en)",
            es: "Falta en Zoho un campo que Puente necesita, o no es único. \(remake.es)")
    }

    static func moduleMissing(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .connection, text,
            en:
                "A module that Puente writes to is hidden or missing in Zoho. Show it there (Setup, Modules and Fields).",
            es:
                "Falta en Zoho un módulo en el que Puente escribe, o está oculto. Muéstrelo allí (Configuración, Módulos y campos)."
        )
    }

    static func full(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .connection, text,
            en: "The Zoho organisation's storage is full. Make room there, or buy more.",
            es: "El almacenamiento de la organización de Zoho está lleno. Libere espacio o amplíelo.")
    }

    static func moved(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("data_center")
        return accountWide(
            code, .connection, text,
            en: "Zoho's address answers with a redirect. Correct the data centre \(at.en)",
            es: "La dirección de Zoho responde con una redirección. Corrija el centro de datos \(at.es)")
    }

    static func notThere(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("data_center")
        return accountWide(
            code, .connection, text, en: "Zoho's API is not at this address. Correct the data centre \(at.en)",
            es: "La API de Zoho no está en esta dirección. Corrija el centro de datos \(at.es)")
    }

    static func away(_ code: String, _ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: code, scope: .connection, vendorText: text,
            advice: LocalizedText(
                en: "Zoho is not available at the moment. It is tried again by itself.",
                es: "Zoho no está disponible en este momento. Se reintenta automáticamente."))
    }

    // MARK: One record

    static func gone(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.gone, text,
            en: "The record no longer exists in Zoho: deleted, or merged into another. The contact is looked up again.",
            es: "La ficha ya no existe en Zoho: se eliminó o se combinó con otra. El contacto se busca de nuevo.")
    }

    static func conflict(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.conflict, text,
            en:
                "Another record in Zoho has the same value in a field without duplicates. Merge the two there (Find and Merge Duplicates), or correct the value, then try again.",
            es:
                "Otra ficha de Zoho tiene el mismo valor en un campo sin duplicados. Combine las dos allí (Buscar y combinar duplicados) o corrija el valor y vuelva a intentarlo."
        )
    }

    static func ambiguous(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.conflict, text,
            en:
                "Several records in Zoho have this contact's Puente Id. Leave it on one of them and empty it on the others, then try again.",
            es:
                "Varias fichas de Zoho tienen el Puente Id de este contacto. Déjelo en una y vacíelo en las demás, y vuelva a intentarlo."
        )
    }

    static func mandatory(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en:
                "Zoho demands a field that Puente does not fill. Make it optional there (layout or layout rule), then try again.",
            es:
                "Zoho exige un campo que Puente no rellena. Hágalo opcional allí (diseño o regla de diseño) y vuelva a intentarlo."
        )
    }

    static func locked(_ code: String, _ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: code, scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "The record is locked in Zoho. It is tried again; else unlock it there.",
                es: "La ficha está bloqueada en Zoho. Se reintenta; si no, desbloquéela allí."))
    }

    static func rejected(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en: "Zoho does not accept these values. Correct what it names, then try again.",
            es: "Zoho no acepta estos valores. Corrija lo que indica y vuelva a intentarlo.")
    }

    /// A batch was refused as a whole, and was not looked through to its end.
    static func refusedTogether(_ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "refused-together", scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "Zoho refused this together with others, one of which is at fault. It is tried again by itself.",
                es: "Zoho rechazó esto junto con otros, uno de los cuales es el motivo. Se reintenta automáticamente."
            ))
    }

    /// The batch was answered, and not for this item.
    static func unmentioned(isRepeatable: Bool) -> CallFailure {
        CallFailure(
            kind: isRepeatable ? .transient : .unknown, code: "not-in-answer", scope: .message, vendorText: "",
            advice: LocalizedText(
                en: "Zoho's answer does not say what became of this. It is looked at again by itself.",
                es: "La respuesta de Zoho no dice qué pasó con esto. Se revisa de nuevo automáticamente."))
    }

    /// Nobody can say that it is not there before all of it has been read.
    static let tooManyNotes = CallFailure(
        kind: .transient, code: "too-many-to-search", scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "This contact has too many notes in Zoho to look through. Look at it there, then try again.",
            es: "Este contacto tiene demasiadas notas en Zoho. Mírelo allí y vuelva a intentarlo."))

    private static func accountWide(
        _ code: String, _ scope: PauseScope, _ text: String, en: String, es: String
    ) -> CallFailure {
        CallFailure(
            kind: .accountWide, code: code, scope: scope, vendorText: text, advice: LocalizedText(en: en, es: es))
    }

    private static func permanent(_ code: String, _ text: String, en: String, es: String) -> CallFailure {
        CallFailure(
            kind: .permanent, code: code, scope: .message, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}
