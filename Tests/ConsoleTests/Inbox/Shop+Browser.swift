import Domain
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Secrets

@testable import Console

/// What a browser asks.
extension Shop {
    struct Answer: Sendable {
        let status: Int
        let html: String
        let location: String?

        func contains(_ text: String) -> Bool { html.contains(text) }

        /// The value of a hidden field.
        func field(_ name: String) -> String? {
            guard let start = html.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
            return String(html[start.upperBound...].prefix { $0 != "\"" })
        }

        /// The texts of bubbles, in their order.
        var bubbles: [String] {
            html.split(separator: "<p class=\"text\" dir=\"auto\">").dropFirst().map { part in
                String(part.prefix { $0 != "<" && $0 != "\n" })
            }
        }
    }

    func get(_ path: String, session: String? = nil, headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.cookie] = "puente_session=\(session ?? self.session.text)"
        return try await ask(.get, path, headers: headers)
    }

    /// Without a cookie.
    func getAsStranger(_ path: String) async throws -> Answer {
        try await ask(.get, path, headers: [:])
    }

    /// A form as browsers send it; the session's token is in it unless the fields say otherwise.
    func post(
        _ path: String, _ fields: [(String, String)] = [], from referer: String? = nil, isScript: Bool = false
    ) async throws -> Answer {
        let body = ([("csrf", Self.csrf)] + fields).map { "\($0.0)=\(QueryText.encode($0.1))" }.joined(separator: "&")
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        headers[.cookie] = "puente_session=\(session.text)"
        if isScript { headers[.hxRequest] = "true" }
        if let referer { headers[.referer] = "http://localhost\(referer)" }
        return try await ask(.post, path, headers: headers, body: ByteBuffer(string: body))
    }

    /// The composer's form with a file.
    func upload(
        _ path: String, _ fields: [(String, String)], file: [UInt8], named name: String, type: String
    ) async throws -> Answer {
        let boundary = "----shop"
        var body = ByteBuffer()
        for (name, value) in [("csrf", Self.csrf)] + fields {
            body.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
                + "Content-Type: \(type)\r\n\r\n")
        body.writeBytes(file)
        body.writeString("\r\n--\(boundary)--\r\n")
        var headers: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]
        headers[.cookie] = "puente_session=\(session.text)"
        return try await ask(.post, path, headers: headers, body: body)
    }

    fileprivate func ask(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: ByteBuffer? = nil
    ) async throws -> Answer {
        try await client.execute(uri: path, method: method, headers: headers, body: body) { response in
            Answer(
                status: response.status.code, html: String(buffer: response.body),
                location: response.headers[.location])
        }
    }
}

extension Shop {
    /// A form that another site's page sends.
    func postForged(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
        let body = fields.map { "\($0.0)=\(QueryText.encode($0.1))" }.joined(separator: "&")
        let headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .cookie: "puente_session=\(session.text)",
        ]
        return try await ask(.post, path, headers: headers, body: ByteBuffer(string: body))
    }
}
