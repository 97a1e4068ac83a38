import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Other credentials for a connection, and its end. For administrators; what puente.yaml names is changed there.
struct ConnectionCredentialsController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/credentials") { visit in
            let crm = try await connection(visit)
            guard !crm.crm.isProvisioned else {
                return try await visit.answer(WizardProvisionedPage(crm.head, in: visit.page), at: .connections)
            }
            var facts = try await facts(crm)
            facts.version = crm.crm.version.description
            return try await visit.show(facts)
        }
        routes.post("/connections/{id}/credentials") { form, visit in try await change(form, visit) }
        routes.post("/connections/{id}/switches") { form, visit in
            let crm = try await connection(visit)
            let isOn = form["to"] == "on"
            try await visit.parts.connections.turn(crm.crm.id, on: isOn, in: visit.workspace, by: visit.staff.name)
            return done(isOn ? .switchedOn : .switchedOff, visit)
        }
        routes.post("/connections/{id}/deletions") { _, visit in
            let crm = try await connection(visit)
            try await visit.parts.connections.remove(crm.crm.id, in: visit.workspace, by: visit.staff.name)
            return done(.removed, visit)
        }
    }

    private func connection(_ visit: Visit) async throws -> ConnectionVisit {
        try visit.requireAdmin()
        return try await ConnectionVisit(visit)
    }

    /// What was saved is tried: whoever gave a wrong token reads so here, not in an alarm.
    private func changed(_ draft: ConnectionDraft, _ visit: Visit) async throws -> Response {
        let crm = try await connection(visit)
        let trial = try await visit.parts.connections.test(draft, changing: crm.crm.id, in: visit.workspace)
        guard trial.contains(where: { $0.state == .failed }) else { return done(.credentials, visit) }
        visit.parts.changes.publish(.connections, in: visit.workspace)
        var facts = try await facts(crm)
        facts.version = crm.crm.version.description
        facts.trial = trial
        facts.isSavedAllTheSame = true
        return try await visit.show(facts)
    }

    private func done(_ command: ConnectionsPage.Command, _ visit: Visit) -> Response {
        visit.parts.changes.publish(.connections, in: visit.workspace)
        return visit.redirect("/connections", telling: FlashNotice(.connections, command.rawValue))
    }

    /// As it is kept, without its secrets.
    private func facts(_ crm: ConnectionVisit) async throws -> WizardFacts {
        let shown = try await crm.visit.parts.connections.shown(crm.crm.id, in: crm.workspace)
        var facts = WizardFacts(shown.draft, connection: crm.head, name: crm.crm.name)
        facts.kept = shown.kept
        facts.isOn = crm.crm.state == .connected
        return facts
    }

    private func change(_ form: Form, _ visit: Visit) async throws -> Response {
        let crm = try await connection(visit)
        var facts = try await facts(crm)
        let typed = WizardForm(form, facts.kind)
        facts.values = typed.draft.values
        facts.dropped = typed.draft.dropped
        facts.version = form["version"]
        do {
            let draft = try await visit.parts.connections.exchanged(
                typed.draft, changing: crm.crm.id, in: visit.workspace)
            facts.values = draft.values
            guard typed.isTest else {
                try await visit.parts.connections.change(
                    crm.crm.id, draft, expecting: form.expected, in: visit.workspace, by: visit.staff.name)
                // Another account may be behind it.
                visit.parts.mappings.forgetFields(of: crm.crm.id)
                return try await changed(draft, visit)
            }
            facts.trial = try await visit.parts.connections.test(draft, changing: crm.crm.id, in: visit.workspace)
            return try await visit.show(facts)
        } catch {
            guard facts.note(error) else { throw error }
            // Who saves again has seen what somebody else saved.
            if error as? PuenteError == .changedMeanwhile { facts.version = crm.crm.version.description }
            return try await visit.show(facts, status: .unprocessableContent)
        }
    }
}
