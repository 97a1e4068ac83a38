import Domain

extension OdooConnector {
    static func keyEnds(on date: String, days: Int64, _ place: SettingsPlace) -> CheckStep {
        let at = place.at("token")
        return CheckStep(
            name: .credential,
            outcome: .noted(
                LocalizedText(
                    en: """
                        Odoo accepts the key. One of this user's keys ends on \(date), in \(max(0, days)) days: make a \
                        new one before (Preferences, Account Security) and put it \(at.en)
                        """,
                    es: """
                        Odoo acepta la clave. Una de las claves de este usuario termina el \(date), en \(max(0, days)) \
                        días: cree otra antes (Preferencias, Seguridad de la cuenta) y póngala \(at.es)
                        """)))
    }

    static var cannotChangeNotes: CheckStep {
        CheckStep(
            name: .permissions,
            outcome: .noted(
                LocalizedText(
                    en: """
                        The user may not change notes: how far a message came is not shown in Odoo, and a message that \
                        failed gets a note of its own.
                        """,
                    es: """
                        El usuario no puede cambiar notas: Odoo no muestra hasta dónde llegó un mensaje, y uno fallido \
                        recibe una nota propia.
                        """)))
    }

    static func missingFields(_ names: [String], _ place: SettingsPlace) -> CheckStep {
        let making = place.making
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en: """
                        These fields of contacts are not in Odoo: \(list). Puente makes them \(making.en), if its \
                        user has Settings rights; else an administrator makes them by hand (Settings, Technical, \
                        Fields; model Contact; types as in docs/crm/odoo.md). \
                        Without them Puente works, and knows contacts by their external id.
                        """,
                    es: """
                        Estos campos de los contactos no están en Odoo: \(list). Puente los crea \(making.es) si su \
                        usuario tiene permisos de Ajustes; si no, un administrador los crea a mano (Ajustes, Técnico, \
                        Campos; modelo Contacto; tipos según docs/crm/odoo.md). \
                        Sin ellos Puente funciona y conoce los contactos por su ID externo.
                        """)))
    }

    /// Without the module `phone_validation` numbers are compared as people wrote them.
    static var noNumbers: CheckStep {
        CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en: """
                        Odoo does not read phone numbers here: install the app CRM or SMS, so that Puente finds \
                        contacts however their numbers are written.
                        """,
                    es: """
                        Odoo no interpreta aquí los números de teléfono: instale la app CRM o SMS para que Puente \
                        encuentre los contactos como sea que estén escritos sus números.
                        """)))
    }
}
