import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// What is kept of one person; given to them as a file, or erased. Looked at by everybody, acted upon by administrators.
struct PersonDataController: Sendable {
    private static let shownEntries = 10

    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/{id}/data") { visit in
            let listed = try await contact(visit)
            // An old link leads to whom the contact turned out to be.
            guard try visit.id() == listed else { return visit.redirect("/contacts/\(listed)/data") }
            let command = visit.flash(of: .people).flatMap { PersonDataPage.Command(rawValue: $0.command) }
            return try await answer(
                listed, visit, notice: command.map { PersonDataPage.outcome(of: $0, in: visit.page) })
        }
        routes.get("/fragments/contacts/{id}/exports") { visit in
            try visit.requireAdmin()
            let contact = try await contact(visit)
            return try await visit.answer(
                ExportList(try await exports(of: contact, visit), of: contact, in: visit.page))
        }
        routes.post("/contacts/{id}/exports") { _, visit in try await export(visit) }
        for command: RouterPath in ["/contacts/{id}/erasures", "/contacts/{id}/exports"] {
            routes.get(command) { visit in
                let contact: ContactID = try visit.id()
                return visit.redirect("/contacts/\(contact)/data")
            }
        }
        routes.post("/contacts/{id}/erasures") { form, visit in try await erase(form, visit) }
        routes.get("/exports/{id}") { visit in try await file(visit) }
        routes.get("/erasures/{id}") { visit in
            try await visit.answer(ErasurePage(try await erasure(visit), in: visit.page), at: .contacts)
        }
        routes.get("/fragments/erasures/{id}") { visit in
            try await visit.answer(ErasureReport(try await erasure(visit), in: visit.page))
        }
    }

    // MARK: The page

    private func contact(_ visit: Visit) async throws -> ContactID {
        guard let contact = try await visit.store.listedContact(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noPerson
        }
        return contact
    }

    private func answer(
        _ contact: ContactID, _ visit: Visit, draft: PersonDataPage.Draft = .init(), notice: OutcomeNotice? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let isAdmin = visit.staff.role == .admin
        let page = PersonDataPage(
            try await facts(of: contact, visit), heading: try await ContactReading(visit: visit).heading(of: contact),
            exports: isAdmin ? try await exports(of: contact, visit) : [],
            mayAct: isAdmin, draft: draft, notice: notice, in: visit.page)
        await visit.noteSeen(contact)
        return try await visit.answer(page, at: .contacts, status: status, path: "/contacts/\(contact)/data")
    }

    private func facts(of contact: ContactID, _ visit: Visit) async throws -> PersonDataFacts {
        let (store, workspace) = (visit.store, visit.workspace)
        guard let holdings = try await store.holdings(of: contact, in: workspace),
            let detail = try await store.contact(contact, in: workspace)
        else { throw PuenteError.noPerson }
        let rules = try await store.retentionRules(in: workspace).under(visit.parts.settings.retention)
        let audit =
            visit.staff.role == .admin
            ? try await store.audit(AuditQuery(contact: contact, limit: Self.shownEntries), in: workspace).items : nil
        return PersonDataFacts(
            holdings, rules: rules, records: detail.remoteRefs.map { CRMName.shown($0.name, kind: $0.kind) },
            audit: audit)
    }

    private func exports(of contact: ContactID, _ visit: Visit) async throws -> [ExportFacts] {
        try await visit.store.exports(of: contact, in: visit.workspace).map(ExportFacts.init)
    }

    // MARK: A copy

    private func export(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let contact = try await contact(visit)
        _ = try await visit.store.requestExport(
            of: contact, language: visit.page.language, by: visit.staff.name, in: visit.workspace)
        return visit.redirect(
            "/contacts/\(contact)/data", telling: FlashNotice(.people, PersonDataPage.Command.exports.rawValue))
    }

    private func file(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let id: PersonExportID = try visit.id()
        guard let export = try await visit.store.export(id, in: visit.workspace), export.state == .ready else {
            throw PuenteError.noSuchFile
        }
        try await visit.store.note(
            .exportTaken, of: export.contact.rawValue, by: visit.staff.name, in: visit.workspace)
        let path = ExportFolder(visit.parts.media).file(id, in: visit.workspace)
        return Response(
            status: .ok, headers: .personFile(export.contact),
            body: try await FileIO().loadFile(path: path, context: visit.visitor.context))
    }

    // MARK: Erasing

    private func erase(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let contact = try await contact(visit)
        guard let holdings = try await visit.store.holdings(of: contact, in: visit.workspace) else {
            throw PuenteError.noPerson
        }
        let typed = form["confirmation"] ?? ""
        let wish: ErasureWish = form["crm"] == "delete" ? .delete : .tell
        guard PersonDataPage.isConfirmed(typed, of: PersonFacts(holdings.person), in: visit.page) else {
            let draft = PersonDataPage.Draft(
                typed: typed, deletesInCRM: wish == .delete, error: PuenteError.notConfirmed.message)
            return try await answer(contact, visit, draft: draft, status: .unprocessableContent)
        }
        let begun = try await visit.store.erase(contact, wish: wish, by: visit.staff.name, in: visit.workspace)
        visit.parts.publish(begun.report)
        return visit.redirect("/erasures/\(begun.erasure)")
    }

    private func erasure(_ visit: Visit) async throws -> ErasureFacts {
        try visit.requireAdmin()
        guard let erasure = try await visit.store.erasure(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return ErasureFacts(erasure)
    }
}

extension HTTPFields {
    /// Of a person's file: its name says no more than our own id.
    static func personFile(_ contact: ContactID) -> HTTPFields {
        var fields = HTTPFields()
        fields[.contentType] = "application/zip"
        fields[.contentDisposition] = "attachment; filename=\"person-\(contact).zip\""
        fields[.cacheControl] = "no-store"
        return fields
    }
}

extension PuenteError {
    static let notConfirmed = PuenteError(
        .invalid, detail: "confirmation", en: "That is not what was asked for. Nobody was erased.",
        es: "No es lo que se pedía. No se borró a nadie.")
}
