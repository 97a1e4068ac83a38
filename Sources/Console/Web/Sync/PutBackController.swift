import Domain
import Hummingbird
import Pipeline
import Store

/// The time machine: single changes, one person, or everything of some days is put back.
struct PutBackController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/put-backs") { visit in try await ask(visit) }
        routes.post("/connections/{id}/put-backs") { form, visit in try await start(form, visit) }
        routes.get("/connections/{id}/put-backs/{run}") { visit in
            let crm = try await ConnectionVisit(visit)
            guard let run = try await run(crm) else { return visit.redirect(crm.head.url("/changes")) }
            return try await visit.answer(PutBackRunPage(crm.head, run, in: visit.page), at: .connections)
        }
        routes.get("/fragments/connections/{id}/put-backs/{run}") { visit in
            let crm = try await ConnectionVisit(visit)
            guard let run = try await run(crm) else { throw PuenteError.noSuchPage }
            return try await visit.answer(PutBackRunView(crm.head, run, in: visit.page))
        }
        routes.post("/connections/{id}/put-backs/{run}/stops") { _, visit in
            // Only days go on beside a page.
            try visit.requireAdmin()
            let crm = try await ConnectionVisit(visit)
            let id = visit.visitor.context.parameters.get("run").map { String($0) } ?? ""
            try await crm.desk.stop(id, in: crm.workspace)
            return visit.redirect(crm.head.url("/put-backs/\(QueryText.encode(id))"))
        }
    }

    // MARK: What is asked for

    private func ask(_ visit: Visit) async throws -> Response {
        let crm = try await ConnectionVisit(visit)
        let wish = try subject(
            visit, contact: visit.query("contact"), from: visit.query("from"), to: visit.query("to"))
        let scope = try await crm.desk.scope(of: wish.stored, crm.crm.id, in: crm.workspace)
        let facts = PutBackFacts(
            subject: try await wish.facts(crm), changes: scope?.changes ?? 0, fields: scope?.fields ?? 0,
            contacts: scope?.contacts ?? 0, isMore: scope?.isMore ?? false)
        return try await visit.answer(PutBackPage(crm.head, facts, in: visit.page), at: .connections)
    }

    /// What a form or an address names.
    /// - Throws: `invalid` where it names neither a person nor a day, `forbidden` for the days of anybody but an administrator.
    private func subject(_ visit: Visit, contact: String?, from: String?, to: String?) throws -> PutBackWish {
        if let contact {
            guard let id = ContactID(contact) else { throw PuenteError.noSuchPage }
            return PutBackWish(stored: .contact(id))
        }
        try visit.requireAdmin()
        let zone = visit.page.zone
        let (first, last) = (from.flatMap { DayBounds($0, in: zone) }, to.flatMap { DayBounds($0, in: zone) })
        guard first != nil || last != nil else { throw PuenteError.noSpan }
        // What happens from now on is not meant.
        let end = min(last?.until ?? visit.page.now, visit.page.now)
        return PutBackWish(
            stored: .span(from: first?.from ?? Timestamp(milliseconds: 0), to: end), from: first == nil ? nil : from,
            to: last == nil ? nil : to)
    }

    private func start(_ form: Form, _ visit: Visit) async throws -> Response {
        let crm = try await ConnectionVisit(visit)
        let changes: [SyncChangeID] = form.ids()
        let wish =
            try changes.isEmpty
            ? subject(visit, contact: form["contact"], from: form["from"], to: form["to"])
            : PutBackWish(stored: .changes(changes))
        let run = try await crm.desk.start(wish.stored, of: crm.crm.id, by: visit.staff.name, in: crm.workspace)
        guard case .changes = wish.stored, run.state == .ended, run.counts.refusals.isEmpty, run.counts.fields > 0
        else {
            return visit.redirect(crm.head.url("/put-backs/\(run.id)"))
        }
        return visit.redirect(
            visit.returning(to: crm.head.url("/changes")),
            telling: FlashNotice(.syncChanges, SyncChangesPage.Command.putBack.rawValue))
    }

    // MARK: What came of it

    /// Nil for one that is not known (any more).
    private func run(_ crm: ConnectionVisit) async throws -> PutBackRunFacts? {
        guard let id = crm.visit.visitor.context.parameters.get("run"),
            let run = try await crm.desk.run(String(id), in: crm.workspace), run.connection == crm.crm.id
        else { return nil }
        let counts = run.counts
        let people = try await crm.people(counts.refused.map(\.contact))
        return PutBackRunFacts(
            id: run.id, subject: try await PutBackWish(stored: run.subject).facts(crm),
            state: PutBackRunFacts.State(run.state), fields: counts.fields, contacts: counts.contacts,
            all: run.expected, refusals: counts.refusals,
            refused: counts.refused.map {
                PutBackRunFacts.Refused(
                    person: people[$0.contact], contact: $0.contact, remote: $0.remote, refusal: $0.refusal)
            }, knowsFields: run.knowsFields, mayStop: crm.visit.staff.role == .admin)
    }
}

/// What is to be put back, and the days as somebody wrote them.
private struct PutBackWish {
    let stored: PutBackSubject
    var from: String?
    var to: String?

    func facts(_ crm: ConnectionVisit) async throws -> PutBackFacts.Subject {
        switch stored {
        case .changes(let changes): .changes(changes.count)
        case .contact(let contact): .contact(contact, try await crm.people([contact])[contact])
        case .span(let since, let until): .days(from: from, to: to, since: since, until: until)
        }
    }
}

extension PutBackRunFacts.State {
    fileprivate init(_ state: PutBackRun.State) {
        switch state {
        case .running: self = .running
        case .ended: self = .ended
        case .stopped: self = .stopped
        case .failed: self = .failed
        }
    }
}

extension PuenteError {
    fileprivate static let noSpan = PuenteError(
        .invalid, detail: "span", en: "Choose a day first: from, until, or both.",
        es: "Elija antes un día: desde, hasta o ambos.")
}
