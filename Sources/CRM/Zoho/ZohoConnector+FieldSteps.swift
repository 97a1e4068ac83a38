import Domain

extension ZohoConnector {
    static func missingFields(_ names: [String], _ place: SettingsPlace) -> CheckStep {
        let making = place.making
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en:
                        "These fields are not in Zoho yet: \(list). Puente makes them \(making.en), where the edition has room for them and the user's profile may customise modules. Until then, switch off the rows of the mapping that name them.",
                    es:
                        "Estos campos aún no están en Zoho: \(list). Puente los crea \(making.es) si la edición tiene sitio para ellos y el perfil del usuario puede personalizar módulos. Hasta entonces, desactive las filas de la correspondencia que los nombran."
                )))
    }

    static var keyIsNotUnique: CheckStep {
        .failed(
            .fields,
            cause: LocalizedText(
                en: "The field Puente_Id exists, but it allows duplicate values.",
                es: "El campo Puente_Id existe, pero admite valores duplicados."),
            remedy: LocalizedText(
                en: "In Zoho, open the field in the layout of Contacts and tick “Do not allow duplicate values”.",
                es: "En Zoho, abra el campo en el diseño de Contactos y marque «No permitir valores duplicados»."))
    }

    static var moduleIsIncomplete: CheckStep {
        CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en:
                        "The module WhatsApp_Messages lacks Puente_Id (without duplicates), Contact (a lookup to Contacts) or Body. Until it has them, messages are written as notes.",
                    es:
                        "Al módulo WhatsApp_Messages le falta Puente_Id (sin duplicados), Contact (búsqueda de Contactos) o Body. Hasta que los tenga, los mensajes se escriben como notas."
                )))
    }

    static func fieldsAreThere(_ schema: ZohoSchema) -> CheckStep {
        schema.hasMessages
            ? .passed(
                .fields, en: "Every field exists. Messages go into the module WhatsApp_Messages.",
                es: "Existen todos los campos. Los mensajes van al módulo WhatsApp_Messages.")
            : .passed(
                .fields, en: "Every field exists. Messages are written as notes of the contact.",
                es: "Existen todos los campos. Los mensajes se escriben como notas del contacto.")
    }
}
