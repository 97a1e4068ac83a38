import Domain
import HTTPTypes
import Hummingbird
import Store

/// What people changed about customers: looked at, and put back.
struct ChangesController: Sendable {
    private static let path = "/changes"

    func add(to routes: ConsoleRoutes) {
        routes.get("/changes") { visit in
            let kind = Self.kind(visit)
            let found = try await changes(kind, visit)
            return try await visit.answer(
                ChangesPage(
                    found.facts, kind: kind, before: visit.before?.description, older: found.older,
                    notice: Self.notice(visit), in: visit.page), at: .contacts)
        }
        routes.get("/fragments/changes") { visit in
            let kind = Self.kind(visit)
            let found = try await changes(kind, visit)
            return try await visit.answer(
                ChangesList(
                    found.facts, kind: kind, before: visit.before?.description, older: found.older, in: visit.page))
        }
        routes.get("/changes/{id}") { visit in try await change(visit) }
        routes.get("/fragments/changes/{id}") { visit in
            try await visit.answer(ChangeHead(try await facts(visit), in: visit.page))
        }
        routes.post("/changes/{id}/undos") { _, visit in try await undo(visit) }
    }

    private static func kind(_ visit: Visit) -> ChangeFacts.Kind? {
        visit.query("kind").flatMap { ChangeFacts.Kind(rawValue: $0) }
    }

    private func changes(
        _ kind: ChangeFacts.Kind?, _ visit: Visit
    ) async throws -> (facts: [ChangeFacts], older: String?) {
        let kinds = kind.map { [$0.stored] } ?? ChangeDraft.Kind.allCases
        let page = try await visit.store.changes(of: Set(kinds), before: visit.before, in: visit.workspace)
        return (page.items.map { ChangeFacts($0, now: visit.page.now) }, page.next?.description)
    }

    private func facts(_ visit: Visit) async throws -> ChangeFacts {
        let id: ChangeID = try visit.id()
        guard let change = try await visit.store.change(id, in: visit.workspace) else { throw PuenteError.noSuchPage }
        return ChangeFacts(change, now: visit.page.now)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let facts = try await facts(visit)
        let show = visit.query("show").flatMap { ChangePage.Show(rawValue: $0) } ?? .all
        let rows = try await visit.store.rows(
            of: facts.id, kept: show == .kept, after: visit.query("after").flatMap { ListPosition($0) },
            in: visit.workspace)
        let people = try await visit.store.persons(Set(rows.items.compactMap(\.contact)), in: visit.workspace)
        let page = ChangePage(
            facts, rows: rows.items.map { ChangeRowFacts($0, in: visit.page) },
            names: people.mapValues(PersonFacts.init), showing: show, next: rows.next?.description,
            notice: Self.notice(visit), in: visit.page)
        return try await visit.answer(page, at: .contacts)
    }

    /// A short change is put back at once; of a long one the page shows how far it is.
    private func undo(_ visit: Visit) async throws -> Response {
        let id: ChangeID = try visit.id()
        let (change, report) = try await visit.store.startUndoTelling(id, in: visit.workspace, by: visit.staff.name)
        visit.parts.publish(report)
        let command: ChangesPage.Command = change.state == .undone ? .undone : .undoing
        let most = 100_000
        return visit.redirect(
            visit.returning(to: Self.path),
            telling: FlashNotice(
                .changes, command.rawValue, count: min(change.undoneRows, most), left: min(change.keptRows, most)))
    }

    private static func notice(_ visit: Visit) -> OutcomeNotice? {
        guard let flash = visit.flash(of: .changes), let command = ChangesPage.Command(rawValue: flash.command) else {
            return nil
        }
        return ChangesPage.outcome(of: command, count: flash.count, left: flash.left, in: visit.page)
    }
}
