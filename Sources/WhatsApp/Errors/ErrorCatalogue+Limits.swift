import Domain

extension ErrorCatalogue {
    /// Too much too fast: the same request later. Each limit has its own scope, so that one does not stop the others.
    static let limitLines = [
        CatalogueLine(
            4, reaction: .throttled(.minutes(5)), scope: .app,
            title: ("App's call limit reached", "Límite de llamadas de la aplicación alcanzado"),
            advice: (
                "The Meta app has made too many calls. Messages wait and go out by themselves.",
                "La aplicación de Meta hizo demasiadas llamadas. Los mensajes esperan y saldrán automáticamente."
            )),
        CatalogueLine(
            80007, 80008, reaction: .throttled(.minutes(5)), scope: .waba,
            title: ("Account's call limit reached", "Límite de llamadas de la cuenta alcanzado"),
            advice: (
                "This WhatsApp account has made too many calls. They wait and are repeated by themselves.",
                "Esta cuenta de WhatsApp hizo demasiadas llamadas. Esperan y se repetirán automáticamente."
            )),
        CatalogueLine(
            613, reaction: .throttled(.minutes(1)), scope: .number,
            title: ("Too many calls", "Demasiadas llamadas"),
            advice: (
                "Too many calls of this kind. They wait and are repeated by themselves.",
                "Demasiadas llamadas de este tipo. Esperan y se repetirán automáticamente."
            )),
        CatalogueLine(
            130429, reaction: .throttled(.seconds(2)), scope: .number,
            title: ("Sending too fast", "Envío demasiado rápido"),
            advice: (
                "The number sends more messages per second than Meta allows. They wait a moment and go out by themselves.",
                "El número envía más mensajes por segundo de los que permite Meta. Esperan un momento y saldrán automáticamente."
            )),
        CatalogueLine(
            131048, reaction: .throttled(.hours(3)), scope: .number,
            title: ("Number restricted for spam reports", "Número restringido por denuncias de spam"),
            advice: (
                "Too many customers blocked or reported messages of this number, so Meta limits it for some hours. Send less and only to people who agreed.",
                "Demasiados clientes bloquearon o denunciaron mensajes de este número, y Meta lo limita durante horas. Envíe menos y solo a quienes dieron su consentimiento."
            )),
        CatalogueLine(
            131056, reaction: .throttled(pairWait(afterRefusals: 1)), scope: .pair,
            title: ("Too many messages to this customer", "Demasiados mensajes a este cliente"),
            advice: (
                "This customer got too many messages in a short time. The next ones wait and go out by themselves.",
                "Este cliente recibió demasiados mensajes en poco tiempo. Los siguientes esperan y saldrán automáticamente."
            )),
        CatalogueLine(
            131057, 2_494_100, reaction: .throttled(.minutes(1)), scope: .number,
            title: ("Number in maintenance", "Número en mantenimiento"),
            advice: (
                "Meta is working on this number, usually for about a minute. Messages wait and go out by themselves.",
                "Meta está haciendo mantenimiento en este número, normalmente un minuto. Los mensajes esperan y saldrán automáticamente."
            )),
        CatalogueLine(
            131208, reaction: .throttled(.minutes(1)),
            title: ("Too many group actions", "Demasiadas acciones en grupos"),
            advice: (
                "Too many group actions in a short time. They are repeated by themselves.",
                "Demasiadas acciones en grupos en poco tiempo. Se repetirán automáticamente."
            )),
        CatalogueLine(
            133008, 133009, reaction: .throttled(.hours(1)), scope: .number,
            title: ("Too many PIN attempts", "Demasiados intentos de PIN"),
            advice: (
                "The two-step PIN was entered wrongly too often. Wait as long as Meta says before trying again.",
                "El PIN de dos pasos se introdujo mal demasiadas veces. Espere lo que indica Meta antes de volver a intentarlo."
            )),
        CatalogueLine(
            133015, reaction: .throttled(.minutes(5)), scope: .number,
            title: ("Number was just deleted", "Número recién eliminado"),
            advice: (
                "The number was deleted a moment ago. Wait five minutes before registering it again.",
                "El número se eliminó hace un momento. Espere cinco minutos antes de volver a registrarlo."
            )),
        CatalogueLine(
            133016, reaction: .throttled(.hours(72)), scope: .number,
            title: ("Registered too often", "Demasiados registros"),
            advice: (
                "The number was registered or deregistered ten times in three days. Wait 72 hours.",
                "El número se registró o dio de baja diez veces en tres días. Espere 72 horas."
            )),
        CatalogueLine(
            134101, reaction: .throttled(.minutes(10)),
            title: ("Template still being prepared", "Plantilla todavía en preparación"),
            advice: (
                "Meta is still preparing this template, for up to ten minutes. The message goes out by itself.",
                "Meta todavía prepara esta plantilla, hasta diez minutos. El mensaje saldrá automáticamente."
            )),
    ]
}
