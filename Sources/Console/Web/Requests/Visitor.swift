import Domain
import Foundation
import Hummingbird
import Store

/// One request, by whomever: what its headers and cookies say.
struct Visitor: Sendable {
    let parts: ConsoleParts
    let request: Request
    let context: ServerContext
    let cookies: ConsoleCookies
    let now: Timestamp
    private let queries: FormFields

    init(parts: ConsoleParts, request: Request, context: ServerContext) {
        self.parts = parts
        self.request = request
        self.context = context
        self.cookies = ConsoleCookies(request, isSecure: parts.settings.isSecure)
        self.now = parts.store.now()
        self.queries = FormFields(urlEncoded: request.uri.query ?? "")
    }

    /// A parameter of the address; nil when it is missing or empty.
    func query(_ name: String) -> String? {
        queries[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Path and query.
    var path: String { LocalPath(request.uri.string)?.text ?? "/" }

    /// htmx fetches a part of a page.
    var isFragment: Bool { request.headers[.hxRequest] == "true" || request.uri.path.hasPrefix("/fragments/") }

    /// The browser's address, for throttling.
    var address: String {
        ClientAddress(
            peer: context.remoteAddress?.ipAddress, forwarded: request.headers[values: .forwardedFor],
            isTrusted: parts.settings.isTrustedProxy
        ).text
    }

    /// - Parameter staff: whose own choices come first.
    func reader(_ staff: StaffAccount?) -> ReaderChoices {
        ReaderChoices(
            staff: staff, cookies: cookies, accepted: request.headers[.acceptLanguage], settings: parts.settings)
    }

    /// - Parameter region: of the company; empty on pages that nobody need be signed in for.
    func page(_ choices: ReaderChoices, region: String = "") -> PageContext {
        parts.renderer.context(language: choices.language, zone: choices.zone, now: now, region: region)
    }

    /// Pages lead to the sign-in, fragments and events are refused: their page loads itself anew and is led there.
    func toSignIn() -> Response {
        if isFragment || request.uri.path == "/events" { return .text(.unauthorized, "") }
        let next = request.method == .get || request.method == .head ? path : nil
        let isEnded = cookies.session != nil
        return .seeOther(
            QueryText.url(
                "/sign-in", [("next", next == "/" ? nil : next), ("ended", isEnded ? "yes" : nil)]))
    }
}
