import Domain
import Hummingbird
import Pipeline
import Store

/// Contacts as a file: everybody, or whom the table shows. For administrators: it is everybody whom the company knows.
struct ContactExportController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/export") { visit in
            try visit.requireAdmin()
            let filter = try ContactsFilter.exactly { visit.query($0) }
            guard let asked = visit.query("format") else { return try await page(filter, visit) }
            guard let format = ContactExport.Format(rawValue: asked) else { throw PuenteError.noSuchPage }
            return try await file(format, filter, visit)
        }
    }

    private func page(_ filter: ContactsFilter, _ visit: Visit) async throws -> Response {
        try await visit.answer(
            ExportPage(try await BulkForm(visit: visit).audience(filter), in: visit.page), at: .contacts)
    }

    private func file(
        _ format: ContactExport.Format, _ filter: ContactsFilter, _ visit: Visit
    ) async throws -> Response {
        let export = ContactExport(
            format, of: visit.workspace, selection: try await BulkForm(visit: visit).selection(filter),
            fields: try await visit.store.importWords(in: visit.workspace).fields, isForSpreadsheets: true,
            store: visit.store)
        try await visit.store.note(
            .contactsExported, of: visit.workspace.rawValue, by: visit.staff.name, in: visit.workspace,
            detail: ["format": format.rawValue])
        let name = LocalizedText(en: "Contacts", es: "Contactos")[visit.page.language]
        return .download("\(name) \(visit.page.now.day).\(format.fileExtension)", type: format.contentType, export)
    }
}
