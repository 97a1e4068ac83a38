import Domain

extension HubSpotConnector {
    static func missingFields(_ names: [String]) -> CheckStep {
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en: "These fields are not in HubSpot yet: \(list). Puente makes them when it starts.",
                    es: "Estos campos aún no están en HubSpot: \(list). Puente los crea al arrancar.")))
    }

    /// What only the mapping fills is missing.
    static func missingOffers(_ names: [String]) -> CheckStep {
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en:
                        "These fields are not in HubSpot: \(list). Puente makes them when it starts, where the plan and the token (crm.schemas.contacts.write) allow it. Until then, switch off the rows of the mapping that name them.",
                    es:
                        "Estos campos no están en HubSpot: \(list). Puente los crea al arrancar si el plan y el token (crm.schemas.contacts.write) lo permiten. Hasta entonces, desactive las filas de la correspondencia que los nombran."
                )))
    }

    /// Uniqueness can only be given when a property is created.
    static var keyIsNotUnique: CheckStep {
        .failed(
            .fields,
            cause: LocalizedText(
                en: "The field puente_id exists, but it is not a unique one.",
                es: "El campo puente_id existe, pero no es único."),
            remedy: LocalizedText(
                en: "Delete puente_id in HubSpot's settings, then restart Puente, which makes it anew.",
                es: "Borre puente_id en la configuración de HubSpot y reinicie Puente, que lo crea de nuevo."))
    }

    static var noAssociation: CheckStep {
        .failed(
            .fields,
            cause: LocalizedText(
                en: "This account has no association 81 between messages and contacts.",
                es: "Esta cuenta no tiene la asociación 81 entre mensajes y contactos."),
            remedy: LocalizedText(
                en: "Ask HubSpot's support why the standard association is missing.",
                es: "Pregunte al soporte de HubSpot por qué falta la asociación estándar."))
    }
}
