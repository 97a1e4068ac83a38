import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Fields whose two sides differ, until somebody decides.
struct SyncConflictsController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/conflicts") { visit in
            let resolved = visit.flash(of: .syncConflicts)?.count
            return try await answer(try await ConnectionVisit(visit), contact: Self.contact(visit), resolved: resolved)
        }
        routes.get("/fragments/connections/{id}/conflicts") { visit in
            let crm = try await ConnectionVisit(visit)
            let contact = Self.contact(visit)
            let found = try await conflicts(of: contact, crm)
            return try await visit.answer(
                SyncConflictList(
                    crm.head, found.facts, contact: contact, before: visit.before?.description, older: found.older,
                    in: visit.page))
        }
        routes.post("/connections/{id}/conflicts/resolutions") { form, visit in try await resolve(form, visit) }
    }

    private static func contact(_ visit: Visit) -> ContactID? { visit.query("contact").flatMap { ContactID($0) } }

    private func conflicts(
        of contact: ContactID?, _ crm: ConnectionVisit
    ) async throws -> (facts: [SyncConflictFacts], older: String?) {
        let page = try await crm.store.syncConflicts(
            of: crm.crm.id, contact: contact, before: crm.visit.before, in: crm.workspace)
        let people = try await crm.people(page.items.map(\.contact))
        let names = try await crm.fieldNames()
        return (page.items.map { SyncConflictFacts($0, people[$0.contact], names) }, page.next?.description)
    }

    private func answer(
        _ crm: ConnectionVisit, contact: ContactID? = nil, outcome: SyncResolutionFacts? = nil, resolved: Int? = nil
    ) async throws -> Response {
        let visit = crm.visit
        let found = try await conflicts(of: contact, crm)
        var person: PersonFacts?
        if let contact { person = try await crm.people([contact])[contact] }
        let page = SyncConflictsPage(
            crm.head, found.facts, contact: contact, person: person, before: visit.before?.description,
            older: found.older, outcome: outcome, resolved: resolved, in: visit.page)
        return try await visit.answer(
            page, at: .connections, status: outcome == nil ? .ok : .unprocessableContent,
            path: visit.request.method == .get ? nil : crm.head.url("/conflicts"))
    }

    // MARK: Deciding

    private func resolve(_ form: Form, _ visit: Visit) async throws -> Response {
        let crm = try await ConnectionVisit(visit)
        let choice = try Self.choice(form)
        let ids: [SyncConflictID] = form.ids()
        let done =
            try await form["all"] == "yes"
            ? crm.desk.resolveAll(of: crm.crm.id, choosing: choice, by: visit.staff.name, in: crm.workspace)
            : crm.desk.resolve(ids, of: crm.crm.id, choosing: choice, by: visit.staff.name, in: crm.workspace)
        guard !done.refused.isEmpty else {
            return visit.redirect(
                visit.returning(to: crm.head.url("/conflicts")),
                telling: FlashNotice(.syncConflicts, "resolutions", count: min(done.resolved, 100_000)))
        }
        var typed: String?
        if case .value(let text) = choice { typed = text }
        // The head's count is of before.
        return try await answer(
            try await ConnectionVisit(visit),
            outcome: SyncResolutionFacts(resolved: done.resolved, refused: done.refused, typed: typed))
    }

    private static func choice(_ form: Form) throws -> SyncChoice {
        switch form["choice"] {
        case "ours": .ours
        case "theirs": .theirs
        case "value": .value(try Self.value(form))
        default: throw PuenteError.noChoice
        }
    }

    /// Blanks never overwrite: a field is emptied by choosing the side that is empty.
    private static func value(_ form: Form) throws -> String {
        // Forms write line breaks as CR LF.
        let text = (form["value"] ?? "").replacing("\r\n", with: "\n")
        guard !text.allSatisfy(\.isWhitespace) else { throw PuenteError.noChoice }
        return text
    }
}

extension SyncConflictFacts {
    init(_ conflict: SyncConflict, _ person: PersonFacts?, _ names: [FieldID: String]) {
        self.init(
            id: conflict.id, contact: conflict.contact, person: person, local: LocalFieldFacts(conflict.local, names),
            remote: conflict.remote, refusal: conflict.refusal, ours: conflict.ours, theirs: conflict.theirs,
            agreed: conflict.agreed, since: conflict.since)
    }
}

extension PuenteError {
    fileprivate static let noChoice = PuenteError(
        .invalid, detail: "choice", en: "Say which value is right.", es: "Diga qué valor es el correcto.")
}
