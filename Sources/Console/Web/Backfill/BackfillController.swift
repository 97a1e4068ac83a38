import Domain
import Hummingbird
import Pipeline
import Store

/// The back-fill of a CRM connection. For administrators; everybody sees how far it is.
struct BackfillController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/backfill") { visit in try await show(try await account(visit), .init(), visit) }
        routes.get("/fragments/connections/{id}/backfill") { visit in try await progress(visit) }
        routes.post("/connections/{id}/backfill") { form, visit in try await begin(form, visit) }
        routes.post("/connections/{id}/backfill/pauses") { _, visit in try await step(visit) { try await $0.pause($1) }
        }
        routes.post("/connections/{id}/backfill/resumptions") { _, visit in
            try await step(visit) { try await $0.resume($1) }
        }
        routes.post("/connections/{id}/backfill/stops") { _, visit in try await step(visit) { try await $0.stop($1) } }
        routes.post("/connections/{id}/backfill/undos") { _, visit in
            try await step(visit) { try await $0.undo($1, by: visit.staff.name) }
        }
    }

    private func account(_ visit: Visit) async throws -> ConnectionAccount {
        let name = visit.visitor.context.parameters.get("id").map { String($0) } ?? ""
        return try await BackfillDesk(store: visit.store).account(named: name, in: visit.workspace)
    }

    private func facts(_ account: ConnectionAccount, _ visit: Visit) async throws -> BackfillFacts {
        let newest = try await BackfillDesk(store: visit.store).newest(of: account)
        return BackfillFacts(
            slug: account.slug, name: CRMName.shown(account.slug, kind: account.kind),
            isReadable: BackfillDesk.isReadable(account),
            run: newest.map { BackfillFacts.Run($0, now: visit.page.now) })
    }

    private func show(
        _ account: ConnectionAccount, _ draft: BackfillPage.Draft = .init(), _ visit: Visit,
        failed error: PuenteError? = nil
    ) async throws -> Response {
        let facts = try await facts(account, visit)
        let page = BackfillPage(facts, of: try await ConnectionVisit(visit).head, draft: draft, in: visit.page)
        return try await visit.answer(
            page, at: .connections, status: error.map { $0.code.formStatus } ?? .ok,
            path: "/connections/\(account.slug)/backfill")
    }

    /// The page is loaded anew when what the fragment was drawn for has ended.
    private func progress(_ visit: Visit) async throws -> Response {
        let facts = try await facts(try await account(visit), visit)
        var response = try await visit.answer(BackfillProgress(facts, in: visit.page))
        if visit.query("state") != BackfillProgress.state(facts) { response.headers[.hxRefresh] = "true" }
        return response
    }

    private func begin(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let account = try await account(visit)
        var draft = BackfillPage.Draft()
        draft.makesContacts = form["make_contacts"] == "yes"
        draft.label = (form["label"] ?? "").trimmed
        draft.tellsCRM = form["tell_crm"] == "yes"
        draft.historySince = form["history_since"] ?? ""
        do {
            _ = try await BackfillDesk(store: visit.store).start(
                try draft.options(), of: account, by: visit.staff.name)
            return visit.redirect("/connections/\(account.slug)/backfill")
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            draft.wrong = ["label", "history_since"].first { $0 == error.detail }
            return try await show(account, draft, visit, failed: error)
        }
    }

    private func step(
        _ visit: Visit, _ take: (BackfillDesk, ConnectionAccount) async throws -> Void
    ) async throws -> Response {
        try visit.requireAdmin()
        let account = try await account(visit)
        try await take(BackfillDesk(store: visit.store), account)
        return visit.redirect("/connections/\(account.slug)/backfill")
    }
}

extension BackfillFacts.Run {
    fileprivate init(_ backfill: Backfill, now: Timestamp) {
        self.init(
            backfill.state, backfill.phase, counts: backfill.counts, done: backfill.done, expected: backfill.expected,
            share: backfill.share, rate: backfill.rate, left: backfill.left, trouble: backfill.trouble,
            undo: backfill.change.map { ImportFacts.Undo($0, isOver: backfill.state.isOver, now: now) } ?? .nothing)
    }
}

extension BackfillPage.Draft {
    fileprivate func options() throws -> BackfillOptions {
        var options = BackfillOptions()
        options.makesContacts = makesContacts
        options.label = label.isEmpty ? nil : label
        options.tellsCRM = tellsCRM
        guard !historySince.isEmpty else { return options }
        guard let since = Timestamp(day: historySince) else { throw PuenteError.wrongHistoryDay }
        options.historySince = since
        return options
    }
}

extension PuenteError {
    fileprivate static let wrongHistoryDay = PuenteError(
        .invalid, detail: "history_since", en: "Choose a day such as 2026-01-31.",
        es: "Elija un día como 2026-01-31.")
}
