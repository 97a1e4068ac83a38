package import Domain

/// Why a back-fill does not go on. `detail` is the finer code.
extension PuenteError {
    package static let noBackfill = PuenteError(
        .notFound, detail: "no_backfill", en: "This connection was not back-filled yet.",
        es: "Con esta conexión aún no se hizo ninguna carga inicial.")

    package static let backfillMovedOn = PuenteError(
        .conflict, detail: "backfill_moved_on",
        en: "This back-fill has moved on meanwhile. Load the page again.",
        es: "Esta carga inicial ya avanzó. Vuelva a cargar la página.")

    package static let backfillAtWork = PuenteError(
        .conflict, detail: "backfill_at_work",
        en: "This connection is being back-filled. Wait until it is done, or stop it.",
        es: "Con esta conexión ya hay una carga inicial en curso. Espere a que termine o deténgala.")

    package static let nothingToBackfill = PuenteError(
        .invalid, detail: "nothing_to_backfill",
        en:
            "Nothing was chosen. The contacts of your own system cannot be read: choose that it is told of the contacts that it lacks, or of earlier messages.",
        es:
            "No se eligió nada. Los contactos de su propio sistema no se pueden leer: elija que reciba los contactos que le faltan o los mensajes anteriores."
    )
}
