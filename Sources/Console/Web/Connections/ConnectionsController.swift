import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Numbers and CRMs: how they are, tested live, paused and resumed; and the release after a restore.
struct ConnectionsController: Sendable {
    private static let path = "/connections"

    let checks: CheckBoard

    func add(to routes: ConsoleRoutes) {
        routes.get("/connections") { visit in
            try await answer(visit, notice: Self.notice(visit))
        }
        routes.get("/fragments/connections") { visit in
            let reading = try await ConnectionsReading(visit)
            return try await visit.answer(
                ConnectionList(
                    numbers: reading.numbers(checks), crms: reading.crms(checks), news: reading.news,
                    accountAlarms: reading.accountAlarms, in: visit.page))
        }
        routes.post("/connections/{id}/checks") { form, visit in try await check(form, visit) }
        routes.post("/connections/{id}/pauses") { _, visit in try await pause(visit) }
        routes.post("/connections/{id}/resumptions") { _, visit in try await resume(visit) }
        routes.post("/connections/alarms/{id}/dismissals") { _, visit in try await dismiss(visit) }
        routes.post("/connections/releases") { form, visit in try await release(form, visit) }
    }

    private func answer(
        _ visit: Visit, status: HTTPResponse.Status = .ok, notice: OutcomeNotice? = nil
    ) async throws -> Response {
        let reading = try await ConnectionsReading(visit)
        let page = ConnectionsPage(
            numbers: reading.numbers(checks), crms: reading.crms(checks), news: reading.news,
            accountAlarms: reading.accountAlarms, hold: reading.hold, notice: notice, in: visit.page)
        return try await visit.answer(
            page, at: .connections, status: status, path: visit.request.method == .get ? nil : Self.path)
    }

    private static func notice(_ visit: Visit) -> OutcomeNotice? {
        guard let flash = visit.flash(of: .connections), let command = ConnectionsPage.Command(rawValue: flash.command)
        else {
            return nil
        }
        return ConnectionsPage.outcome(of: command, in: visit.page)
    }

    // MARK: Commands

    private func done(_ command: ConnectionsPage.Command, _ visit: Visit) -> Response {
        visit.parts.changes.publish(.connections, in: visit.workspace)
        return visit.redirect(Self.path, telling: FlashNotice(.connections, command.rawValue))
    }

    /// Asks now. Whoever looks on sees it running; without scripts the page comes when it is done.
    /// A record is written for administrators only.
    private func check(_ form: Form, _ visit: Visit) async throws -> Response {
        let writes = form["writes"] == "yes"
        if writes { try visit.requireAdmin() }
        let subject = try await ConnectionsReading(visit).subject(try pathID(visit))
        guard checks.begin(subject.id) else { return done(.checks, visit) }
        visit.parts.changes.publish(.connections, in: visit.workspace)
        let found: [ConnectionFacts.Check]
        switch subject {
        case .number(let account): found = await visit.parts.checks.number(account.id)
        case .crm(let account): found = await visit.parts.checks.connection(account.id, writes)
        }
        checks.end(subject.id, found, at: visit.store.now())
        return done(.checks, visit)
    }

    private func pause(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let subject = try await ConnectionsReading(visit).subject(try pathID(visit))
        let (scope, key) = subject.ownPause
        let failure = CallFailure(
            kind: .accountWide, code: Pause.byPerson, scope: scope, vendorText: "",
            advice: .paused(subject.name, by: visit.staff.name))
        try await visit.store.pause(scope, key: key, in: visit.workspace, failure: failure, until: nil)
        return done(.pauses, visit)
    }

    /// Everything that stops it goes: its own pause, and one of its account that stops others as well.
    private func resume(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let reading = try await ConnectionsReading(visit)
        let subject = try reading.subject(try pathID(visit))
        for pause in reading.pauses(of: subject) {
            try await visit.store.resume(pause.scope, key: pause.key, in: visit.workspace)
        }
        visit.parts.wakeBoard.ring(subject.lanes)
        return done(.resumptions, visit)
    }

    /// Somebody has seen to what Meta did to an account. A colleague may have been faster.
    private func dismiss(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        guard let alarm = AlarmID(try pathID(visit)) else { throw PuenteError.noSuchPage }
        try await visit.store.dismissAccountAlarm(alarm, in: visit.workspace)
        return done(.dismissals, visit)
    }

    private func release(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        guard form["confirmed"] == "yes" else {
            return try await answer(
                visit, status: .unprocessableContent,
                notice: OutcomeNotice(.failure, LocalizedText.lookFirst[visit.page.language]))
        }
        let store = visit.store
        try await RestoreHold(store.database, ids: store.ids).release(now: store.now())
        let numbers = try await store.numbers(in: visit.workspace)
        visit.parts.wakeBoard.ring(Set(numbers.map { Lane.number($0.id) }))
        return done(.releases, visit)
    }

    private func pathID(_ visit: Visit) throws -> String {
        guard let id = visit.visitor.context.parameters.get("id").map({ String($0) }) else {
            throw PuenteError.noSuchPage
        }
        return id
    }
}

extension Visit {
    /// For what concerns the whole company.
    func requireAdmin() throws {
        guard staff.role == .admin else { throw PuenteError.adminsOnly }
    }
}

extension PuenteError {
    fileprivate static let adminsOnly = PuenteError(
        .forbidden, detail: "admins_only", en: "Only an administrator may do this. Ask one of them.",
        es: "Solo puede hacerlo una persona administradora. Pídaselo a una de ellas.")
}

extension LocalizedText {
    fileprivate static func paused(_ connection: String, by person: String) -> LocalizedText {
        LocalizedText(
            en: "\(person) paused “\(connection)”. Nothing leaves there until it is resumed.",
            es: "\(person) puso en pausa «\(connection)». No sale nada por ahí hasta que se reanude.")
    }

    fileprivate static let lookFirst = LocalizedText(
        en: "Nothing was released: first look through the dead letters, then say so here.",
        es: "No se liberó nada: primero revise los mensajes sin entregar y después confírmelo aquí.")
}
