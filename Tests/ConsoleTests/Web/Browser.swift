import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization

/// A browser as far as these tests need one: it keeps cookies, fills forms in with the token of the page, follows nothing.
final class Browser: Sendable {
    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
        var location: String? { headers[.location] }

        /// What the first form of the page hides in `csrf`.
        var token: String? {
            text.firstMatch(of: #/name="csrf" value="([^"]*)"/#).map { String($0.1) }
        }
    }

    private let client: any TestClientProtocol
    private let jar = Mutex<[String: String]>([:])

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// Another browser on the same server.
    func stranger() -> Browser { Browser(client) }

    var cookies: [String: String] { jar.withLock { $0 } }

    func setCookie(_ name: String, _ value: String) {
        jar.withLock { $0[name] = value }
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers, nil)
    }

    func post(_ path: String, _ fields: [(String, String)], _ headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        let text = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        return try await send(.post, path, headers, Array(text.utf8))
    }

    /// A form of the page at `from`, with that page's token.
    func submit(_ path: String, _ fields: [(String, String)] = [], from page: String) async throws -> Answer {
        let token = try await get(page).token ?? ""
        return try await post(path, [("csrf", token)] + fields, [.referer: "http://localhost\(page)"])
    }

    func signIn(
        email: String = "ana@ejemplo.mx", password: String = ConsoleWorld.password, next: String = "/inbox"
    ) async throws -> Answer {
        try await submit(
            "/sign-in", [("email", email), ("password", password), ("next", next)], from: "/sign-in")
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]?
    ) async throws -> Answer {
        var headers = headers
        let cookies = cookies
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ")
        }
        return try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }
        ) { response in
            self.keep(response.headers[values: .setCookie])
            return Answer(
                status: response.status, headers: response.headers, bytes: Array(response.body.readableBytesView))
        }
    }

    private func keep(_ lines: [String]) {
        jar.withLock { jar in
            for line in lines {
                let pair = line.prefix { $0 != ";" }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard pair.count == 2 else { continue }
                jar[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
