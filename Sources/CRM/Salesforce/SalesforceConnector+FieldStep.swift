import Domain

extension SalesforceConnector {
    /// What is missing and what that means, as an administrator needs it.
    func fieldStep(_ schema: SalesforceSchema) -> CheckStep {
        if let field = schema.contact.fields[SalesforceField.puenteID.name], !field.isUniqueKey {
            return Self.keyIsNoKey
        }
        if !schema.missing.isEmpty {
            return Self.missingFields(schema.missing.map { "Contact.\($0.name)" }, api.settings.place)
        }
        guard schema.place == .messages else { return Self.tasksInstead(isIncomplete: schema.message != nil) }
        return .passed(
            .fields, en: "Every field that Puente writes exists.", es: "Existen todos los campos que Puente escribe.")
    }

    private static var keyIsNoKey: CheckStep {
        .failed(
            .fields,
            cause: LocalizedText(
                en: "The field Contact.Puente_Id__c exists, but it is not both “External ID” and “Unique”.",
                es: "El campo Contact.Puente_Id__c existe, pero no es a la vez «Id. externo» y «Único»."),
            remedy: LocalizedText(
                en: "Tick both boxes in Setup, Object Manager, Contact, Fields, Puente ID.",
                es: "Marque ambas casillas en Configuración, Gestor de objetos, Contacto, Campos, Puente ID."))
    }

    private static func missingFields(_ names: [String], _ place: SettingsPlace) -> CheckStep {
        let making = place.making
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en:
                        "These fields are not there, or the integration's user may not edit them: \(list). Puente makes them \(making.en), where its user may customise the org; else deploy the package of docs/crm/salesforce.md.",
                    es:
                        "Estos campos no existen o el usuario de la integración no puede editarlos: \(list). Puente los crea \(making.es) si su usuario puede personalizar la organización; si no, despliegue el paquete de docs/crm/salesforce.md."
                )))
    }

    private static func tasksInstead(isIncomplete: Bool) -> CheckStep {
        let object = SalesforceMessageField.object
        let (en, es) =
            isIncomplete
            ? (
                "\(object) lacks Puente_Id__c (External ID, Unique) or Contact__c, or the integration's user may not edit them",
                "a \(object) le falta Puente_Id__c (Id. externo, Único) o Contact__c, o el usuario de la integración no puede editarlos"
            )
            : (
                "the object \(object) is not there, or the integration's user may not see it",
                "el objeto \(object) no existe o el usuario de la integración no puede verlo"
            )
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en:
                        "Messages are written as completed tasks, since \(en). Deploying the package of docs/crm/salesforce.md gives them an object of their own; nothing has to be restarted.",
                    es:
                        "Los mensajes se escriben como tareas completadas porque \(es). Al desplegar el paquete de docs/crm/salesforce.md tendrán un objeto propio; no hace falta reiniciar."
                )))
    }
}
