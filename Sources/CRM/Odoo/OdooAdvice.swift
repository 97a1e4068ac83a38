import Domain

/// The failures that a person has to do something about, each with what.
enum OdooAdvice {
    static func credential(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("token", "username", "database")
        return accountWide(
            code, .credential, text,
            en: """
                Odoo does not accept the API key. Make a new one as the bridge's user (Preferences, Account Security), \
                and correct the key, the login and the database \(at.en)
                """,
            es: """
                Odoo no acepta la clave de API. Cree una nueva con el usuario del puente (Preferencias, Seguridad de \
                la cuenta) y corrija la clave, el usuario y la base de datos \(at.es)
                """)
    }

    static func loginMissing(_ place: SettingsPlace) -> CallFailure {
        let at = place.at("database", "username")
        return accountWide(
            "login-missing", .credential, "",
            en: "This Odoo is older than 19: it needs the database and the login of the user. Put both \(at.en)",
            es: "Este Odoo es anterior a la 19: necesita la base de datos y el usuario. Ponga ambos \(at.es)")
    }

    static func forbidden(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .credential, text,
            en: """
                The user of the API key lacks a right in Odoo. Give it the groups that are named here, at least the \
                creation of contacts; it goes on by itself.
                """,
            es: """
                Al usuario de la clave de API le falta un permiso en Odoo. Dele los grupos que aquí se indican, como \
                mínimo la creación de contactos; sigue automáticamente.
                """)
    }

    static func noDatabase(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("database")
        return accountWide(
            code, .connection, text, en: "Odoo has no database of this name. Correct it \(at.en)",
            es: "Odoo no tiene una base de datos con este nombre. Corríjala \(at.es)")
    }

    /// No interface of Odoo's answers there, or not for this database.
    static func notThere(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url", "database", "interface")
        return accountWide(
            code, .connection, text,
            en: """
                Odoo's external API is not at this address, or not for this database; Odoo Online has the API with the \
                Custom plan only. Correct the address or the database \(at.en)
                """,
            es: """
                La API externa de Odoo no está en esta dirección, o no para esta base de datos; Odoo Online solo tiene \
                la API con el plan Personalizado. Corrija la dirección o la base de datos \(at.es)
                """)
    }

    /// A model is not there, since its app is not installed.
    static func appMissing(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .connection, text,
            en: "Odoo lacks an app that Puente needs: install Contacts or CRM there. It goes on by itself.",
            es: "A Odoo le falta una app que Puente necesita: instale allí Contactos o CRM. Sigue automáticamente.")
    }

    static func protected(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en:
                "A rule in Odoo keeps the bridge's user from this record. Change the rule or the record, then try again.",
            es:
                "Una regla de Odoo impide al usuario del puente acceder a esta ficha. Cambie la regla o la ficha y reintente."
        )
    }

    static func gone(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.gone, text,
            en: "The record no longer exists in Odoo. The contact is looked up again.",
            es: "La ficha ya no existe en Odoo. El contacto se busca de nuevo.")
    }

    static func rejected(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en: "Odoo does not accept this. Correct what it names, then try again.",
            es: "Odoo no acepta esto. Corrija lo que indica y vuelva a intentarlo.")
    }

    static func notDeleted(_ failure: CallFailure) -> CallFailure {
        permanent(
            failure.code, failure.vendorText,
            en: "Odoo does not delete this contact, since other records need it. Archive it or empty it there by hand.",
            es: "Odoo no elimina este contacto porque otras fichas lo necesitan. Archívelo o vacíelo allí a mano.")
    }

    /// A call was refused as a whole, and its rows were not looked through to the end.
    static func refusedTogether(_ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "refused-together", scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "Odoo refused this together with others, one of which is at fault. It is tried again by itself.",
                es: "Odoo rechazó esto junto con otros, uno de los cuales es el motivo. Se reintenta automáticamente."
            ))
    }

    /// Its turn did not come: a call before it failed.
    static let notTried = CallFailure(
        kind: .transient, code: "not-sent", scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "The request did not leave for Odoo. It is tried again by itself.",
            es: "La petición no llegó a salir hacia Odoo. Se reintenta automáticamente."))

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
