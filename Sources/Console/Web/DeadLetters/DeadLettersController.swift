import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// The work that is left to people: looked through, tried again, mended, dismissed; one and many.
struct DeadLettersController: Sendable {
    private static let path = "/dead-letters"

    func add(to routes: ConsoleRoutes) {
        routes.get("/dead-letters") { visit in
            try await answer(visit, notice: Self.notice(visit))
        }
        routes.get("/fragments/dead-letters") { visit in
            let list = try await read(visit)
            return try await visit.answer(
                DeadLetterList(
                    list.facts, filter: list.filter, opened: list.opened, before: list.before, older: list.older,
                    in: visit.page))
        }
        routes.post("/dead-letters/retries") { form, visit in
            try await settle(.retries, form, visit) { [isConfirmed = form["confirmed"] == "yes"] in
                try await $0.retryDeadLetters($1, in: $2, by: $3, confirmed: isConfirmed)
            }
        }
        routes.post("/dead-letters/dismissals") { form, visit in
            try await settle(.dismissals, form, visit) { try await $0.dismissDeadLetters($1, in: $2, by: $3) }
        }
        routes.post("/dead-letters/{id}/corrections") { form, visit in try await mend(form, visit) }
    }

    // MARK: The list

    private struct List {
        let filter: DeadLetterFilter
        let opened: JobID?
        var facts: [DeadLetterFacts]
        let before: String?
        let older: String?
    }

    private func read(_ visit: Visit) async throws -> List {
        let filter = DeadLetterFilter(
            view: visit.query("view").flatMap { DeadLetterFilter.View(rawValue: $0) } ?? .all,
            connection: visit.query("connection").flatMap { ConnectionID($0) })
        return try await read(
            filter, before: visit.before, opened: visit.query("open").flatMap { JobID($0) }, visit)
    }

    private func read(
        _ filter: DeadLetterFilter, before: ListPosition? = nil, opened: JobID?, _ visit: Visit
    ) async throws -> List {
        let page = try await visit.store.deadLetters(
            filter.query(before: before, now: visit.page.now), in: visit.workspace)
        var letters = page.items
        // What a link leads to is shown, wherever in the list it stands.
        if let opened, !letters.contains(where: { $0.id == opened }),
            let letter = try await visit.store.deadLetter(opened, in: visit.workspace)
        {
            letters.insert(letter, at: 0)
        }
        let names = try await LaneNames(of: visit.workspace, in: visit.store)
        return List(
            filter: filter, opened: opened,
            facts: letters.map {
                DeadLetterFacts($0, names: names, habits: visit.habits, isAdmin: visit.staff.role == .admin)
            },
            before: before?.description, older: page.next?.description)
    }

    private func answer(
        _ visit: Visit, _ list: List? = nil, status: HTTPResponse.Status = .ok, notice: OutcomeNotice? = nil
    ) async throws -> Response {
        let shown: List
        if let list { shown = list } else { shown = try await read(visit) }
        let counts = try await visit.store.deadLetterCounts(in: visit.workspace)
        let page = DeadLettersPage(
            shown.facts, filter: shown.filter, counts: DeadLetterFilter.View.counts(counts), opened: shown.opened,
            before: shown.before, older: shown.older, notice: notice, in: visit.page)
        return try await visit.answer(
            page, at: .deadLetters, status: status, path: visit.request.method == .get ? nil : shown.filter.url())
    }

    private static func notice(_ visit: Visit) -> OutcomeNotice? {
        guard let flash = visit.flash(of: .deadLetters), let command = DeadLettersPage.Command(rawValue: flash.command)
        else {
            return nil
        }
        return DeadLettersPage.outcome(of: command, count: flash.count, left: flash.left, in: visit.page)
    }

    // MARK: Commands

    private typealias Settlement =
        @Sendable (Store, [JobID], WorkspaceID, String) async throws -> DeadLetterReport

    private func settle(
        _ command: DeadLettersPage.Command, _ form: Form, _ visit: Visit, _ settlement: Settlement
    ) async throws -> Response {
        let jobs: [JobID] = form.ids()
        let report = try await settlement(visit.store, jobs, visit.workspace, visit.staff.name)
        visit.publish(report)
        return visit.redirect(
            visit.returning(to: Self.path),
            telling: FlashNotice(
                .deadLetters, command.rawValue, count: report.settled.count, left: report.unconfirmed.count))
    }

    private func mend(_ form: Form, _ visit: Visit) async throws -> Response {
        let id: JobID = try visit.id()
        guard let letter = try await visit.store.deadLetter(id, in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        do {
            let mend = try DeadLetterCorrection(
                form, of: letter, region: visit.account.region, habits: visit.habits
            ).mend
            visit.publish(
                try await visit.store.mendDeadLetter(id, with: mend, in: visit.workspace, by: visit.staff.name))
            return visit.redirect(Self.path, telling: FlashNotice(.deadLetters, "corrections"))
        } catch let problem as PuenteError {
            return try await answerAgain(form, id, problem, visit)
        }
    }

    /// The same page with what was typed, and the sentence beside its field.
    private func answerAgain(
        _ form: Form, _ id: JobID, _ problem: PuenteError, _ visit: Visit
    ) async throws -> Response {
        var list = try await read(DeadLetterFilter(), opened: id, visit)
        guard let index = list.facts.firstIndex(where: { $0.id == id }), !list.facts[index].fields.isEmpty else {
            return try await answer(
                visit, list, status: .unprocessableContent,
                notice: OutcomeNotice(.failure, problem.message[visit.page.language]))
        }
        for place in list.facts[index].fields.indices {
            let name = list.facts[index].fields[place].name
            list.facts[index].fields[place].value = form[name] ?? list.facts[index].fields[place].value
            list.facts[index].fields[place].error = problem.message
        }
        return try await answer(visit, list, status: .unprocessableContent)
    }
}

extension Visit {
    /// Wakes what has work now, and tells open pages.
    fileprivate func publish(_ report: DeadLetterReport) {
        parts.wakeBoard.ring(report.lanes)
        parts.changes.publish(.deadLetters, in: workspace)
        parts.changes.publish(.ledger, in: workspace)
        report.conversations.forEach { parts.changes.publish(.conversation($0), in: workspace) }
    }
}
