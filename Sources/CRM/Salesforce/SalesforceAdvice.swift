import Domain

/// The failures that a person has to do something about, each with what.
enum SalesforceAdvice {
    static func credential(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at()
        return accountWide(
            code, .credential, text,
            en:
                "Salesforce does not accept the login. Look whether the External Client App's flow is enabled; correct client_id and client_secret, or username and private_key, \(at.en)",
            es:
                "Salesforce no acepta el acceso. Compruebe que el flujo de la External Client App está activado; corrija client_id y client_secret, o username y private_key, \(at.es)"
        )
    }

    /// The login host instead of My Domain.
    static func wrongDomain(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url")
        return accountWide(
            code, .credential, text,
            en:
                "Salesforce does not give tokens at this address. Put your My Domain (https://COMPANY.my.salesforce.com) \(at.en)",
            es:
                "Salesforce no da tokens en esta dirección. Ponga su Mi dominio (https://EMPRESA.my.salesforce.com) \(at.es)"
        )
    }

    static func notApproved(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .credential, text,
            en:
                "The user has not been approved for the app. In the policies of the External Client App choose “Admin approved users are pre-authorized” and add a permission set that the user has.",
            es:
                "El usuario no está autorizado para la aplicación. En las políticas de la External Client App elija «Los usuarios aprobados por el administrador están preautorizados» y agregue un conjunto de permisos que tenga el usuario."
        )
    }

    static func forbidden(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .credential, text,
            en:
                "Salesforce does not let the integration's user do this. Give it the permission set of Puente (API enabled; read, create and edit contacts and tasks), as docs/crm/salesforce.md says.",
            es:
                "Salesforce no permite esto al usuario de la integración. Asígnele el conjunto de permisos de Puente (API habilitada; leer, crear y editar contactos y tareas), como dice docs/crm/salesforce.md."
        )
    }

    static func fieldMissing(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .connection, text,
            en:
                "A field or object that Puente uses does not exist in Salesforce, or its user may not see it. Deploy the package of docs/crm/salesforce.md and assign its permission set; nothing has to be restarted.",
            es:
                "Falta en Salesforce un campo u objeto que Puente usa, o su usuario no puede verlo. Despliegue el paquete de docs/crm/salesforce.md y asigne su conjunto de permisos; no hace falta reiniciar."
        )
    }

    /// - Parameter fields: what has to be made, as an administrator finds it.
    static func administratorNeeded(_ fields: [String], _ failure: CallFailure) -> CallFailure {
        let list = fields.joined(separator: ", ")
        return accountWide(
            failure.code, .connection, failure.vendorText,
            en:
                "An administrator of Salesforce has to make these fields and let the integration's user edit them: \(list). The package of docs/crm/salesforce.md does it in one step; nothing has to be restarted.",
            es:
                "Un administrador de Salesforce tiene que crear estos campos y permitir que el usuario de la integración los edite: \(list). El paquete de docs/crm/salesforce.md lo hace en un paso; no hace falta reiniciar."
        )
    }

    static func notThere(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url", "api_version")
        return accountWide(
            code, .connection, text,
            en: "Salesforce's API is not at this address, or not in this version. Correct it \(at.en)",
            es: "La API de Salesforce no está en esta dirección o no en esta versión. Corríjala \(at.es)")
    }

    static func apiDisabled(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .connection, text,
            en:
                "The API is not enabled for this Salesforce org. It comes with Enterprise, Unlimited, Performance and Developer Edition; with Professional it is bought in addition.",
            es:
                "La API no está habilitada en esta organización de Salesforce. Va incluida en Enterprise, Unlimited, Performance y Developer; en Professional se compra aparte."
        )
    }

    static func storageFull(_ code: String, _ text: String) -> CallFailure {
        accountWide(
            code, .connection, text,
            en: "Salesforce's data storage is full. Free some or buy more there; then it goes on by itself.",
            es: "El almacenamiento de datos de Salesforce está lleno. Libere espacio o amplíelo; después sigue solo.")
    }

    static func dailyLimit(after wait: Duration, _ code: String, _ text: String) -> CallFailure {
        CallFailure(
            kind: .throttled(retryAfter: wait), code: code, scope: .connection, vendorText: text,
            advice: LocalizedText(
                en:
                    "Salesforce's calls of the last 24 hours are used up. It goes on as soon as some are free again; Setup, “API Usage”, shows who uses them.",
                es:
                    "Se agotaron las llamadas a Salesforce de las últimas 24 horas. Sigue en cuanto haya libres; Configuración, «Uso de la API», muestra quién las gasta."
            ))
    }

    private static func accountWide(
        _ code: String, _ scope: PauseScope, _ text: String, en: String, es: String
    ) -> CallFailure {
        CallFailure(
            kind: .accountWide, code: code, scope: scope, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}
