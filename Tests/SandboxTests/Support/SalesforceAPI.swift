import Foundation
import NIOCore

@testable import Sandbox

/// A session with the simulated org.
struct SalesforceAPI: Sendable {
    static let token = "/salesforce/services/oauth2/token"
    static let data = "/salesforce/my/services/data/v66.0"
    static let credentials =
        "grant_type=client_credentials&client_id=sandbox-consumer-key&client_secret=sandbox-secret"

    let api: TestAPI
    let session: String

    /// Runs a sandbox whose org has the package deployed.
    static func run(
        deploys: Bool = true, _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (SalesforceAPI) async throws -> Void
    ) async throws {
        try await TestSandbox.run(change) { api in
            if deploys { _ = try await api.post("/sandbox/crm/salesforce/deploy") }
            let reply = try await form(api, token, credentials)
            try await body(SalesforceAPI(api: api, session: try reply.json["access_token"]?.text ?? ""))
        }
    }

    static func form(_ api: TestAPI, _ path: String, _ text: String) async throws -> TestAPI.Reply {
        try await api.raw(
            "POST", path, ByteBuffer(string: text), [("Content-Type", "application/x-www-form-urlencoded")],
            token: nil)
    }

    func call(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> TestAPI.Reply {
        try await api.call(method, Self.data + path, body, token: session)
    }

    /// - Returns: the answer to a query, in the form of a browser: a space is a plus sign.
    func query(_ text: String, all: Bool = false) async throws -> TestAPI.Reply {
        let escaped =
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)?.replacing("%20", with: "+") ?? ""
        return try await call("GET", "/\(all ? "queryAll" : "query")?q=\(escaped)")
    }

    func ids(_ text: String, all: Bool = false) async throws -> [String] {
        try await query(text, all: all).json["records"]?.items?.compactMap { $0["Id"]?.text } ?? []
    }

    /// Makes contacts with these fields.
    /// - Returns: their ids.
    func made(_ contacts: JSON...) async throws -> [String] {
        var ids: [String] = []
        for contact in contacts {
            ids.append(try await call("POST", "/sobjects/Contact", contact).json["id"]?.text ?? "")
        }
        return ids
    }
}
