import Domain
import Foundation
import Sandbox

@testable import CRM
@testable import OutboundHTTP

/// A connector and the sandbox's Odoo behind it, with the hands of a person there.
struct OdooBench: Sendable {
    let connector: OdooConnector
    let base: String
    let client: OutboundClient

    static func run(
        version: Int = 19, interface: OdooSettings.Interface = .auto,
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ work: @escaping @Sendable (OdooBench) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.odoo.version = version
        change(&configuration)
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in
                let connector = try odoo(url + "/odoo", client, interface: interface)
                try await work(OdooBench(connector: connector, base: url, client: client))
            }
        }
    }

    /// One of the sandbox's controls.
    @discardableResult
    func control(_ method: String, _ path: String, _ body: String = "") async throws -> OutboundResponse {
        let response = try await client.send(
            OutboundRequest(
                method: method, url: "\(base)/sandbox\(path)", headers: [("Content-Type", "application/json")],
                body: body.isEmpty ? nil : Array(body.utf8), deadline: .seconds(20), maxResponseBytes: 16 << 20))
        guard response.isSuccess else { throw BenchFailure(text: String(decoding: response.body, as: UTF8.self)) }
        return response
    }

    struct BenchFailure: Error { let text: String }

    func faults(_ faults: String) async throws { try await control("PUT", "/faults", #"{"faults": [\#(faults)]}"#) }

    func settings(_ settings: String) async throws { try await control("PUT", "/crm/odoo", settings) }

    /// A person makes a contact there; its id.
    func person(makes values: String) async throws -> String {
        let answer = try json(try await control("POST", "/crm/odoo/contacts", values).body)
        return "\(answer["id"] ?? "")"
    }

    func records(_ kind: String) async throws -> [NSDictionary] {
        let answer = try json(try await control("GET", "/crm/odoo/\(kind)?limit=10000").body)
        return answer["data"] as? [NSDictionary] ?? []
    }

    func upsert(_ contacts: ContactUpsert...) async throws -> [ItemOutcome] {
        try await connector.upsertContacts(contacts)
    }
}

func odoo(
    _ url: String, _ client: OutboundClient, interface: OdooSettings.Interface = .auto, webhookSecret: String? = nil
) throws -> OdooConnector {
    OdooConnector(
        settings: try OdooSettings(
            baseURL: url, database: "sandbox", username: "bridge@example.com", key: "sandbox-token",
            interface: interface, webhookSecret: webhookSecret), client: client)
}

/// Answers a scripted Odoo 19 gives before the call that is tested: its version, the user, the fields.
func odooPreface(_ request: ScriptedServer.Request) -> ScriptedServer.Action? {
    switch request.path {
    case "/web/version": return answer(200, fixture: "odoo/web_version.19.json")
    case "/json/2/res.users/context_get": return .answer(status: 200, body: #"{"lang":"en_US","tz":"UTC","uid":9}"#)
    case "/json/2/res.partner/fields_get":
        let names = ["name", "email", "email_normalized", "phone", "phone_sanitized", "phone_mobile_search", "active"]
        let all = names + ["user_id", "write_date", "write_uid", "x_puente_id", "x_whatsapp_id"]
        return .answer(status: 200, body: "{" + all.map { #""\#($0)":{"type":"char"}"# }.joined(separator: ",") + "}")
    default: return nil
    }
}
