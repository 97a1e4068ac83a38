import Domain

extension ErrorCatalogue {
    /// Meta's own trouble: the same request again.
    static let serviceLines = [
        CatalogueLine(
            1, reaction: .transient,
            title: ("Unknown error at Meta", "Error desconocido en Meta"),
            advice: (
                "Meta had an error of its own. It is tried again; if it goes on, look at Meta's status page.",
                "Meta tuvo un error interno. Se reintenta; si continúa, consulte la página de estado de Meta."
            )),
        CatalogueLine(
            2, 131016, 133004, reaction: .transient, scope: .number,
            title: ("WhatsApp unavailable", "WhatsApp no disponible"),
            advice: (
                "WhatsApp is overloaded or down for a moment. It is tried again; if it goes on, look at Meta's status page.",
                "WhatsApp está saturado o caído por un momento. Se reintenta; si continúa, consulte la página de estado de Meta."
            )),
        CatalogueLine(
            131000, reaction: .transient,
            title: ("Something went wrong at WhatsApp", "Algo falló en WhatsApp"),
            advice: (
                "WhatsApp could not send this and does not say why. It is tried again; after that, try again by hand.",
                "WhatsApp no pudo enviarlo y no indica el motivo. Se reintenta; después, vuelva a intentarlo a mano."
            )),
        CatalogueLine(
            139103, reaction: .transient,
            title: ("Error while blocking", "Error al bloquear"),
            advice: (
                "Meta had an error of its own while blocking people. Try again.",
                "Meta tuvo un error interno al bloquear personas. Vuelva a intentarlo."
            )),
    ]
}
