internal import Domain

/// Why a workbook is not read. `detail` is the finer code.
extension PuenteError {
    /// - Parameter part: the file inside the workbook that is damaged, empty when it is the archive itself.
    static func workbookDamaged(_ part: String = "") -> PuenteError {
        let inside = part.isEmpty ? "" : " (\(part))"
        return PuenteError(
            .invalid, detail: "workbook_damaged",
            en: "The Excel file is damaged or incomplete\(inside). Save it again in Excel, or as CSV.",
            es: "El archivo de Excel está dañado o incompleto\(inside). Guárdelo otra vez en Excel, o como CSV.")
    }

    static var workbookEncrypted: PuenteError {
        PuenteError(
            .invalid, detail: "workbook_encrypted",
            en: "The Excel file is protected by a password. Save it without one.",
            es: "El archivo de Excel está protegido con contraseña. Guárdelo sin ella.")
    }

    static var workbookBomb: PuenteError {
        PuenteError(
            .tooLarge, detail: "workbook_unpacks_too_large",
            en: "The Excel file unpacks to far more than a list of contacts. Save the sheet as CSV.",
            es:
                "El archivo de Excel ocupa al descomprimirse mucho más que una lista de contactos. Guarde la hoja como CSV."
        )
    }

    static var workbookHasEntities: PuenteError {
        PuenteError(
            .invalid, detail: "workbook_has_entities",
            en: "The Excel file holds XML definitions that no spreadsheet program writes. Save the sheet as CSV.",
            es: "El archivo de Excel contiene definiciones XML que ninguna hoja de cálculo escribe. Guárdela como CSV.")
    }

    static var workbookHasNoSheet: PuenteError {
        PuenteError(
            .invalid, detail: "no_such_sheet",
            en: "The workbook has no such sheet. Choose one of its sheets.",
            es: "El libro no tiene esa hoja. Elija una de sus hojas.")
    }

    static func spillFailed(reason: String) -> PuenteError {
        PuenteError(
            .unavailable, detail: "spill_failed",
            en: "There is no room to unpack the Excel file: \(reason). Free some disk space and try again.",
            es:
                "No hay espacio para descomprimir el archivo de Excel: \(reason). Libere espacio en disco e inténtelo otra vez."
        )
    }
}
