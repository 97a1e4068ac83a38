/// Why the gate said no. The raw value is the code that programs see.
package enum SendRefusal: String, Error, Codable, CaseIterable, Sendable {
    case installationHeld = "installation_held"
    case numberNotConnected = "number_not_connected"
    case noAddress = "no_address"
    case numberUnreachable = "number_unreachable"
    case conversationOwnedByPerson = "conversation_owned_by_person"
    case windowClosed = "outside_service_window"
    case cannotBeSent = "cannot_be_sent"
    case templateUnknown = "template_unknown"
    case templateNotApproved = "template_not_approved"
    case templateUnsupported = "template_unsupported"
    case templateIncomplete = "template_incomplete"
    case portfolioLimitReached = "portfolio_limit_reached"
    case contactBlocked = "contact_blocked"
    case marketingWithoutConsent = "marketing_without_consent"
    case marketingWithoutProof = "marketing_without_double_opt_in"
    case marketingWithdrawn = "marketing_withdrawn"
    case complaintOpen = "complaint_open"
    case doNotCall = "do_not_call"
    case utilityWithdrawn = "utility_withdrawn"
    case serviceWithdrawn = "service_withdrawn"
    case templateWithoutSender = "template_without_sender"
    case senderNotNamed = "sender_not_named"

    package var sentence: LocalizedText {
        switch self {
        case .contactBlocked: Self.blocked
        case .numberUnreachable: Self.unreachable
        case .marketingWithoutConsent: Self.noConsent
        case .marketingWithoutProof: Self.noProof
        case .marketingWithdrawn: Self.noMarketing
        case .complaintOpen: Self.complaint
        case .doNotCall: Self.noCalls
        case .utilityWithdrawn: Self.noUtility
        case .serviceWithdrawn: Self.noService
        case .templateWithoutSender, .senderNotNamed: senderSentence(naming: nil)
        case .installationHeld:
            LocalizedText(
                en:
                    "This installation was restored from a backup and holds messages to customers. Release it in Connections.",
                es:
                    "Esta instalación se restauró de una copia y retiene los mensajes a clientes. Libérela en Conexiones."
            )
        case .numberNotConnected:
            LocalizedText(
                en:
                    "The WhatsApp number is not connected. Check its access token in puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
                es:
                    "El número de WhatsApp no está conectado. Revise su token de acceso en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
            )
        case .noAddress:
            LocalizedText(
                en: "This contact has neither a phone number nor a WhatsApp user id to write to.",
                es: "Este contacto no tiene teléfono ni identificador de WhatsApp al que escribir.")
        case .conversationOwnedByPerson:
            LocalizedText(
                en: "A person or the queue has this conversation, so automation stays silent.",
                es: "Esta conversación la tiene una persona o la cola, así que la automatización calla.")
        case .windowClosed:
            LocalizedText(
                en: "The customer has not written in the last 24 hours. Send an approved template instead.",
                es: "El cliente no ha escrito en las últimas 24 horas. Envíe una plantilla aprobada.")
        case .cannotBeSent:
            LocalizedText(
                en: "Messages of this kind come from customers and cannot be sent.",
                es: "Los mensajes de este tipo los escriben los clientes; no se pueden enviar.")
        case .templateUnknown:
            LocalizedText(
                en: "There is no template of that name in that language. Refresh the templates or choose another.",
                es: "No existe una plantilla con ese nombre en ese idioma. Actualice las plantillas o elija otra.")
        case .templateNotApproved:
            LocalizedText(
                en: "Meta has not approved this template, or has paused it. Choose an approved one.",
                es: "Meta no ha aprobado esta plantilla o la ha pausado. Elija una aprobada.")
        case .templateUnsupported:
            LocalizedText(
                en:
                    "Puente cannot send this kind of template yet: it has parts that Puente cannot fill in (a carousel, a countdown, a list of products). Choose another.",
                es:
                    "Puente aún no puede enviar este tipo de plantilla: tiene partes que no sabe rellenar (un carrusel, una cuenta atrás, una lista de productos). Elija otra."
            )
        case .templateIncomplete:
            LocalizedText(
                en: "A value is missing for one of the template's variables. Fill in each of them.",
                es: "Falta el valor de alguna variable de la plantilla. Complételas todas.")
        case .portfolioLimitReached:
            LocalizedText(
                en:
                    "As many people have been written to first in 24 hours as Meta allows. This message leaves when there is room again.",
                es:
                    "Se ha escrito primero a tantas personas en 24 horas como permite Meta. Este mensaje saldrá cuando haya cupo."
            )
        }
    }
}
