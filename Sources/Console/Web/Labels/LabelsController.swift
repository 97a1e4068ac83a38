import Domain
import HTTPTypes
import Hummingbird
import Store

/// The company's labels: made, renamed, given another tone, deleted.
struct LabelsController: Sendable {
    private static let path = "/labels"

    func add(to routes: ConsoleRoutes) {
        routes.get("/labels") { visit in try await answer(visit, notice: Self.notice(visit)) }
        routes.post("/labels") { form, visit in try await save(nil, form, visit) }
        routes.post("/labels/{id}") { form, visit in try await save(try visit.id(), form, visit) }
        routes.post("/labels/{id}/deletions") { _, visit in try await delete(visit) }
    }

    private static func notice(_ visit: Visit) -> UndoableNotice? {
        guard let (name, undo) = visit.flash(of: .labels)?.undoable, let command = LabelsPage.Command(rawValue: name)
        else { return nil }
        return LabelsPage.outcome(of: command, undo: undo, in: visit.page)
    }

    private func answer(
        _ visit: Visit, draft: LabelsPage.Draft = .init(), notice: UndoableNotice? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let segments = try await visit.store.segments(in: visit.workspace)
        let rules = try await visit.store.labelRules(in: visit.workspace).map(\.rule)
        let labels = try await visit.store.labels(counting: true, in: visit.workspace).map { summary in
            var label = LabelFacts(summary)
            label.use = LabelFacts.Use(LabelUse(of: label.id, segments: segments, rules: rules))
            return label
        }
        let page = LabelsPage(labels, draft: draft, notice: notice, in: visit.page)
        return try await visit.answer(page, at: .contacts, status: status, path: Self.path)
    }

    private func save(_ id: LabelID?, _ form: Form, _ visit: Visit) async throws -> Response {
        var draft = LabelsPage.Draft(
            id: id, name: form["name"] ?? "", color: form["color"].flatMap { LabelColor(rawValue: $0) } ?? .gray)
        do {
            if let id {
                try await visit.store.changeLabel(
                    id, name: draft.name, color: draft.color, expecting: form.expected, in: visit.workspace,
                    by: visit.staff.name)
            } else {
                _ = try await visit.store.createLabel(
                    draft.name, color: draft.color, in: visit.workspace, by: visit.staff.name)
            }
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            draft.version = form.version(after: error)
            if error == .changedMeanwhile, let id {
                draft.isClash = true
                draft.author = try await visit.author(of: .label(id))
            }
            return try await answer(visit, draft: draft, status: error.code.formStatus)
        }
        let command: LabelsPage.Command = id == nil ? .created : .changed
        return visit.redirect(Self.path, telling: FlashNotice(.labels, command.rawValue))
    }

    /// A label that few have is gone with the answer; of one that many have the progress is shown.
    private func delete(_ visit: Visit) async throws -> Response {
        let id: LabelID = try visit.id()
        let change = try await visit.store.startBulk(
            .deleteLabel(label: id), on: .everybody, in: visit.workspace,
            by: visit.staff.name)
        guard try await visit.store.advanceBulk(change, in: visit.workspace) else {
            return visit.redirect("/bulk/\(change)")
        }
        return visit.redirect(
            Self.path, telling: FlashNotice(.labels, LabelsPage.Command.deleted.rawValue, undo: change))
    }
}

extension LabelFacts.Use {
    fileprivate init(_ use: LabelUse) {
        self.init(
            askers: use.segments.map { Asker(name: $0.name, url: "/segments/\($0.id)") }
                + use.rules.map { Asker(name: $0.name, url: "/label-rules/\($0.id)") },
            ownRules: use.ownRules.map(\.name))
    }
}
