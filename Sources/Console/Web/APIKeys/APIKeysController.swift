import Domain
import HTTPTypes
import Hummingbird
import Secrets
import Store

/// Keys of programs: listed, made and disabled. For administrators.
struct APIKeysController: Sendable {
    private static let path = "/api-keys"

    func add(to routes: ConsoleRoutes) {
        routes.get("/api-keys") { visit in
            let command = visit.flash(of: .apiKeys).flatMap { APIKeysPage.Command(rawValue: $0.command) }
            return try await answer(visit, notice: command.map { APIKeysPage.outcome(of: $0, in: visit.page) })
        }
        routes.post("/api-keys") { form, visit in try await make(form, visit) }
        routes.post("/api-keys/{id}/disablings") { _, visit in try await disable(visit) }
    }

    private func answer(
        _ visit: Visit, draft: APIKeysPage.Draft = .init(), issued: APIKeysPage.Issued? = nil,
        notice: OutcomeNotice? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try visit.requireAdmin()
        let rates = visit.parts.settings.apiRates
        let keys = try await visit.store.apiKeys(in: visit.workspace).map { APIKeyFacts($0, rates: rates) }
        let page = APIKeysPage(keys, draft: draft, issued: issued, notice: notice, in: visit.page)
        return try await visit.answer(page, at: .connections, status: status, path: Self.path)
    }

    private func make(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        var draft = APIKeysPage.Draft(
            name: (form["name"] ?? "").trimmed,
            scopes: Set(form.fields.all("scope").compactMap { APIScope(rawValue: $0) }))
        do {
            guard !draft.scopes.isEmpty else { throw PuenteError.keyWithoutScope }
            let key = try await visit.store.createAPIKey(
                name: draft.name, scopes: draft.scopes, in: visit.workspace, by: visit.staff.name)
            // Shown in this answer and nowhere else: neither a cookie nor an address ever holds it.
            return try await answer(visit, issued: .init(key.text, for: draft.name, in: visit.page))
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            return try await answer(visit, draft: draft, status: error.code.formStatus)
        }
    }

    private func disable(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let id: APIKeyID = try visit.id()
        guard let key = try await visit.store.apiKeys(in: visit.workspace).first(where: { $0.id == id }) else {
            throw PuenteError.noSuchPage
        }
        guard !key.isProvisioned else { throw PuenteError.keyOfFile }
        // One that is disabled already is what was asked for.
        _ = try await visit.store.disableAPIKey(named: key.name, in: visit.workspace, by: visit.staff.name)
        return visit.redirect(Self.path, telling: FlashNotice(.apiKeys, APIKeysPage.Command.disablings.rawValue))
    }
}

extension APIKeyFacts {
    fileprivate init(_ key: APIKeySummary, rates: [String: Int]) {
        self.init(
            id: key.id, name: key.name, scopes: key.scopes, isOfFile: key.isProvisioned,
            rate: rates[key.name] ?? RateBook.usualPerMinute, createdAt: key.createdAt, usedAt: key.usedAt,
            disabledAt: key.disabledAt)
    }
}

extension PuenteError {
    fileprivate static let keyWithoutScope = PuenteError(
        .invalid, detail: "scopes", en: "Choose what the key may do.", es: "Elija qué puede hacer la clave.")
    fileprivate static let keyOfFile = PuenteError(
        .conflict, detail: "provisioned", en: "This key is set up by puente.yaml: remove it there.",
        es: "Esta clave está en puente.yaml: quítela ahí.")
}
