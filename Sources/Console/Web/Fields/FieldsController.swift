import Domain
import HTTPTypes
import Hummingbird
import Store

/// What the company wants to know of its customers: fields made, changed, moved, put away.
struct FieldsController: Sendable {
    private static let path = "/fields"

    func add(to routes: ConsoleRoutes) {
        routes.get("/fields") { visit in try await answer(visit, notice: Self.notice(visit)) }
        routes.post("/fields") { form, visit in try await create(form, visit) }
        routes.post("/fields/{id}") { form, visit in try await change(form, visit) }
        routes.post("/fields/{id}/moves") { form, visit in try await move(form, visit) }
        routes.post("/fields/{id}/archivings") { _, visit in try await setArchived(true, visit) }
        routes.post("/fields/{id}/restorings") { _, visit in try await setArchived(false, visit) }
        routes.post("/fields/{id}/choice-renames") { form, visit in try await renameChoice(form, visit) }
    }

    private static func notice(_ visit: Visit) -> UndoableNotice? {
        guard let (name, undo) = visit.flash(of: .fields)?.undoable, let command = FieldsPage.Command(rawValue: name)
        else { return nil }
        return FieldsPage.outcome(of: command, undo: undo, in: visit.page)
    }

    private func answer(
        _ visit: Visit, draft: FieldsPage.Draft = .init(), notice: UndoableNotice? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let fields = try await visit.store.fields(archived: true, counting: true, in: visit.workspace)
        let page = FieldsPage(
            fields.map { FieldFacts($0, in: visit.page.language) }, draft: draft, notice: notice, in: visit.page)
        return try await visit.answer(page, at: .contacts, status: status, path: Self.path)
    }

    private func done(_ command: FieldsPage.Command, undo: ChangeID? = nil, _ visit: Visit) -> Response {
        visit.redirect(Self.path, telling: FlashNotice(.fields, command.rawValue, undo: undo))
    }

    private func create(_ form: Form, _ visit: Visit) async throws -> Response {
        var draft = FieldsPage.Draft(
            name: form["name"] ?? "", kind: form["kind"].flatMap { FieldKind(rawValue: $0) } ?? .text,
            choices: form["choices"] ?? "")
        do {
            // What stands under choices of another kind was typed before the kind was chosen.
            let choices = draft.kind == .choice ? draft.choices.lines : []
            _ = try await visit.store.createField(
                FieldDraft(name: draft.name, kind: draft.kind, choices: choices), in: visit.workspace,
                by: visit.staff.name)
            return done(.created, visit)
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            return try await answer(visit, draft: draft, status: error.code.formStatus)
        }
    }

    private func change(_ form: Form, _ visit: Visit) async throws -> Response {
        let id: FieldID = try visit.id()
        var draft = FieldsPage.Draft(id: id, name: form["name"] ?? "", choices: form["choices"] ?? "")
        do {
            try await visit.store.changeField(
                id, name: draft.name, choices: draft.choices.lines, expecting: form.expected, in: visit.workspace,
                by: visit.staff.name)
            return done(.changed, visit)
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            draft.version = form.version(after: error)
            if error == .changedMeanwhile {
                draft.isClash = true
                draft.author = try await visit.author(of: .field(id))
            }
            return try await answer(visit, draft: draft, status: error.code.formStatus)
        }
    }

    private func move(_ form: Form, _ visit: Visit) async throws -> Response {
        guard let move = form["to"].flatMap({ Store.FieldMove(rawValue: $0) }) else { throw PuenteError.noSuchPage }
        try await visit.store.moveField(try visit.id(), move, in: visit.workspace, by: visit.staff.name)
        return done(.moved, visit)
    }

    private func setArchived(_ isArchived: Bool, _ visit: Visit) async throws -> Response {
        try await visit.store.setArchived(
            isArchived, field: try visit.id(), in: visit.workspace, by: visit.staff.name)
        return done(isArchived ? .archived : .restored, visit)
    }

    private func renameChoice(_ form: Form, _ visit: Visit) async throws -> Response {
        let id: FieldID = try visit.id()
        let (from, to) = (form["from"] ?? "", form["to"] ?? "")
        let change: ChangeID
        do {
            change = try await visit.store.startBulk(
                .renameChoice(field: id, from: from, to: to), on: .everybody, in: visit.workspace, by: visit.staff.name)
        } catch let error as PuenteError where error.isForForm {
            guard let field = try await visit.store.field(id, in: visit.workspace) else { throw error }
            var draft = FieldsPage.Draft(
                id: id, name: field.name, choices: field.choices.joined(separator: "\n"), error: error.message)
            draft.renaming = (from, to)
            return try await answer(visit, draft: draft, status: error.code.formStatus)
        }
        guard try await visit.store.advanceBulk(change, in: visit.workspace) else {
            return visit.redirect("/bulk/\(change)")
        }
        guard let bulk = try await visit.store.bulk(change, in: visit.workspace), bulk.progress.failure == nil else {
            return visit.redirect("/bulk/\(change)")
        }
        return done(.renamed, undo: change, visit)
    }
}

extension String {
    fileprivate var lines: [String] { split(whereSeparator: \.isNewline).map(String.init) }
}
