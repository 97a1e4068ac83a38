import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What is asked of server and sandbox beside the load.
enum HTTP {
    static let client = HTTPClient(eventLoopGroupProvider: .singleton)

    enum Method: String {
        case post = "POST"
        case put = "PUT"
    }

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// Nil when nobody answers.
    static func status(of url: String) async -> UInt? {
        // A refused connection is an answer here: not yet.
        try? await client.execute(HTTPClientRequest(url: url), timeout: .seconds(2)).status.code
    }

    static func json<Value: Decodable>(
        _ url: String, bearer: String? = nil, as _: Value.Type = Value.self
    ) async throws -> Value {
        let body = try await bytes(of: request("GET", url, bearer), limit: 256 << 20, within: .seconds(60))
        return try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
    }

    /// - Throws: ``Refused`` for any answer but one of success.
    static func send(
        _ method: Method, _ url: String, _ json: String = "", bearer: String? = nil,
        within deadline: Duration = .seconds(10)
    ) async throws {
        var request = request(method.rawValue, url, bearer)
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: json))
        _ = try await bytes(of: request, limit: 1 << 20, within: deadline)
    }

    private static func request(_ method: String, _ url: String, _ bearer: String?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        if let bearer { request.headers.add(name: "authorization", value: "Bearer \(bearer)") }
        return request
    }

    private static func bytes(
        of request: HTTPClientRequest, limit: Int, within deadline: Duration
    ) async throws -> ByteBuffer {
        let response = try await client.execute(request, timeout: TimeAmount(deadline))
        let body = try await response.body.collect(upTo: limit)
        guard (200..<300).contains(response.status.code) else {
            let text = String(buffer: body).prefix(300)
            throw Refused(description: "\(request.method) \(request.url): \(response.status.code) \(text)")
        }
        return body
    }
}
