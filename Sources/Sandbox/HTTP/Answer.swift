import HTTPTypes
import Hummingbird
import NIOCore

/// What a simulator says to a call.
struct Answer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var contentType: String?
    var body = ByteBuffer()

    static func json(_ value: JSON, status: Int = 200) -> Answer {
        Answer(status: status, contentType: "application/json; charset=UTF-8", body: JSONWriter.buffer(value))
    }

    static func text(_ text: String, status: Int = 200, type: String = "text/plain; charset=utf-8") -> Answer {
        Answer(status: status, contentType: type, body: ByteBuffer(string: text))
    }

    static let noContent = Answer(status: 204)

    func response() -> Response {
        var fields = HTTPFields()
        if let contentType { fields[.contentType] = contentType }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(
            status: .init(code: status), headers: fields,
            body: status == 204 ? .init() : .init(byteBuffer: body))
    }
}
