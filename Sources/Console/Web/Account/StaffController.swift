import Domain
import HTTPTypes
import Hummingbird
import Secrets
import Store

/// Who may sign in: added, given a new password or another role, disabled and let in again. For administrators.
struct StaffController: Sendable {
    private static let path = "/staff"

    func add(to routes: ConsoleRoutes) {
        routes.get("/staff") { visit in
            let command = visit.flash(of: .staff).flatMap { StaffPage.Command(rawValue: $0.command) }
            return try await answer(visit, notice: command.map { StaffPage.outcome(of: $0, in: visit.page) })
        }
        routes.post("/staff") { form, visit in try await addPerson(form, visit) }
        routes.post("/staff/{id}/passwords") { _, visit in try await resetPassword(visit) }
        routes.post("/staff/{id}/disablings") { _, visit in try await set(.disablings, visit) }
        routes.post("/staff/{id}/enablings") { _, visit in try await set(.enablings, visit) }
        routes.post("/staff/{id}/roles") { form, visit in try await setRole(form, visit) }
    }

    private func answer(
        _ visit: Visit, draft: StaffPage.Draft = .init(), issued: StaffPage.Issued? = nil,
        notice: OutcomeNotice? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try visit.requireAdmin()
        let people = try await visit.store.staff(in: visit.workspace).map { StaffFacts($0, reader: visit.staff.id) }
        let page = StaffPage(people, draft: draft, issued: issued, notice: notice, in: visit.page)
        return try await visit.answer(page, at: nil, status: status, path: Self.path)
    }

    private func addPerson(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        var draft = StaffPage.Draft(
            name: (form["name"] ?? "").trimmed, email: form["email"] ?? "",
            role: form["role"].flatMap { StaffFacts.Role(rawValue: $0) } ?? .agent)
        let password = FirstPassword.make()
        do {
            let id = try await visit.store.createStaff(
                email: draft.email, name: draft.name, role: draft.role == .admin ? .admin : .agent,
                passwordHash: try await visit.parts.hasher.hash(password), in: visit.workspace)
            try await note(.staffAdded, of: id, visit)
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            return try await answer(visit, draft: draft, status: .unprocessableContent)
        }
        // Shown in this answer and nowhere else: neither a cookie nor an address ever holds it.
        return try await answer(visit, issued: .init(password, for: draft.name, in: visit.page))
    }

    private func resetPassword(_ visit: Visit) async throws -> Response {
        let person = try await colleague(visit)
        let password = FirstPassword.make()
        try await visit.store.setPassword(
            try await visit.parts.hasher.hash(password), of: person.id, in: visit.workspace)
        try await note(.passwordReset, of: person.id, visit)
        return try await answer(visit, issued: .init(password, for: person.name, in: visit.page))
    }

    private func set(_ command: StaffPage.Command, _ visit: Visit) async throws -> Response {
        let person = try await colleague(visit)
        try await visit.store.setDisabled(command == .disablings, staff: person.id, in: visit.workspace)
        try await note(command == .disablings ? .staffDisabled : .staffEnabled, of: person.id, visit)
        return visit.redirect(Self.path, telling: FlashNotice(.staff, command.rawValue))
    }

    private func setRole(_ form: Form, _ visit: Visit) async throws -> Response {
        let person = try await colleague(visit)
        guard let role = form["role"].flatMap({ StaffAccount.Role(rawValue: $0) }) else { throw PuenteError.noRole }
        try await visit.store.setRole(role, of: person.id, in: visit.workspace)
        try await note(.roleChanged, of: person.id, visit)
        return visit.redirect(Self.path, telling: FlashNotice(.staff, StaffPage.Command.roles.rawValue))
    }

    private func note(_ event: AuditEvent, of person: StaffID, _ visit: Visit) async throws {
        try await visit.store.note(event, of: person.rawValue, by: visit.staff.name, in: visit.workspace)
    }

    /// Nobody does this to themselves: so there is always an administrator left who can sign in.
    private func colleague(_ visit: Visit) async throws -> StaffAccount {
        try visit.requireAdmin()
        let id: StaffID = try visit.id()
        guard let person = try await visit.store.staff(in: visit.workspace).first(where: { $0.id == id }) else {
            throw PuenteError.noSuchPage
        }
        guard person.id != visit.staff.id else { throw PuenteError.ownAccount }
        return person
    }
}

/// A password that a person gets from an administrator, to be changed by them.
enum FirstPassword {
    /// Twenty letters and digits of a random token: some 100 bits.
    static func make() -> String {
        let letters = SecretToken(prefix: "p").text.dropFirst(2).filter { $0.isLetter || $0.isNumber }.prefix(20)
        return stride(from: 0, to: letters.count, by: 5).map { start in
            String(letters.dropFirst(start).prefix(5))
        }.joined(separator: "-")
    }
}

extension PuenteError {
    fileprivate static let noRole = PuenteError(
        .invalid, detail: "role", en: "A role is agent or admin.", es: "Una función es agent o admin.")
    fileprivate static let ownAccount = PuenteError(
        .conflict, detail: "own_account",
        en: "This is your own account: change your password under “Your account”, and let a colleague do the rest.",
        es: "Esta es su propia cuenta: cambie la contraseña en «Su cuenta» y deje lo demás a otra persona.")
}
