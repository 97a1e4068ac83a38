import Domain
import HTTPTypes
import Hummingbird
import Store

/// A request that was let in, in the words of the operations.
struct APIRequest: Sendable {
    let key: APIKeyAccess
    let language: Language
    /// As the request named it, without the query.
    let path: String
    let query: RequestQuery
    /// `Null` where the operation takes none.
    let body: JSONValue
    /// Of the path's pattern, by name.
    let parameters: [String: String]
    /// Set when the program gave an `Idempotency-Key`.
    let repeatable: IdempotentRequest?
    /// What a thing that is changed must say, one of these; nil where the program did not say upon what it decided.
    let expected: Set<EditVersion>?
    let file: FileBody?

    var workspace: WorkspaceID { key.workspace }

    /// The id in the path. What is no id names nothing.
    func id<Row>(_ name: String) throws(APIProblem) -> Identifier<Row> {
        guard let text = parameters[name], let id = Identifier<Row>(text) else { throw .noSuchThing }
        return id
    }
}

/// A body that is no JSON: a file as it is.
struct FileBody: Sendable {
    let contentType: String
    let body: RequestBody
}

/// What an operation answers.
struct APIAnswer: Sendable {
    let status: Int
    let body: JSONValue
    var headers: [String: String] = [:]
    /// In place of the body.
    var file: FileAnswer?
    /// In place of the body: what is made while it is sent.
    var download: Response?

    static func ok(_ body: any JSONConvertible) -> APIAnswer {
        APIAnswer(status: 200, body: body.json)
    }
}
