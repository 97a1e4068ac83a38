import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// What every answer of the API carries, gathered while the request goes through.
struct ResponseHead {
    let requestID: String
    let isHead: Bool
    var allowance: RateBook.Allowance?
    /// A body that is not JSON.
    var raw: (contentType: String, bytes: [UInt8])?

    func response(_ answer: APIAnswer) -> Response {
        if let raw { return response(answer.status, raw.contentType, raw.bytes, answer.headers) }
        if answer.status == 204 { return empty() }
        return response(answer.status, "application/json", JSONWriter.bytes(answer.body.json), answer.headers)
    }

    private func empty() -> Response {
        var response = Response(status: .noContent, headers: [.cacheControl: "no-store"])
        addCommon(to: &response.headers)
        return response
    }

    /// A file with what every answer carries.
    func response(_ file: Response) -> Response {
        var file = file
        addCommon(to: &file.headers)
        return isHead ? file.createHeadResponse() : file
    }

    func response(_ problem: APIProblem, language: Language, instance: String) -> Response {
        var headers = problem.headers
        headers["Content-Language"] = language.rawValue
        let document = problem.document(in: language, instance: instance)
        return response(problem.status, "application/problem+json", JSONWriter.bytes(document.json), headers)
    }

    private func response(
        _ status: Int, _ contentType: String, _ bytes: [UInt8], _ headers: [String: String]
    ) -> Response {
        var fields: HTTPFields = [
            .contentType: contentType, .cacheControl: "no-store", .contentLength: String(bytes.count),
        ]
        for (name, value) in headers { fields.set(name, value) }
        addCommon(to: &fields)
        let response = Response(
            status: HTTPResponse.Status(code: status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        return isHead ? response.createHeadResponse() : response
    }

    private func addCommon(to fields: inout HTTPFields) {
        for (name, value) in Self.common where HTTPField.Name(name).map({ fields[$0] == nil }) ?? false {
            fields.set(name, value)
        }
        fields.set("Request-Id", requestID)
        guard let allowance else { return }
        fields.set("RateLimit-Limit", String(allowance.perMinute))
        fields.set("RateLimit-Remaining", String(allowance.remaining))
        fields.set("RateLimit-Reset", String(allowance.secondsUntilFull))
    }

    private static let common = ["X-Content-Type-Options": "nosniff", "Vary": "Accept-Language, Authorization"]
}

extension HTTPFields {
    fileprivate mutating func set(_ name: String, _ value: String) {
        // The names are ours, and valid.
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}
