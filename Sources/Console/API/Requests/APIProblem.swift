import Domain

/// What was not as it should be, told as RFC 9457 says. Thrown wherever it is noticed; written once, at the edge.
struct APIProblem: Error, Equatable, Sendable {
    /// One fault of the request, with its place.
    struct Fault: Equatable, Sendable {
        enum Place: Equatable, Sendable {
            /// A JSON pointer (RFC 6901) into the body.
            case pointer(String)
            case parameter(String)
            case header(String)
        }

        let place: Place
        let message: LocalizedText
    }

    let status: Int
    /// For programs: stable across releases. `type` is `urn:puente:problem:` and this.
    let code: String
    let message: LocalizedText
    var faults: [Fault] = []
    /// Fields of the answer's head that belong to the problem: `Allow`, `Retry-After`, `WWW-Authenticate`.
    var headers: [String: String] = [:]

    init(_ status: Int, _ code: String, en: String, es: String) {
        self.init(status, code, LocalizedText(en: en, es: es))
    }

    init(_ status: Int, _ code: String, _ message: LocalizedText) {
        self.status = status
        self.code = code
        self.message = message
    }

    func with(_ faults: [Fault]) -> APIProblem {
        var problem = self
        problem.faults = faults
        return problem
    }

    func with(_ header: String, _ value: String) -> APIProblem {
        var problem = self
        problem.headers[header] = value
        return problem
    }
}

extension APIProblem {
    /// The document of the content type `application/problem+json`.
    func document(in language: Language, instance: String) -> JSONObject {
        var document: JSONObject = [
            "type": "urn:puente:problem:\(code)", "title": APIStatus.title(status), "status": status,
            "detail": message[language], "instance": instance, "code": code,
        ]
        if !faults.isEmpty { document.append("errors", .array(faults.map { $0.document(in: language).json })) }
        return document
    }
}

extension APIProblem.Fault {
    fileprivate func document(in language: Language) -> JSONObject {
        switch place {
        case .pointer(let pointer): ["pointer": pointer, "detail": message[language]]
        case .parameter(let name): ["parameter": name, "detail": message[language]]
        case .header(let name): ["header": name, "detail": message[language]]
        }
    }
}

/// The short English names of the statuses that the API answers with, for `title`.
enum APIStatus {
    static func title(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }
}
