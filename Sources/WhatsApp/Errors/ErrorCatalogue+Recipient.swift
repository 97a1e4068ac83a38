import Domain

extension ErrorCatalogue {
    /// This message to this person will not arrive.
    static let recipientLines = [
        CatalogueLine(
            130472, reaction: .permanent,
            title: ("Not sent: Meta's experiment", "No enviado: experimento de Meta"),
            advice: (
                "Meta left this customer out of marketing messages as part of an experiment. Wait until the customer writes, or use another channel.",
                "Meta excluyó a este cliente de los mensajes de marketing por un experimento. Espere a que escriba o use otro canal."
            )),
        CatalogueLine(
            130497, reaction: .permanent,
            title: ("Country not allowed", "País no permitido"),
            advice: (
                "This WhatsApp account may not message people in that country. Use another channel.",
                "Esta cuenta de WhatsApp no puede escribir a personas de ese país. Use otro canal."
            )),
        CatalogueLine(
            131021, reaction: .permanent,
            title: ("Message to oneself", "Mensaje a sí mismo"),
            advice: (
                "Sender and recipient are the same number. Choose another recipient.",
                "El remitente y el destinatario son el mismo número. Elija otro destinatario."
            )),
        CatalogueLine(
            131026, reaction: .permanent,
            title: ("Could not be delivered", "No se pudo entregar"),
            advice: (
                "WhatsApp could not deliver this: the person may not use WhatsApp, has an old version, or has not accepted its terms. Check the number or use another channel.",
                "WhatsApp no pudo entregarlo: quizá la persona no usa WhatsApp, tiene una versión antigua o no aceptó sus condiciones. Revise el número o use otro canal."
            )),
        CatalogueLine(
            131030, reaction: .permanent,
            title: ("Not on the test number's list", "Fuera de la lista del número de prueba"),
            advice: (
                "This is a test number, which reaches five listed people only. Add the recipient in the Meta app, or use a real number.",
                "Es un número de prueba y solo llega a cinco personas de su lista. Agregue al destinatario en la aplicación de Meta o use un número real."
            )),
        CatalogueLine(
            131036, reaction: .permanent,
            title: ("Failed on one device", "Falló en un dispositivo"),
            advice: (
                "The message did not reach one of the customer's devices. It may have arrived on another; send again only if there is no answer.",
                "El mensaje no llegó a uno de los dispositivos del cliente. Puede haber llegado a otro; reenvíelo solo si no hay respuesta."
            )),
        CatalogueLine(
            131047, reaction: .permanent,
            title: ("Outside the 24-hour window", "Fuera de la ventana de 24 horas"),
            advice: (
                "More than 24 hours have passed since the customer last wrote. Send an approved template instead.",
                "Han pasado más de 24 horas desde el último mensaje del cliente. Envíe una plantilla aprobada."
            )),
        CatalogueLine(
            131049, reaction: .permanent,
            title: ("Withheld by Meta", "Retenido por Meta"),
            advice: (
                "Meta withheld this marketing message because the person gets many of them. Do not repeat it within 24 hours; numbers of the United States get none at all.",
                "Meta retuvo este mensaje de marketing porque la persona recibe muchos. No lo repita antes de 24 horas; los números de Estados Unidos no reciben ninguno."
            )),
        CatalogueLine(
            131050, reaction: .permanent,
            title: ("Customer stopped marketing", "El cliente no desea marketing"),
            advice: (
                "This customer stopped marketing messages from you in WhatsApp. Send none until they resume them.",
                "Este cliente detuvo sus mensajes de marketing en WhatsApp. No envíe ninguno hasta que los reactive."
            )),
        CatalogueLine(
            131062, reaction: .permanent,
            title: ("A phone number is needed", "Hace falta un teléfono"),
            advice: (
                "This kind of message cannot be sent to a WhatsApp user id. Ask the customer for the phone number first.",
                "Este tipo de mensaje no se puede enviar a un identificador de WhatsApp. Pida antes el número de teléfono al cliente."
            )),
        CatalogueLine(
            137000, reaction: .permanent,
            title: ("Customer's identity changed", "La identidad del cliente cambió"),
            advice: (
                "The customer's security code has changed since you last confirmed it. Confirm it with them and send again.",
                "El código de seguridad del cliente cambió desde la última confirmación. Confírmelo con él y vuelva a enviar."
            )),
        CatalogueLine(
            131020, 131041, 131059, 131201, 131202, 131203, 131204, 131205, 131206, 131207, 131209, 131210, 131211,
            131212, 131213, 131214, 131215, reaction: .permanent,
            title: ("Group refused it", "Rechazado por el grupo"),
            advice: (
                "WhatsApp did not do this in the group: it may be unknown, suspended, full or not eligible. See Meta's text.",
                "WhatsApp no lo hizo en el grupo: puede ser desconocido, estar suspendido, lleno o no cumplir los requisitos. Vea el texto de Meta."
            )),
    ]
}
