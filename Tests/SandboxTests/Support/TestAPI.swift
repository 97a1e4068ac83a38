import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

@testable import Sandbox

/// Speaks to a running sandbox over loopback HTTP, as any client would.
struct TestAPI: Sendable {
    struct Reply: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: ByteBuffer

        var json: JSON { get throws { try JSONParser.parse(body) } }
        var text: String { String(buffer: body) }
        var bytes: [UInt8] { Array(body.readableBytesView) }
        func header(_ name: String) -> String? { headers.first(name: name) }
    }

    static let number = "/v25.0/106540352242922"
    static let waba = "/v25.0/102290129340398"
    static let contacts = "/hubspot/crm/v3/objects/contacts"
    static let communications = "/hubspot/crm/v3/objects/communications"

    let base: String

    func get(_ path: String, token: String? = "sandbox-token") async throws -> Reply {
        try await call("GET", path, nil, token: token)
    }

    func post(_ path: String, _ body: JSON = [:], token: String? = "sandbox-token") async throws -> Reply {
        try await call("POST", path, body, token: token)
    }

    func put(_ path: String, _ body: JSON) async throws -> Reply { try await call("PUT", path, body) }

    func call(
        _ method: String, _ path: String, _ body: JSON?, token: String? = "sandbox-token"
    ) async throws -> Reply {
        try await raw(
            method, path, body.map { JSONWriter.buffer($0) }, [("Content-Type", "application/json")], token: token)
    }

    func raw(
        _ method: String, _ path: String, _ body: ByteBuffer?, _ headers: [(String, String)] = [],
        token: String? = "sandbox-token"
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : base + path)
        request.method = HTTPMethod(rawValue: method)
        request.headers = HTTPHeaders(headers)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body { request.body = .bytes(body) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let answer = try await response.body.collect(upTo: 16 << 20)
        return Reply(status: Int(response.status.code), headers: response.headers, body: answer)
    }

    func raw(_ method: String, _ path: String, text: String) async throws -> Reply {
        try await raw(method, path, ByteBuffer(string: text))
    }

    /// Sends a message of the business; `body` lacks only what every request has.
    func send(_ body: JSON, to phone: String = "+34600111222") async throws -> Reply {
        var request = body
        request["messaging_product"] = "whatsapp"
        if request["to"] == nil, request["recipient"] == nil { request["to"] = JSON(phone) }
        return try await post(Self.number + "/messages", request)
    }

    func sendText(_ text: String, to phone: String = "+34600111222") async throws -> Reply {
        try await send(["type": "text", "text": ["body": JSON(text)]], to: phone)
    }

    /// Lets a customer write, which opens the window.
    @discardableResult
    func customer(_ phone: String = "34600111222", writes body: JSON = ["text": "Hola"]) async throws -> Reply {
        try await post("/sandbox/customers/\(phone)/messages", body)
    }

    func summary() async throws -> JSON { try await get("/sandbox/summary").json }
}

extension JSON {
    /// The value at a path of names and positions, `"error/code"` or `"messages/0/id"`.
    func at(_ path: String) -> JSON? {
        path.split(separator: "/").reduce(Optional(self)) { value, part in
            if let index = Int(part), let items = value?.items {
                return items.indices.contains(index) ? items[index] : nil
            }
            return value?[String(part)]
        }
    }
}
