import Foundation
import NIOCore

@testable import Sandbox

/// Speaks Zoho to the sandbox. The sandbox's own token is good for ever.
struct ZohoAPI: Sendable {
    static let field: JSON = [
        "fields": [["field_label": "Puente Id", "data_type": "text", "unique": ["case_sensitive": false]]]
    ]

    let api: TestAPI

    func call(
        _ method: String, _ path: String, _ body: JSON? = nil, headers: [(String, String)] = [],
        token: String? = "sandbox-token"
    ) async throws -> TestAPI.Reply {
        let authorization = token.map { [("Authorization", "Zoho-oauthtoken \($0)")] } ?? []
        return try await api.raw(
            method, "/zoho/crm/v8" + path, body.map { JSONWriter.buffer($0) }, headers + authorization, token: nil)
    }

    func get(_ path: String, headers: [(String, String)] = []) async throws -> TestAPI.Reply {
        try await call("GET", path, headers: headers)
    }

    func post(_ path: String, _ body: JSON) async throws -> TestAPI.Reply { try await call("POST", path, body) }
    func put(_ path: String, _ body: JSON) async throws -> TestAPI.Reply { try await call("PUT", path, body) }

    func query(_ text: String) async throws -> TestAPI.Reply { try await post("/coql", ["select_query": JSON(text)]) }

    /// The id of a new contact.
    func contact(_ fields: JSON = ["Last_Name": "López"]) async throws -> String {
        try await post("/Contacts", ["data": [fields]]).json.at("data/0/details/id")?.text ?? ""
    }

    func token(_ form: [String: String] = [:]) async throws -> TestAPI.Reply {
        let fields = [
            "grant_type": "refresh_token", "client_id": "1000.SANDBOX", "client_secret": "sandbox-secret",
            "refresh_token": "sandbox-token",
        ].merging(form) { $1 }
        let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return try await api.raw("POST", "/zoho/oauth/v2/token", ByteBuffer(string: body), [], token: nil)
    }
}

extension TestSandbox {
    static func runZoho(
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (ZohoAPI, TestAPI) async throws -> Void
    ) async throws {
        try await run(change) { api in try await body(ZohoAPI(api: api), api) }
    }
}
