internal import Domain

/// Why a file as a whole is not read. `detail` is the finer code.
extension PuenteError {
    static func wrongKindOfFile(_ kind: WrongKind) -> PuenteError {
        PuenteError(
            .invalid, detail: "wrong_kind.\(kind.rawValue)",
            en: "This file is \(kind.name.en), not a list of contacts. \(kind.remedy.en)",
            es: "Este archivo es \(kind.name.es), no una lista de contactos. \(kind.remedy.es)")
    }

    static var contactFileEmpty: PuenteError {
        PuenteError(
            .invalid, detail: "file_empty",
            en: "The file is empty. Choose the file that holds the contacts.",
            es: "El archivo está vacío. Elija el archivo que contiene los contactos.")
    }

    static func contactFileTooLarge(maxBytes: Int) -> PuenteError {
        PuenteError(
            .tooLarge, detail: "file_too_large",
            en: "The file is larger than \(size(maxBytes)). Divide it and import the parts one after the other.",
            es: "El archivo ocupa más de \(size(maxBytes)). Divídalo e importe las partes una tras otra.")
    }

    static func contactFileUnreadable(reason: String) -> PuenteError {
        PuenteError(
            .unavailable, detail: "file_unreadable",
            en: "The file could not be read: \(reason). Try again, or choose it anew.",
            es: "No se pudo leer el archivo: \(reason). Inténtelo de nuevo o vuelva a elegirlo.")
    }

    static func tooManyColumns(max: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "too_many_columns",
            en: "The file has more than \(max) columns. Delete those that do not belong to the contacts.",
            es: "El archivo tiene más de \(max) columnas. Borre las que no correspondan a los contactos.")
    }

    static func tooManyRows(max: Int) -> PuenteError {
        PuenteError(
            .tooLarge, detail: "too_many_rows",
            en: "The file has more than \(grouped(max, ",")) rows. Divide it and import the parts one after the other.",
            es: "El archivo tiene más de \(grouped(max, ".")) filas. Divídalo e importe las partes una tras otra.")
    }

    private static func grouped(_ number: Int, _ mark: Character) -> String {
        let digits = Array(String(number))
        return String(
            digits.indices.flatMap { index in
                index > 0 && (digits.count - index) % 3 == 0 ? [mark, digits[index]] : [digits[index]]
            })
    }

    static var contactFileIsFolder: PuenteError {
        PuenteError(
            .invalid, detail: "file_is_folder",
            en: "This is a folder or a device, not a file. Choose the file that holds the contacts.",
            es: "Esto es una carpeta o un dispositivo, no un archivo. Elija el archivo que contiene los contactos.")
    }

    static var noRows: PuenteError {
        PuenteError(
            .invalid, detail: "no_rows",
            en: "The file has headings at most and no rows below them. Choose the file that holds the contacts.",
            es:
                "El archivo tiene como mucho títulos y ninguna fila debajo. Elija el archivo que contiene los contactos."
        )
    }

    static func encodingUnavailable(_ encoding: TextEncoding) -> PuenteError {
        PuenteError(
            .unavailable, detail: "encoding_unavailable",
            en: "This machine cannot read \(encoding.name). Save the file as UTF-8.",
            es: "Esta máquina no puede leer \(encoding.name). Guarde el archivo en UTF-8.")
    }

    static func exportFailed(reason: String) -> PuenteError {
        PuenteError(
            .unavailable, detail: "export_failed",
            en: "The file could not be written: \(reason). Free some disk space and try again.",
            es: "No se pudo escribir el archivo: \(reason). Libere espacio en disco e inténtelo de nuevo.")
    }
}
