import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Connects a CRM: chosen, typed, tried live, saved. For administrators.
struct ConnectionWizardController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/new") { visit in
            try visit.requireAdmin()
            return try await visit.answer(WizardKindsPage(in: visit.page), at: .connections)
        }
        routes.get("/connections/new/{kind}") { visit in
            let kind = try kind(visit)
            var facts = WizardFacts(
                kind, name: try await visit.parts.connections.freeName(for: kind, in: visit.workspace))
            facts.values = visit.parts.connections.suggestions(for: kind)
            if kind == .zoho, let center = visit.query("data_center"), WizardFacts.dataCenters.contains(center) {
                facts.values[.dataCenter] = center
            }
            return try await visit.show(facts)
        }
        routes.post("/connections/new/{kind}") { form, visit in
            let kind = try kind(visit)
            let form = WizardForm(form, kind)
            return form.isTest ? try await test(form, visit) : try await save(form, visit)
        }
    }

    private func kind(_ visit: Visit) throws -> ConnectorKind {
        try visit.requireAdmin()
        guard let word = visit.visitor.context.parameters.get("kind"), let kind = ConnectorKind(rawValue: String(word))
        else { throw PuenteError.noSuchPage }
        return kind
    }

    private func test(_ form: WizardForm, _ visit: Visit) async throws -> Response {
        var facts = WizardFacts(form.draft, name: form.name)
        do {
            let draft = try await visit.parts.connections.exchanged(form.draft, in: visit.workspace)
            facts.values = draft.values
            facts.trial = try await visit.parts.connections.test(draft, in: visit.workspace)
            return try await visit.show(facts)
        } catch {
            guard facts.note(error) else { throw error }
            return try await visit.show(facts, status: .unprocessableContent)
        }
    }

    /// Tried first, so that the page can say how it is: a CRM that is away for an hour keeps nobody from saving. What the vendor
    /// is to call may hold a secret: it is shown in this answer and nowhere else.
    private func save(_ form: WizardForm, _ visit: Visit) async throws -> Response {
        var facts = WizardFacts(form.draft, name: form.name)
        do {
            let draft = try await visit.parts.connections.exchanged(form.draft, in: visit.workspace)
            facts.values = draft.values
            facts.trial = try await visit.parts.connections.test(draft, isSaving: true, in: visit.workspace)
            let id = try await visit.parts.connections.create(
                draft, named: form.name, in: visit.workspace, by: visit.staff.name)
            visit.parts.changes.publish(.connections, in: visit.workspace)
            facts.publicURL = visit.parts.settings.publicURL
            return try await visit.answer(
                WizardMadePage(facts, id: id, in: visit.page), at: .connections, path: "/connections")
        } catch {
            guard facts.note(error) else { throw error }
            return try await visit.show(facts, status: .unprocessableContent)
        }
    }
}
