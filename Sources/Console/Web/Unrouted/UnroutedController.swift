import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// What Meta sent that found no place: looked at, routed again, dismissed.
struct UnroutedController: Sendable {
    private static let path = "/unrouted"

    func add(to routes: ConsoleRoutes) {
        routes.get("/unrouted") { visit in
            try await answer(visit, notice: Self.notice(visit))
        }
        routes.get("/fragments/unrouted") { visit in
            let (facts, filter, older) = try await read(visit)
            return try await visit.answer(
                UnroutedList(facts, filter: filter, before: visit.before?.description, older: older, in: visit.page))
        }
        routes.get("/unrouted/{id}/body") { visit in try await body(visit) }
        routes.post("/unrouted/routings") { form, visit in
            try await settle(.routings, form, visit) { store, selection, workspace, staff in
                try await store.routeAgain(selection, in: workspace, by: staff)
            }
        }
        routes.post("/unrouted/dismissals") { form, visit in
            try await settle(.dismissals, form, visit) { store, selection, workspace, staff in
                try await store.dismissUnrouted(selection, in: workspace, by: staff)
            }
        }
    }

    // MARK: The list

    private func read(
        _ visit: Visit
    ) async throws -> (facts: [UnroutedFacts], filter: UnroutedFilter, older: String?) {
        let filter = UnroutedFilter(
            state: visit.query("state").flatMap { UnroutedFilter.State(rawValue: $0) } ?? .open,
            reason: visit.query("reason").flatMap { UnroutedReason(rawValue: $0) },
            kind: visit.query("kind").flatMap { UnroutedFilter.Kind(rawValue: $0) })
        let page = try await visit.store.unrouted(filter.query(before: visit.before), in: visit.workspace)
        let subjects = try await UnroutedSubjects(store: visit.store, thread: visit.parts.drawing).of(
            page.items, in: visit.workspace)
        return (page.items.map { UnroutedFacts($0, about: subjects[$0.id]) }, filter, page.next?.description)
    }

    private func answer(
        _ visit: Visit, status: HTTPResponse.Status = .ok, notice: OutcomeNotice? = nil
    ) async throws -> Response {
        let (facts, filter, older) = try await read(visit)
        let counts = try await visit.store.unroutedCounts(in: visit.workspace)
        let value = UnroutedPage(
            facts, filter: filter, counts: counts.byReason, before: visit.before?.description, older: older,
            notice: notice, in: visit.page)
        return try await visit.answer(
            value, at: .unrouted, status: status, path: visit.request.method == .get ? nil : Self.path)
    }

    private static func notice(_ visit: Visit) -> OutcomeNotice? {
        guard let flash = visit.flash(of: .unrouted), let command = UnroutedPage.Command(rawValue: flash.command) else {
            return nil
        }
        return UnroutedPage.outcome(of: command, count: flash.count, in: visit.page)
    }

    // MARK: The body

    /// The whole body as it came: text, whatever it holds, and nothing in it runs.
    private func body(_ visit: Visit) async throws -> Response {
        let id: UnroutedID = try visit.id()
        guard let detail = try await visit.store.unroutedEntry(id, in: visit.workspace), let body = detail.body else {
            throw PuenteError.noBody
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8",
                .contentDisposition: "inline; filename=\"\(id).json\"",
                .contentSecurityPolicy: "sandbox; default-src 'none'",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    // MARK: Commands

    private typealias Settlement =
        @Sendable (Store, UnroutedSelection, WorkspaceID, StaffID) async throws -> Int

    private func settle(
        _ command: UnroutedPage.Command, _ form: Form, _ visit: Visit, _ settlement: Settlement
    ) async throws -> Response {
        do {
            let count = try await settlement(visit.store, .ids(form.ids()), visit.workspace, visit.staff.id)
            visit.parts.wakeBoard.ring(.intake)
            visit.parts.changes.publish(.unrouted, in: visit.workspace)
            visit.parts.changes.publish(.ledger, in: visit.workspace)
            return visit.redirect(
                visit.returning(to: Self.path), telling: FlashNotice(.unrouted, command.rawValue, count: count))
        } catch let problem as PuenteError {
            return try await answer(
                visit, status: .unprocessableContent,
                notice: OutcomeNotice(.failure, problem.message[visit.page.language]))
        }
    }
}

extension UnroutedFacts {
    init(_ entry: UnroutedEntry, about subject: UnroutedSubject?) {
        self.init(
            id: entry.id, reason: entry.reason ?? .unknownField, field: entry.field.isEmpty ? nil : entry.field,
            subject: subject?.shown(for: entry.reason), app: entry.app, excerpt: entry.excerpt,
            receivedAt: entry.receivedAt, settled: Settled(entry))
    }
}

extension UnroutedFacts.Settled {
    fileprivate init?(_ entry: UnroutedEntry) {
        guard let at = entry.settledAt else { return nil }
        switch entry.state {
        case .open: return nil
        case .dismissed: self.init(state: .dismissed, by: entry.settledBy, at: at)
        case .routed: self.init(state: .routed, by: entry.settledBy, at: at)
        }
    }
}

extension UnroutedFilter {
    fileprivate func query(before: ListPosition?) -> UnroutedQuery {
        let state: UnroutedEntry.State =
            switch state {
            case .open: .open
            case .dismissed: .dismissed
            case .routed: .routed
            }
        let kind: UnroutedEntry.Kind? =
            switch kind {
            case .body: .body
            case .message: .message
            case .status: .status
            case .other: .other
            case nil: nil
            }
        return UnroutedQuery(state: state, reason: reason, kind: kind, before: before)
    }
}

extension PuenteError {
    fileprivate static let noBody = PuenteError(
        .notFound, detail: "body_pruned",
        en: "The body of this entry is not kept any more: bodies are removed after the time that is set for them.",
        es: "El cuerpo de esta entrada ya no se conserva: se elimina pasado el plazo configurado.")
}
