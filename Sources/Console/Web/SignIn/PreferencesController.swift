import Domain
import Hummingbird
import Store

/// Language and theme: kept with the person, and with the browser for the time before the next sign-in.
struct PreferencesController: Sendable {
    let parts: ConsoleParts

    func add(to routes: ConsoleRoutes) {
        routes.open(.post, "/preferences") { visitor in
            guard let visit = try await Visit(visitor) else { return answer(try await visitor.form(), visitor) }
            let form = try await visit.form()
            try await keep(form, of: visit)
            return answer(form, visitor)
        }
    }

    private func keep(_ form: Form, of visit: Visit) async throws {
        try await visit.store.setPreferences(
            language: language(form) ?? visit.staff.language, theme: theme(form)?.rawValue ?? visit.staff.theme,
            of: visit.staff.id, in: visit.workspace)
    }

    private func answer(_ form: Form, _ visitor: Visitor) -> Response {
        var response = Response.seeOther(form["return"].flatMap { LocalPath($0) }?.text ?? "/")
        if let language = language(form) { response.setCookie(visitor.cookies.language(language)) }
        if let theme = theme(form) { response.setCookie(visitor.cookies.theme(theme)) }
        return response
    }

    private func language(_ form: Form) -> Language? { form["language"].flatMap { Language(rawValue: $0) } }

    private func theme(_ form: Form) -> PageLayout.Theme? { form["theme"].flatMap { PageLayout.Theme(rawValue: $0) } }
}
