import Domain

extension HubSpotConnector {
    static func missingFields(_ names: [String]) -> CheckStep {
        let list = names.joined(separator: ", ")
        return .failed(
            .fields,
            cause: LocalizedText(
                en: "These fields do not exist in HubSpot: \(list).", es: "Estos campos no existen en HubSpot: \(list)."
            ),
            remedy: LocalizedText(
                en: "Create them with one press of the button in Connections.",
                es: "Créelos con el botón de Conexiones."))
    }

    /// Uniqueness can only be given when a property is created.
    static var keyIsNotUnique: CheckStep {
        .failed(
            .fields,
            cause: LocalizedText(
                en: "The field puente_id exists, but it is not a unique one.",
                es: "El campo puente_id existe, pero no es único."),
            remedy: LocalizedText(
                en: "Delete puente_id in HubSpot's settings and create the fields again in Connections.",
                es: "Borre puente_id en la configuración de HubSpot y cree los campos de nuevo en Conexiones."))
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
