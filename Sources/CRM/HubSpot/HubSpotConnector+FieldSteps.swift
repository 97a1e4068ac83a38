import Domain

extension HubSpotConnector {
    static func missingFields(_ names: [String], _ place: SettingsPlace) -> CheckStep {
        let making = place.making
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en: "These fields are not in HubSpot yet: \(list). Puente makes them \(making.en).",
                    es: "Estos campos aún no están en HubSpot: \(list). Puente los crea \(making.es).")))
    }

    /// What only the mapping fills is missing.
    static func missingOffers(_ names: [String], _ place: SettingsPlace) -> CheckStep {
        let making = place.making
        let list = names.joined(separator: ", ")
        return CheckStep(
            name: .fields,
            outcome: .noted(
                LocalizedText(
                    en:
                        "These fields are not in HubSpot: \(list). Puente makes them \(making.en), where the plan and the token (crm.schemas.contacts.write) allow it. Until then, switch off the rows of the mapping that name them.",
                    es:
                        "Estos campos no están en HubSpot: \(list). Puente los crea \(making.es) si el plan y el token (crm.schemas.contacts.write) lo permiten. Hasta entonces, desactive las filas de la correspondencia que los nombran."
                )))
    }

    /// Uniqueness can only be given when a property is created.
    static func keyIsNotUnique(_ place: SettingsPlace) -> CheckStep {
        let remake = place.remake
        return .failed(
            .fields,
            cause: LocalizedText(
                en: "The field puente_id exists, but it is not a unique one.",
                es: "El campo puente_id existe, pero no es único."),
            remedy: LocalizedText(
                en: "Delete puente_id in HubSpot's settings. \(remake.en)",
                es: "Borre puente_id en la configuración de HubSpot. \(remake.es)"))
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
