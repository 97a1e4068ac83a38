package import Domain

/// Why an import does not go on. `detail` is the finer code.
extension PuenteError {
    package static let noImport = PuenteError(
        .notFound, detail: "no_import", en: "There is no such import.", es: "No existe esa importación.")

    package static let importMovedOn = PuenteError(
        .conflict, detail: "import_moved_on",
        en: "This import has moved on meanwhile. Load the page again.",
        es: "Esta importación ya avanzó. Vuelva a cargar la página.")

    package static let importFileGone = PuenteError(
        .conflict, detail: "import_file_gone",
        en: "The file is not kept any more. Upload it again.",
        es: "El archivo ya no se conserva. Vuelva a subirlo.")

    package static let nothingToImport = PuenteError(
        .conflict, detail: "nothing_to_import",
        en: "No row of this list can be taken. Look at the reasons, mend the file and upload it again.",
        es: "No se puede aceptar ninguna fila de esta lista. Mire los motivos, corrija el archivo y vuelva a subirlo.")

    package static let importAtWork = PuenteError(
        .conflict, detail: "import_at_work",
        en: "Another import of yours is being written. Wait until it is done, or cancel it.",
        es: "Se está escribiendo otra importación suya. Espere a que termine o cancélela.")
}
