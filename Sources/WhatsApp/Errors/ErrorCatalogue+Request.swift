import Domain

extension ErrorCatalogue {
    /// The request itself is wrong: the same one never succeeds.
    static let requestLines = [
        CatalogueLine(
            100, 131009, 135000, reaction: .permanent,
            title: ("A value is not valid", "Un valor no es válido"),
            advice: (
                "Meta does not accept a value of this message, for example a number, an id or a text that is too long. Correct it and send again.",
                "Meta no acepta un valor de este mensaje, por ejemplo un número, un identificador o un texto demasiado largo. Corríjalo y vuelva a enviar."
            )),
        CatalogueLine(
            131008, reaction: .permanent,
            title: ("A value is missing", "Falta un valor"),
            advice: (
                "A value that Meta needs is missing in this message. Complete it and send again.",
                "En este mensaje falta un valor que Meta necesita. Complételo y vuelva a enviar."
            )),
        CatalogueLine(
            131051, reaction: .permanent,
            title: ("Kind of message not supported", "Tipo de mensaje no admitido"),
            advice: (
                "WhatsApp does not pass on this kind of message. Ask the customer to write it in another way.",
                "WhatsApp no transmite este tipo de mensaje. Pida al cliente que lo envíe de otra forma."
            )),
        CatalogueLine(
            131052, reaction: .permanent,
            title: ("Customer's file could not be fetched", "No se pudo obtener el archivo del cliente"),
            advice: (
                "WhatsApp could not pass on the customer's file, which may be over 100 MB. Ask for it in another way.",
                "WhatsApp no pudo transmitir el archivo del cliente; quizá supera los 100 MB. Pídalo por otra vía."
            )),
        CatalogueLine(
            131053, reaction: .permanent,
            title: ("File refused", "Archivo rechazado"),
            advice: (
                "WhatsApp refused the file: check its kind and size, and that name and content belong together.",
                "WhatsApp rechazó el archivo: revise el tipo y el tamaño, y que el nombre corresponda al contenido."
            )),
        CatalogueLine(
            131055, reaction: .permanent,
            title: ("Not possible with this number", "No es posible con este número"),
            advice: (
                "This number is set up for another kind of use. Check its settings in WhatsApp Manager.",
                "Este número está configurado para otro uso. Revise su configuración en WhatsApp Manager."
            )),
        CatalogueLine(
            131060, reaction: .permanent,
            title: ("Message not available", "Mensaje no disponible"),
            advice: (
                "WhatsApp could not show this message. Ask the customer to send it again.",
                "WhatsApp no pudo mostrar este mensaje. Pida al cliente que lo envíe de nuevo."
            )),
        CatalogueLine(
            131063, reaction: .permanent,
            title: ("Marketing is switched off here", "Marketing desactivado aquí"),
            advice: (
                "Marketing templates are switched off for this account's Cloud API. Switch them on in WhatsApp Manager.",
                "Las plantillas de marketing están desactivadas en la API de esta cuenta. Actívelas en WhatsApp Manager."
            )),
        CatalogueLine(
            131064, reaction: .permanent,
            title: ("Messaging limit was cut", "Límite de mensajes reducido"),
            advice: (
                "Meta cut the messaging limit because templates had the wrong category. Correct their categories in WhatsApp Manager.",
                "Meta redujo el límite de mensajes porque había plantillas con categoría incorrecta. Corrija las categorías en WhatsApp Manager."
            )),
        CatalogueLine(
            138_000, reaction: .permanent,
            title: ("Call refused", "Llamada rechazada"),
            advice: (
                "WhatsApp did not make the call. See Meta's text for the reason.",
                "WhatsApp no realizó la llamada. Vea el motivo en el texto de Meta."
            )),
        CatalogueLine(
            139_100, 139_101, 139_102, reaction: .permanent,
            title: ("Not all were blocked", "No se bloqueó a todos"),
            advice: (
                "WhatsApp did not block everybody: only people who wrote in the last 24 hours can be, and the list has an end.",
                "WhatsApp no bloqueó a todos: solo puede bloquearse a quien escribió en las últimas 24 horas, y la lista tiene un límite."
            )),
    ]
}
