import Domain
import HTTPTypes
import Hummingbird
import Secrets
import Store

/// One request of somebody who is signed in.
struct Visit: Sendable {
    let visitor: Visitor
    let account: SessionAccount
    let choices: ReaderChoices
    /// What the values of pages are built with.
    let page: PageContext

    /// Nil when the cookie is missing or its session has ended.
    init?(_ visitor: Visitor) async throws {
        guard let token = visitor.cookies.session else { return nil }
        guard let account = try await visitor.parts.store.session(TokenHash(of: token)) else { return nil }
        self.visitor = visitor
        self.account = account
        self.choices = visitor.reader(account.staff)
        self.page = visitor.page(choices, region: account.region)
    }

    var parts: ConsoleParts { visitor.parts }
    var store: Store { visitor.parts.store }
    var request: Request { visitor.request }
    var workspace: WorkspaceID { account.staff.workspace }
    var staff: StaffAccount { account.staff }

    /// A parameter of the address; nil when it is missing or empty.
    func query(_ name: String) -> String? { visitor.query(name) }

    /// The id in the path.
    /// - Throws: `notFound` when what stands there is none.
    func id<Row>(_ name: String = "id") throws -> Identifier<Row> {
        guard let id = visitor.context.parameters.get(name).flatMap({ Identifier<Row>(String($0)) }) else {
            throw PuenteError.noSuchPage
        }
        return id
    }

    /// Where a page of a list begins; nil for the first, and for what no page of ours links to.
    var before: ListPosition? { query("before").flatMap { ListPosition($0) } }

    /// The form that came with this request.
    func form(_ limits: FormLimits = .plain) async throws -> Form {
        let shelf = parts.shelf(limits.destination, of: workspace)
        return try await FormReader(request: request, limits: limits, token: account.csrfToken, files: shelf).read()
    }

    // MARK: Answers

    /// A whole page.
    /// - Parameter path: of the page that a form returns to, when this request was a command.
    func answer(
        _ value: some Page, at place: NavigationView.Place?, status: HTTPResponse.Status = .ok, path: String? = nil
    ) async throws -> Response {
        var response = Response.html(status, await parts.draw(value, layout: try await layout(place, path: path)))
        // What it had to tell is told.
        if visitor.cookies.flash != nil { response.setCookie(visitor.cookies.noFlash) }
        return response
    }

    /// What a page has to tell of the last command, if that was one of its own.
    func flash(of page: FlashNotice.Page) -> FlashNotice? {
        visitor.cookies.flash.flatMap { $0.page == page ? $0 : nil }
    }

    /// A part of a page.
    func answer(_ fragment: some PageFragment, status: HTTPResponse.Status = .ok) async throws -> Response {
        .html(status, await parts.draw(fragment, layout: bareLayout))
    }

    /// After a command.
    /// - Parameter notice: what the next page says about it.
    func redirect(_ path: String, telling notice: FlashNotice? = nil) -> Response {
        var response = Response.seeOther(path)
        if let notice { response.setCookie(visitor.cookies.flash(notice)) }
        return response
    }

    /// The page that the command came from, when it is below `path`; else `path` itself. Filters so stay as they were.
    func returning(to path: String) -> String {
        guard let from = LocalPath(referer: request.headers[.referer], host: request.head.authority) else {
            return path
        }
        let isBelow = from.path == path || from.path.hasPrefix(path + "/")
        return isBelow ? from.text : path
    }

    // MARK: Frame

    func layout(_ place: NavigationView.Place?, path: String? = nil) async throws -> PageLayout {
        let summary = try await store.navigation(in: workspace)
        let standing = parts.standingAlarms()
        return makeLayout(
            place, path: path ?? visitor.path, counts: NavigationCounts(summary, standing: standing),
            alarms: AlarmFacts.all(of: summary, standing: standing))
    }

    /// For fragments, which show nothing of the frame.
    var bareLayout: PageLayout { makeLayout(nil, path: "/", counts: NavigationCounts(), alarms: []) }

    private func makeLayout(
        _ place: NavigationView.Place?, path: String, counts: NavigationCounts, alarms: [AlarmFacts]
    ) -> PageLayout {
        PageLayout(
            context: page, theme: choices.theme, path: path, csrf: account.csrfToken,
            staff: StaffBadge(id: staff.id, name: staff.name, email: staff.email, isAdmin: staff.role == .admin),
            workspace: account.workspaceName, place: place, counts: counts, alarms: alarms,
            isDemo: parts.settings.isDemo, version: parts.settings.version)
    }
}

extension PuenteError {
    static let noSuchPage = PuenteError(
        .notFound, en: "There is nothing at this address. It may have been settled already.",
        es: "No hay nada en esta dirección. Puede que ya se haya resuelto.")
}
