import Domain
import HTTPTypes
import Hummingbird
import Logging
import Store

/// Makes a page of what went wrong. Foreseen errors have a sentence of their own; the rest is logged in full and shown
/// with the reference under which it stands in the log.
struct ErrorAnswer: Sendable {
    let visitor: Visitor

    func answer(to error: any Error) async -> Response {
        // The browser is gone, or the server ends: nobody reads the answer.
        if Task.isCancelled { return .text(.serviceUnavailable, "") }
        let known = Self.known(error)
        let reference = visitor.context.logger[metadataKey: "hb.request.id"]?.description ?? "–"
        if known == nil || error is SQLError {
            visitor.parts.logger.error(
                "a page failed",
                metadata: [
                    "reference": "\(reference)", "method": "\(visitor.request.method)",
                    "path": "\(visitor.request.uri.path)", "error": "\(error)",
                ])
        }
        let visit = await visit()
        let context = visit?.page ?? visitor.page(visitor.reader(nil))
        let page =
            known.map { ErrorPage($0, reference: nil, in: context) } ?? .unexpected(reference: reference, in: context)
        let status = known?.code.pageStatus ?? .internalServerError
        // A script that asked for a part of a page puts nothing in its place, and says the sentence of this page aloud.
        return .html(status, await visitor.parts.draw(page, layout: await layout(visit, context)))
    }

    /// Nil also when the database is what failed: the page is then drawn for nobody.
    private func visit() async -> Visit? {
        do {
            return try await Visit(visitor)
        } catch {
            return nil
        }
    }

    private func layout(_ visit: Visit?, _ context: PageContext) async -> PageLayout {
        do {
            if let layout = try await visit?.layout(nil, path: "/") { return layout }
        } catch {
            visitor.parts.logger.warning("an error page has no frame", metadata: ["error": "\(error)"])
        }
        return visitor.openLayout(context, path: "/", token: "")
    }

    static func known(_ error: any Error) -> PuenteError? {
        switch error {
        case let error as PuenteError: error
        case SQLError.commitUnknown: .outcomeUnknown
        case let error as any HTTPResponseError: PuenteError(status: error.status)
        default: nil
        }
    }
}

extension PuenteError {
    /// What the router or the body's reader refused.
    fileprivate init?(status: HTTPResponse.Status) {
        switch status {
        case .notFound, .methodNotAllowed: self = .noSuchPage
        case .contentTooLarge: self = .largeForm
        case .badRequest: self = .unreadableForm
        default: return nil
        }
    }
}
