import Domain
import Hummingbird
import Secrets
import Store

/// The door: signing in and out.
struct SignInController: Sendable {
    let parts: ConsoleParts

    func add(to routes: ConsoleRoutes) {
        routes.open(.get, "/sign-in") { visitor in try await show(visitor) }
        routes.open(.post, "/sign-in") { visitor in try await enter(visitor) }
        routes.post("/sign-out") { _, visit in try await leave(visit) }
    }

    private func show(_ visitor: Visitor) async throws -> Response {
        let next = visitor.query("next").flatMap { LocalPath($0) }?.text
        if try await Visit(visitor) != nil { return .seeOther(next ?? "/inbox") }
        let problem: SignInPage.Problem? = visitor.query("ended") == nil ? nil : .sessionEnded
        return await answer(visitor, .ok, problem: problem, next: next)
    }

    private func enter(_ visitor: Visitor) async throws -> Response {
        let form: Form
        do {
            form = try await visitor.form()
        } catch let error as PuenteError where error == .forgedForm {
            return await answer(visitor, .unprocessableContent, problem: .expiredForm)
        }
        let next = form["next"].flatMap { LocalPath($0) }?.text
        let email = form["email"] ?? ""
        switch try await SignIn(parts: parts).attempt(email: email, password: form["password"] ?? "", visitor) {
        case .throttled(let until):
            var response = await answer(
                visitor, .tooManyRequests, email: email, problem: .throttled(until - visitor.now), next: next)
            response.headers[.retryAfter] = "\(max(1, (until - visitor.now).components.seconds))"
            return response
        case .wrong:
            return await answer(visitor, .unprocessableContent, email: email, problem: .wrongCredentials, next: next)
        case .entered(let token):
            var response = Response.seeOther(next ?? "/inbox")
            response.setCookie(visitor.cookies.session(token, lasting: SessionTimes().longest))
            return response
        }
    }

    private func leave(_ visit: Visit) async throws -> Response {
        if let token = visit.visitor.cookies.session {
            try await visit.store.endSession(TokenHash(of: token), in: visit.workspace)
            parts.events.end(TokenHash(of: token))
        }
        var response = Response.seeOther("/sign-in")
        response.setCookie(visit.visitor.cookies.noSession)
        return response
    }

    private func answer(
        _ visitor: Visitor, _ status: HTTPResponse.Status, email: String = "", problem: SignInPage.Problem? = nil,
        next: String? = nil
    ) async -> Response {
        let context = visitor.page(visitor.reader(nil))
        let token = visitor.cookies.door ?? SecretToken(prefix: "door").text
        let path = QueryText.url("/sign-in", [("next", next)])
        let page = SignInPage(
            email: String(email.prefix(254)), problem: problem, next: next ?? "/inbox", demo: parts.settings.demo,
            in: context)
        var response = Response.html(
            status, await parts.draw(page, layout: visitor.openLayout(context, path: path, token: token)))
        if visitor.cookies.door == nil { response.setCookie(visitor.cookies.door(token)) }
        return response
    }
}
