import Domain
import HTTPTypes
import Hummingbird
import Secrets
import Store

/// A person's own sign-in.
struct AccountController: Sendable {
    private static let path = "/account"

    func add(to routes: ConsoleRoutes) {
        routes.get("/account") { visit in
            let command = visit.flash(of: .account).flatMap { AccountPage.Command(rawValue: $0.command) }
            return try await answer(visit, notice: command.map { AccountPage.outcome(of: $0, in: visit.page) })
        }
        routes.post("/account/passwords") { form, visit in try await changePassword(form, visit) }
        routes.post("/account/sessions") { _, visit in
            try await visit.store.endOtherSessions(of: visit.staff.id, keeping: visit.session, in: visit.workspace)
            return visit.redirect(Self.path, telling: FlashNotice(.account, AccountPage.Command.sessions.rawValue))
        }
    }

    private func answer(
        _ visit: Visit, problem: AccountPage.Problem? = nil, notice: OutcomeNotice? = nil
    ) async throws -> Response {
        let open = try await visit.store.openSessions(of: visit.staff.id, in: visit.workspace)
        let page = AccountPage(
            StaffFacts(visit.staff, reader: visit.staff.id), others: max(0, open - 1), problem: problem, notice: notice,
            in: visit.page)
        return try await visit.answer(
            page, at: nil, status: problem == nil ? .ok : .unprocessableContent, path: Self.path)
    }

    /// Whoever finds an open browser cannot change the password without knowing it, nor guess it here.
    private func changePassword(_ form: Form, _ visit: Visit) async throws -> Response {
        let (store, staff) = (visit.store, visit.staff)
        let subject = SignInSubject.account(staff.email)
        if let until = try await store.signInBlockedUntil([subject]) {
            return try await answer(visit, problem: .init(.current, .tooManyTries(until - visit.page.now)))
        }
        guard try await visit.parts.hasher.verify(form["current"] ?? "", against: staff.passwordHash) != .wrong else {
            try await store.noteSignInFailure([subject])
            return try await answer(visit, problem: .init(.current, .wrongPassword))
        }
        let password = form["new"] ?? ""
        if let problem = PasswordRule.problem(in: password) {
            return try await answer(visit, problem: .init(.new, problem))
        }
        try await store.forgetSignInFailures(subject)
        try await store.setPassword(
            try await visit.parts.hasher.hash(password), of: staff.id, in: visit.workspace, keeping: visit.session)
        return visit.redirect(Self.path, telling: FlashNotice(.account, AccountPage.Command.passwords.rawValue))
    }
}

extension Visit {
    /// Of the browser that asks.
    var session: TokenHash? { visitor.cookies.session.map { TokenHash(of: $0) } }
}

extension StaffFacts {
    init(_ account: StaffAccount, reader: StaffID) {
        let role: Role =
            switch account.role {
            case .agent: .agent
            case .admin: .admin
            }
        self.init(
            id: account.id, name: account.name, email: account.email, role: role,
            isDisabled: account.disabledAt != nil, isReader: account.id == reader)
    }
}

extension LocalizedText {
    fileprivate static let wrongPassword = LocalizedText(
        en: "This is not your present password.", es: "Esta no es su contraseña actual.")

    fileprivate static func tooManyTries(_ wait: Duration) -> LocalizedText {
        let seconds = max(1, wait.components.seconds)
        return LocalizedText(
            en: "Too many attempts. Try again in \(seconds) s.",
            es: "Demasiados intentos. Pruebe de nuevo en \(seconds) s.")
    }
}
