import Domain
import Foundation

@testable import CRM
@testable import OutboundHTTP

let zohoToken = "1000.fake.access"

/// A connector whose accounts server and API are at one address.
func zoho(
    _ url: String, _ client: OutboundClient, notificationToken: String? = nil, dailyCredits: Int? = nil
) throws -> ZohoConnector {
    ZohoConnector(
        settings: try ZohoSettings(
            accountsURL: url, clientID: "1000.CLIENT", clientSecret: "client-secret", refreshToken: "1000.refresh",
            notificationToken: notificationToken, dailyCredits: dailyCredits),
        client: client)
}

/// Gives tokens and the fields of an organisation that is prepared; what the script says of the rest.
@discardableResult func withZoho<Value>(
    fields: [String: String] = [:],
    _ script: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Action,
    _ work: (ScriptedServer, OutboundClient) async throws -> Value
) async throws -> Value {
    try await withServer(
        { _, request in
            if request.path.hasPrefix("/oauth/") { return zohoGrant() }
            if request.method == "GET", request.path.hasPrefix("/crm/v8/settings/fields") {
                let module = request.path.split(separator: "=").last.map(String.init) ?? ""
                if let body = fields[module] ?? zohoFields[module] { return .answer(status: 200, body: body) }
                return answer(400, fixture: "zoho/error_module.400.json")
            }
            return script(request)
        }, work)
}

func zohoGrant(_ token: String = zohoToken, seconds: Int = 3600) -> ScriptedServer.Action {
    .answer(
        status: 200,
        body: #"{"access_token":"\#(token)","api_domain":"https://evil.example","expires_in":\#(seconds)}"#)
}

/// The fields of contacts, prepared.
private let zohoFields: [String: String] = [
    "Contacts": zohoFieldList(
        ZohoField.read.map { ($0, $0 == ZohoField.puenteID.rawValue) } + [("WhatsApp_Name", false)])
]

func zohoFieldList(_ fields: [(name: String, isUnique: Bool)]) -> String {
    let list = fields.map { field in
        let unique = field.isUnique ? #"{"casesensitive":"false"}"# : "{}"
        return #"{"api_name":"\#(field.name)","unique":\#(unique)}"#
    }
    return #"{"fields":[\#(list.joined(separator: ","))]}"#
}

/// What a prepared custom module has.
let zohoMessageFields = zohoFieldList(
    ZohoMessageField.allCases.map { ($0.rawValue, $0 == .puenteID) } + [("Name", false)])

/// One success or error for each.
func zohoItems(_ items: String...) -> String { #"{"data":[\#(items.joined(separator: ","))]}"# }

func zohoSuccess(_ id: String) -> String {
    #"{"code":"SUCCESS","details":{"id":"\#(id)"},"message":"record added","status":"success"}"#
}

func zohoError(_ code: String, _ details: String = "{}", _ message: String = "invalid data") -> String {
    #"{"code":"\#(code)","details":\#(details),"message":"\#(message)","status":"error"}"#
}

extension ScriptedServer {
    /// Without the calls for tokens and fields.
    var zohoCalls: [Request] {
        requests.filter { !$0.path.hasPrefix("/oauth/") && !$0.path.hasPrefix("/crm/v8/settings/fields?") }
    }

    var zohoTokenCalls: Int { requests.count { $0.path.hasPrefix("/oauth/") } }
}

extension ScriptedServer.Request {
    /// The rows of a write.
    var rows: [NSDictionary] { get throws { try json(body)["data"] as? [NSDictionary] ?? [] } }
    var query: String { get throws { try json(body)["select_query"] as? String ?? "" } }
}
