import Domain
import Hummingbird
import Pipeline
import Store

/// All contacts as a file, or those with one label. For administrators: it is everybody whom the company knows.
struct ContactExportController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/export") { visit in
            try visit.requireAdmin()
            let format = visit.query("format").flatMap { ContactExport.Format(rawValue: $0) } ?? .csv
            let export = ContactExport(
                format, of: visit.workspace, filter: ContactExportFilter(label: visit.query("label")),
                fields: try await visit.store.importWords(in: visit.workspace).fields, isForSpreadsheets: true,
                store: visit.store)
            try await visit.store.note(
                .contactsExported, of: visit.workspace.rawValue, by: visit.staff.name, in: visit.workspace,
                detail: ["format": format.rawValue])
            let name = LocalizedText(en: "Contacts", es: "Contactos")[visit.page.language]
            return .download(
                "\(name) \(visit.page.now.day).\(format.fileExtension)", type: format.contentType, export)
        }
    }
}
