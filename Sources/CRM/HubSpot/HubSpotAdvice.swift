import Domain

/// The failures that a person has to do something about, each with what.
enum HubSpotAdvice {
    static func credential(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("token")
        return accountWide(
            code, .credential, text,
            en:
                "HubSpot does not accept the access token. Copy the current one from the app or service key in HubSpot and put it \(at.en)",
            es:
                "HubSpot no acepta el token de acceso. Copie el actual de la aplicación o de la clave de servicio de HubSpot y póngalo \(at.es)"
        )
    }

    static func refreshToken(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("refresh_token")
        return accountWide(
            code, .credential, text,
            en:
                "HubSpot does not accept the refresh token: the app was removed from the account, or the token belongs to another app. Authorise the app anew and put its refresh token \(at.en)",
            es:
                "HubSpot no acepta el refresh token: la aplicación se quitó de la cuenta o el token es de otra aplicación. Autorice de nuevo la aplicación y ponga su refresh token \(at.es)"
        )
    }

    static func client(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("client_id", "client_secret")
        return accountWide(
            code, .credential, text,
            en:
                "HubSpot does not accept the client id or the client secret. Copy both from the app's page in HubSpot (Auth) and put them \(at.en)",
            es:
                "HubSpot no acepta el client id o el client secret. Copie ambos de la página de la aplicación en HubSpot (Auth) y póngalos \(at.es)"
        )
    }

    static func code(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .credential, text,
            en:
                "HubSpot does not accept the code: it is good once and for some minutes, and for the redirect address that it was made with. Open the authorisation page again and take the new one.",
            es:
                "HubSpot no acepta el código: sirve una vez, durante unos minutos y para la dirección de redirección con la que se creó. Abra de nuevo la página de autorización y use el nuevo."
        )
    }

    /// - Parameter wait: nil: as soon as it may be.
    static func noTokens(after wait: Duration?, _ code: String, _ text: String) -> CallFailure {
        CallFailure(
            kind: wait.map { .throttled(retryAfter: $0) } ?? .transient, code: code, scope: .connection,
            vendorText: text,
            advice: LocalizedText(
                en: "HubSpot gives no tokens at the moment. It is tried again by itself.",
                es: "HubSpot no da tokens en este momento. Se reintenta automáticamente."))
    }

    /// - Parameter isOAuth: the app is authorised anew; else its token is a new one.
    static func forbidden(
        _ code: String, _ text: String, isOAuth: Bool, _ place: SettingsPlace
    ) -> CallFailure {
        let at = place.at(isOAuth ? "refresh_token" : "token")
        return isOAuth
            ? accountWide(
                code, .credential, text,
                en:
                    "The HubSpot app lacks a permission. Add the scopes named here to the app, authorise it anew and put its new refresh token \(at.en)",
                es:
                    "A la aplicación de HubSpot le falta un permiso. Agréguele los ámbitos indicados, autorícela de nuevo y ponga su nuevo refresh token \(at.es)"
            )
            : accountWide(
                code, .credential, text,
                en:
                    "The HubSpot token lacks a permission. Add the scopes named here to the app, and put its new token \(at.en)",
                es:
                    "Al token de HubSpot le falta un permiso. Agregue a la aplicación los ámbitos indicados y ponga su nuevo token \(at.es)"
            )
    }

    static func fieldMissing(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let remake = place.remake
        return accountWide(
            code, .connection, text, en: "A field that Puente writes does not exist in HubSpot. \(remake.en)",
            es: "Falta en HubSpot un campo que Puente escribe. \(remake.es)")
    }

    static func moved(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url")
        return accountWide(
            code, .connection, text, en: "HubSpot's address answers with a redirect. Correct it \(at.en)",
            es: "La dirección de HubSpot responde con una redirección. Corríjala \(at.es)")
    }

    /// A 404 that is not HubSpot's own: its API is not at this address.
    static func notThere(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url")
        return accountWide(
            code, .connection, text, en: "HubSpot's API is not at this address. Correct it \(at.en)",
            es: "La API de HubSpot no está en esta dirección. Corríjala \(at.es)")
    }

    static func migrating(after wait: Duration, _ text: String) -> CallFailure {
        CallFailure(
            kind: .throttled(retryAfter: wait), code: "http-477", scope: .connection, vendorText: text,
            advice: LocalizedText(
                en: "HubSpot is moving this account to another data centre. It goes on by itself when that is done.",
                es: "HubSpot está trasladando esta cuenta a otro centro de datos. Sigue automáticamente al terminar."))
    }

    static func dailyLimit(after wait: Duration, _ text: String) -> CallFailure {
        CallFailure(
            kind: .throttled(retryAfter: wait), code: "DAILY", scope: .connection, vendorText: text,
            advice: LocalizedText(
                en:
                    "The account's daily limit of HubSpot is used up. It goes on after midnight, or raise the limit there.",
                es: "Se agotó el límite diario de la cuenta en HubSpot. Sigue tras la medianoche, o amplíelo allí."))
    }

    static func gone(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.gone, text,
            en: "The record no longer exists in HubSpot. The contact is looked up again.",
            es: "La ficha ya no existe en HubSpot. El contacto se busca de nuevo.")
    }

    static func conflict(_ text: String) -> CallFailure {
        permanent(
            CallFailure.RecordCode.conflict, text,
            en: "Another record in HubSpot has the same unique value. Merge the two there, then try again.",
            es: "Otra ficha de HubSpot tiene el mismo valor único. Combine las dos allí y vuelva a intentarlo.")
    }

    static func rejected(_ code: String, _ text: String) -> CallFailure {
        permanent(
            code, text,
            en: "HubSpot does not accept these values. Correct what it names, then try again.",
            es: "HubSpot no acepta estos valores. Corrija lo que indica y vuelva a intentarlo.")
    }

    /// A batch was refused as a whole, and was not looked through to its end.
    static func refusedTogether(_ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "refused-together", scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "HubSpot refused this together with others, one of which is at fault. It is tried again by itself.",
                es:
                    "HubSpot rechazó esto junto con otros, uno de los cuales es el motivo. Se reintenta automáticamente."
            ))
    }

    /// The batch was answered, and this item was in none of its lists.
    static func unmentioned(isRepeatable: Bool) -> CallFailure {
        CallFailure(
            kind: isRepeatable ? .transient : .unknown, code: "not-in-answer", scope: .message, vendorText: "",
            advice: LocalizedText(
                en: "HubSpot's answer does not say what became of this. It is looked at again by itself.",
                es: "La respuesta de HubSpot no dice qué pasó con esto. Se revisa de nuevo automáticamente."))
    }

    /// Nobody can say that it is not there before all of it has been read.
    static let tooManyToSearch = CallFailure(
        kind: .transient, code: "too-many-to-search", scope: .message, vendorText: "",
        advice: LocalizedText(
            en:
                "HubSpot has too many messages of this moment to look through. Look at the contact there, then try again.",
            es: "HubSpot tiene demasiados mensajes de ese momento. Mire allí el contacto y vuelva a intentarlo."))

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
