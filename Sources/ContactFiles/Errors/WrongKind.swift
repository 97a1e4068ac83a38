internal import Domain

/// What a file is instead of a list of contacts. The raw value is the finer code of the refusal.
enum WrongKind: String, CaseIterable {
    case pdf, image, media, oldExcel, binaryExcel, openDocument, numbers, word, presentation, zip, archive
    case executable, database, richText, webPage, xml, json, unknown

    /// With its article, as the sentence needs it.
    var name: LocalizedText {
        switch self {
        case .pdf: LocalizedText(en: "a PDF document", es: "un documento PDF")
        case .image: LocalizedText(en: "a picture", es: "una imagen")
        case .media: LocalizedText(en: "a sound or video file", es: "un archivo de audio o vídeo")
        case .oldExcel:
            LocalizedText(
                en: "an old Excel workbook (.xls) or one with a password",
                es: "un libro de Excel antiguo (.xls) o con contraseña")
        case .binaryExcel: LocalizedText(en: "a binary Excel workbook (.xlsb)", es: "un libro de Excel binario (.xlsb)")
        case .openDocument: LocalizedText(en: "an OpenDocument file", es: "un archivo OpenDocument")
        case .numbers:
            LocalizedText(en: "a Numbers, Pages or Keynote file", es: "un archivo de Numbers, Pages o Keynote")
        case .word: LocalizedText(en: "a Word document", es: "un documento de Word")
        case .presentation: LocalizedText(en: "a PowerPoint presentation", es: "una presentación de PowerPoint")
        case .zip: LocalizedText(en: "a ZIP archive", es: "un archivo ZIP")
        case .archive: LocalizedText(en: "a compressed archive", es: "un archivo comprimido")
        case .executable: LocalizedText(en: "a program", es: "un programa")
        case .database: LocalizedText(en: "a database", es: "una base de datos")
        case .richText:
            LocalizedText(en: "a formatted text document (RTF)", es: "un documento de texto con formato (RTF)")
        case .webPage: LocalizedText(en: "a web page", es: "una página web")
        case .xml: LocalizedText(en: "an XML file", es: "un archivo XML")
        case .json: LocalizedText(en: "a JSON file", es: "un archivo JSON")
        case .unknown: LocalizedText(en: "a binary file", es: "un archivo binario")
        }
    }

    /// What the person does next.
    var remedy: LocalizedText {
        switch self {
        case .oldExcel, .binaryExcel, .openDocument, .numbers:
            LocalizedText(
                en:
                    "Open it in a spreadsheet program, save it as .xlsx without a password or as CSV, and choose that file.",
                es: "Ábralo en una hoja de cálculo, guárdelo como .xlsx sin contraseña o como CSV y elija ese archivo.")
        case .zip, .archive:
            LocalizedText(
                en: "Unpack it and choose the CSV, Excel (.xlsx) or vCard file inside.",
                es: "Descomprímalo y elija el archivo CSV, Excel (.xlsx) o vCard que contiene.")
        case .pdf, .image, .media, .word, .presentation, .executable, .database, .richText, .webPage, .xml, .json,
            .unknown:
            LocalizedText(
                en: "Export the list as CSV, Excel (.xlsx) or vCard and choose that file.",
                es: "Exporte la lista como CSV, Excel (.xlsx) o vCard y elija ese archivo.")
        }
    }
}
