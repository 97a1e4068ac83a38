import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Store

/// Leads a request through the API: address, key, rate, rights, form, and then its operation.
struct APIDesk: Sendable {
    private let api: ConsoleAPI
    private let table: RouteTable
    private let gate: APIGate

    init(_ api: ConsoleAPI) {
        self.api = api
        table = RouteTable(api.operations)
        gate = APIGate(store: api.store, rates: api.rates)
    }

    /// The name of the operation, for metrics: never what somebody typed.
    func operation(_ method: HTTPRequest.Method, _ path: String) -> String {
        if path == OpenAPIDocument.url { return "document" }
        if case .operation(let operation, _) = table.match(method, path) { return operation.id }
        return "none"
    }

    /// - Parameter read: files of the media folder.
    func respond(to request: Request, requestID: String, _ read: FileAnswer.Reader) async -> Response {
        let start = ContinuousClock.now
        let response = await answered(request, requestID: requestID, read)
        APIMetrics.record(operation(request.method, request.uri.path), response.status.code, since: start)
        return response
    }

    private func answered(_ request: Request, requestID: String, _ read: FileAnswer.Reader) async -> Response {
        var head = ResponseHead(requestID: requestID, isHead: request.method == .head)
        do {
            // First the answer: what it found out on the way belongs into the head.
            let answer = try await answer(request, &head)
            if let download = answer.download { return head.response(download) }
            guard let file = answer.file else { return head.response(answer) }
            return head.response(try await file.response(to: request, read))
        } catch {
            let problem = APIProblem(error) ?? APIProblem.ours
            if problem.status >= 500 {
                api.logger.error(
                    "the API failed", metadata: ["request_id": "\(requestID)", "error": "\(error)"])
            }
            let language = AcceptHeader.language(request.headers[.acceptLanguage])
            return head.response(problem, language: language, instance: request.uri.path)
        }
    }

    private func answer(_ request: Request, _ head: inout ResponseHead) async throws -> APIAnswer {
        if request.uri.path == OpenAPIDocument.url { return try document(request, &head) }
        switch table.match(request.method, request.uri.path) {
        case .nothing: throw APIProblem.noSuchPath
        case .otherMethods(let methods): throw APIProblem.notAllowed(methods)
        case .operation(let operation, let parameters):
            let visit = try await gate.enter(request.headers)
            head.allowance = visit.allowance
            guard visit.allowance.isGranted else { throw APIProblem.tooFast(visit.allowance) }
            guard visit.key.scopes.contains(operation.scope) else { throw APIProblem.lacking(operation.scope) }
            let asked = try await APIRequest(request, for: operation, parameters: parameters, key: visit.key)
            var answer = try await answer(operation, asked)
            if let folder = operation.createdAt, let id = answer.body["id"]?.text {
                answer.headers["Location"] = "\(folder)/\(id)"
            }
            return answer
        }
    }

    /// The description needs no key.
    private func document(_ request: Request, _ head: inout ResponseHead) throws -> APIAnswer {
        guard request.method == .get || request.method == .head else { throw APIProblem.notAllowed(["GET", "HEAD"]) }
        head.raw = (contentType: "application/yaml; charset=utf-8", bytes: api.document)
        return APIAnswer(status: 200, body: .null)
    }

    private func answer(_ operation: APIOperation, _ request: APIRequest) async throws -> APIAnswer {
        guard operation.repeats == .remembered else { return try await operation.run(request) }
        return try await api.once(request.repeatable) { try await operation.run(request) }
    }
}
