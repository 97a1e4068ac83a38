import Domain
import HTTPTypes
import Hummingbird
import Store

/// What is done to many contacts at once: chosen, begun, watched, stopped, put back.
struct BulkController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/bulk") { visit in
            let filter = try ContactsFilter.exactly { visit.query($0) }
            return try await answer(try await BulkForm(visit: visit).audience(filter), visit)
        }
        // The contacts that were chosen in a list.
        routes.post("/bulk/drafts") { form, visit in
            try await answer(try await BulkForm(visit: visit).audience(form), visit)
        }
        routes.post("/bulk") { form, visit in try await start(form, visit) }
        routes.get("/bulk/{id}") { visit in
            // What the list showed that it began from.
            try await visit.answer(
                BulkPage(try await facts(visit), from: ContactsFilter(visit), in: visit.page), at: .contacts)
        }
        routes.get("/fragments/bulk/{id}") { visit in
            try await visit.answer(BulkProgressView(try await facts(visit), in: visit.page))
        }
        routes.post("/bulk/{id}/stops") { _, visit in
            let id: ChangeID = try visit.id()
            try await visit.store.stopBulk(id, in: visit.workspace)
            return visit.redirect(visit.returning(to: "/bulk/\(id)"))
        }
        routes.post("/bulk/{id}/undo") { _, visit in try await undo(visit) }
        // Whoever loads a form for some anew shall not get one for everybody.
        routes.get("/bulk/drafts") { visit in visit.redirect("/contacts") }
    }

    private func facts(_ visit: Visit) async throws -> BulkFacts {
        guard let bulk = try await visit.store.bulk(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return BulkFacts(bulk, now: visit.page.now)
    }

    private func answer(
        _ audience: BulkAudience, _ visit: Visit, draft: BulkFormPage.Draft = .init(),
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let labels = try await visit.store.labels(in: visit.workspace).map { LabelFacts($0) }
        let fields = try await visit.store.fields(in: visit.workspace)
            .map { FieldFacts($0, in: visit.page.language) }
        let page = BulkFormPage(audience, draft: draft, labels: labels, fields: fields, in: visit.page)
        return try await visit.answer(page, at: .contacts, status: status, path: "/contacts")
    }

    /// Few are done with the answer; of many the progress is shown.
    private func start(_ form: Form, _ visit: Visit) async throws -> Response {
        let reading = BulkForm(visit: visit)
        var draft = reading.draft(form)
        do {
            let change = try await visit.store.startBulk(
                try await reading.action(draft), on: try await reading.selection(form), in: visit.workspace,
                by: visit.staff.name)
            try await visit.store.advanceBulk(change, in: visit.workspace)
            let origin = form["everybody"] == "yes" ? ContactsFilter { form[$0] } : ContactsFilter()
            return visit.redirect(origin.url("/bulk/\(change)"))
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            return try await answer(
                try await reading.audience(form), visit, draft: draft, status: error.code.formStatus)
        }
    }

    /// A bulk action is put back beside the work; a small change at once. Imports and merges are put back where they were
    /// made, by those who may.
    private func undo(_ visit: Visit) async throws -> Response {
        let id: ChangeID = try visit.id()
        guard let change = try await visit.store.change(id, in: visit.workspace),
            change.kind == .bulk || change.kind == .edit
        else { throw PuenteError.noSuchPage }
        guard change.kind == .bulk else {
            let rows = try await visit.store.rows(of: id, limit: 1, in: visit.workspace)
            _ = try await visit.store.undo(id, in: visit.workspace, by: visit.staff.name)
            if rows.items.first?.facts == [.other("label_rule")] {
                return visit.redirect(
                    "/label-rules", telling: FlashNotice(.labelRules, LabelRulesPage.Command.restored.rawValue))
            }
            return visit.redirect(
                "/segments", telling: FlashNotice(.segments, SegmentsPage.Command.restored.rawValue))
        }
        _ = try await visit.store.beginUndo(id, in: visit.workspace, by: visit.staff.name)
        return visit.redirect(visit.returning(to: "/bulk/\(id)"))
    }
}

extension BulkFacts {
    init(_ bulk: BulkChange, now: Timestamp) {
        let (change, progress) = (bulk.change, bulk.progress)
        self.init(
            id: change.id, title: change.title, actor: change.actor, at: change.at, state: State(change.state),
            seen: progress.seen, changed: progress.changed, total: progress.total, rate: progress.rate,
            left: progress.left, isStoppable: progress.isStoppable, isStopped: progress.isStopped,
            failure: progress.failure, undoUntil: change.undoUntil, isUndoable: change.isUndoable(at: now),
            rows: change.rows, undoneRows: change.undoneRows, keptRows: change.keptRows)
    }
}

extension BulkFacts.State {
    fileprivate init(_ state: ChangeSummary.State) {
        switch state {
        case .open: self = .running
        case .done: self = .done
        case .undoing: self = .undoing
        case .undone: self = .undone
        }
    }
}
