import Domain

extension ErrorCatalogue {
    /// Registering numbers, names, history: what a person sets up.
    static let setupLines = [
        CatalogueLine(
            133000, reaction: .permanent, scope: .number,
            title: ("Earlier deregistration incomplete", "Baja anterior incompleta"),
            advice: (
                "The number was not deregistered completely. Deregister it again, then register it.",
                "El número no se dio de baja por completo. Dé de baja el número otra vez y después regístrelo."
            )),
        CatalogueLine(
            133005, reaction: .permanent, scope: .number,
            title: ("Wrong PIN", "PIN incorrecto"),
            advice: (
                "The two-step verification PIN is wrong. Enter the right one or reset it in WhatsApp Manager.",
                "El PIN de verificación en dos pasos es incorrecto. Introduzca el correcto o restablézcalo en WhatsApp Manager."
            )),
        CatalogueLine(
            133006, reaction: .permanent, scope: .number,
            title: ("Number not verified", "Número sin verificar"),
            advice: (
                "The number must be verified before it is registered. Ask for a code in WhatsApp Manager.",
                "El número debe verificarse antes de registrarlo. Solicite un código en WhatsApp Manager."
            )),
        CatalogueLine(
            147_001, 147_002, 147_003, 147_004, 147_005, reaction: .permanent, scope: .number,
            title: ("Username not possible", "Nombre de usuario no posible"),
            advice: (
                "WhatsApp does not give the business this username: it is taken, not eligible or linked elsewhere. Choose another.",
                "WhatsApp no concede ese nombre de usuario: está en uso, no cumple los requisitos o está vinculado a otro perfil. Elija otro."
            )),
        CatalogueLine(
            2_388_000, reaction: .permanent,
            title: ("Template or number not valid", "Plantilla o número no válidos"),
            advice: (
                "Meta does not accept this change of a template or number. See Meta's text for the reason.",
                "Meta no acepta este cambio de plantilla o número. Vea el motivo en el texto de Meta."
            )),
        CatalogueLine(
            2_388_001, 2_388_012, 2_388_091, 2_388_093, 2_388_103, reaction: .permanent, scope: .number,
            title: ("Number cannot be moved", "El número no se puede trasladar"),
            advice: (
                "Meta does not move this number to the account. See Meta's text for what is missing.",
                "Meta no traslada este número a la cuenta. Vea en el texto de Meta lo que falta."
            )),
        CatalogueLine(
            2_593_107, 2_593_108, reaction: .permanent, scope: .number,
            title: ("History cannot be asked for", "No se puede pedir el historial"),
            advice: (
                "The history can be asked for once, within 24 hours after connecting the number. It is too late or was done before.",
                "El historial se puede pedir una vez, en las 24 horas siguientes a conectar el número. Ya es tarde o ya se pidió."
            )),
        CatalogueLine(
            2_593_109, reaction: .permanent, scope: .number,
            title: ("History is not shared", "El historial no se comparte"),
            advice: (
                "The business chose not to share its history when the number was connected. Only new messages come in.",
                "La empresa eligió no compartir su historial al conectar el número. Solo entrarán los mensajes nuevos."
            )),
    ]
}
