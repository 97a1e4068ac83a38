import Domain
import HTTPTypes
import Store

/// One entry of the route table: an address, a method, and what is done. The table is what the server routes by and
/// what the OpenAPI document is held against.
struct APIOperation: Sendable {
    enum Body: Equatable, Sendable {
        case none
        /// At most 1 MB.
        case json
        /// Streamed; the operation reads it.
        case file
    }

    /// How a repeat under the same `Idempotency-Key` is recognised.
    enum Repeats: Equatable, Sendable {
        /// The operation may be repeated as it is: it reads, or it says how something shall be.
        case harmless
        /// The operation remembers its answer itself: in its own transaction, or once it has read the file that was sent.
        case rememberedByOperation
        /// The answer is remembered around the operation.
        case remembered
    }

    /// `operationId` in the document.
    let id: String
    let method: HTTPRequest.Method
    let path: PathPattern
    let scope: APIScope
    let body: Body
    let repeats: Repeats
    /// The parameters of the address that it knows.
    let query: [String]
    /// The folder of what it makes, for `Location`.
    var createdAt: String?
    /// It answers with a file of whatever type; else with JSON.
    var answersFile = false
    let run: @Sendable (APIRequest) async throws -> APIAnswer
}

extension APIOperation {
    static func get(
        _ id: String, _ path: String, scope: APIScope = .read, query: [String] = [],
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        APIOperation(
            id: id, method: .get, path: PathPattern(path), scope: scope, body: .none, repeats: .harmless, query: query,
            run: run)
    }

    /// Answers with a file.
    static func file(
        _ id: String, _ path: String, scope: APIScope = .read, query: [String] = [],
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        var operation = get(id, path, scope: scope, query: query, run)
        operation.answersFile = true
        return operation
    }

    static func list(
        _ id: String, _ path: String, scope: APIScope = .read, filters: [String] = [],
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        get(id, path, scope: scope, query: filters + ["cursor", "limit"], run)
    }

    /// For what may be gone already: a repeat is told so.
    static func delete(
        _ id: String, _ path: String, scope: APIScope = .write, query: [String] = [],
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        APIOperation(
            id: id, method: .delete, path: PathPattern(path), scope: scope, body: .none, repeats: .harmless,
            query: query, run: run)
    }

    static func put(
        _ id: String, _ path: String, scope: APIScope = .write, body: Body = .json,
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        APIOperation(
            id: id, method: .put, path: PathPattern(path), scope: scope, body: body, repeats: .harmless, query: [],
            run: run)
    }

    static func delete(
        _ id: String, _ path: String, scope: APIScope = .write,
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        APIOperation(
            id: id, method: .delete, path: PathPattern(path), scope: scope, body: .none, repeats: .harmless, query: [],
            run: run)
    }

    /// Says what shall be otherwise; what is not named stays.
    static func patch(
        _ id: String, _ path: String, scope: APIScope = .write,
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        APIOperation(
            id: id, method: .patch, path: PathPattern(path), scope: scope, body: .json, repeats: .harmless, query: [],
            run: run)
    }

    static func post(
        _ id: String, _ path: String, scope: APIScope = .write, body: Body = .json, repeats: Repeats = .remembered,
        query: [String] = [], createdAt: String? = nil,
        _ run: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> APIOperation {
        APIOperation(
            id: id, method: .post, path: PathPattern(path), scope: scope, body: body, repeats: repeats, query: query,
            createdAt: createdAt, run: run)
    }
}

/// A path with names for its variable parts: `/api/v1/messages/{message}`.
struct PathPattern: Sendable {
    let text: String
    private let parts: [Substring]

    init(_ text: String) {
        self.text = text
        parts = text.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The variable parts when the path is of this form; nil when it is not.
    func match(_ path: [Substring]) -> [String: String]? {
        guard path.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, given) in zip(parts, path) {
            if part.first == "{" {
                guard !given.isEmpty else { return nil }
                values[String(part.dropFirst().dropLast())] = String(given)
            } else if part != given {
                return nil
            }
        }
        return values
    }

    /// Those with fewer variable parts are tried first.
    var variables: Int { parts.count { $0.first == "{" } }
}
