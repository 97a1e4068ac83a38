import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import Console

/// Every address of ours that a page names is one that the server has.
struct LinkTests {
    @Test func `every link, form and fragment of a page leads somewhere`() async throws {
        let world = try SampleWorld(.english)
        let tags = #/<[a-z][^>]*>/#
        let links =
            #/ (href|src|hx-get|hx-post|action|formaction|data-typing|data-reads|data-refresh|sse-connect)="(\/[^"]*)"/#
        let targets = Set(
            (samplePages(world) + sampleFragments(world)).flatMap { _, html in
                html.matches(of: tags).flatMap { tag in
                    tag.output.matches(of: links).map { link in
                        Target(attribute: String(link.1), address: String(link.2), tag: tag.output)
                    }
                }
            })
        #expect(targets.count > 60)

        try await ConsoleWorld.run { world, _ in
            let dead = DeadEnds()
            let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
            ConsoleSite(world.parts).add(to: router)
            router.add(middleware: dead)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await Application(router: router, logger: logger).test(.router) { client in
                for target in targets {
                    _ = try await client.execute(uri: target.path, method: target.method) { _ in }
                }
            }
            #expect(dead.found == [])
        }
    }

    @Test func `the mark of a message that the CRM did not take opens its dead letter`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let job = try await world.deadLetter()
            let facts = RecordFacts.failed(connection: "HubSpot", deadLetter: job)
            let context = try SampleWorld(.english).context
            let url = try #require(RecordView(facts, in: context)?.url)

            let page = try await browser.get(String(url.prefix { $0 != "#" }))

            #expect(page.status == .ok)
            #expect(page.text.contains("id=\"\(url.drop { $0 != "#" }.dropFirst())\""))
            #expect(page.text.contains("<details open>"))
        }
    }

    private struct Target: Hashable {
        let isCommand: Bool
        let path: String

        init(attribute: String, address: String, tag: Substring) {
            isCommand =
                ["hx-post", "formaction", "data-typing", "data-reads"].contains(attribute)
                || (attribute == "action" && tag.contains("method=\"post\""))
            path = String(address.prefix { $0 != "#" }).replacing("&amp;", with: "&")
        }

        var method: HTTPRequest.Method { isCommand ? .post : .get }
    }
}

/// Notes the addresses that no route took: only those come back through here as the router's own error.
private final class DeadEnds: RouterMiddleware {
    private let paths = Mutex<Set<String>>([])

    var found: [String] { paths.withLock { $0.sorted() } }

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            paths.withLock { _ = $0.insert("\(request.method) \(request.uri.path)") }
            throw error
        }
    }
}
