import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct HubSpotCheckTests {
    /// An account with these properties.
    private static func account(
        _ properties: [String]
    ) -> @Sendable (Int, ScriptedServer.Request) -> ScriptedServer.Action {
        { _, request in
            switch request.path {
            case "/account-info/v3/details": answer(200, fixture: "hubspot/account_details.json")
            case "/crm/properties/2026-09/contacts" where request.method == "POST":
                request.text.contains("whatsapp_profile_name")
                    ? answer(409, fixture: "hubspot/error_conflict.409.json")
                    : answer(201, fixture: "hubspot/property_create.response.201.json")
            case "/crm/properties/2026-09/contacts":
                .answer(status: 200, body: #"{"results":[\#(properties.joined(separator: ","))]}"#)
            case "/crm/associations/2026-09/communications/contacts/labels":
                answer(200, fixture: "hubspot/association_labels.response.json")
            case let path where path.hasSuffix("/batch/update"):
                answer(404, fixture: "hubspot/error_not_found.404.json")
            default: .answer(status: 200, body: #"{"results":[]}"#)
            }
        }
    }

    private static let complete = HubSpotField.allCases.map {
        #"{"name":"\#($0.rawValue)","hasUniqueValue":\#($0 == .puenteID)}"#
    }

    @Test func `a good account passes every step`() async throws {
        try await withServer(Self.account(Self.complete)) { server, client in
            let steps = try await hubSpot(server.url, client).check()
            #expect(steps.map(\.name) == [.reach, .credential, .permissions, .fields, .limits])
            #expect(steps.filter { !$0.isPassed } == [])
            #expect(steps.contains { $0.name == .credential && "\($0.outcome)".contains("62515") })
        }
    }

    @Test func `an account's records are linked in its own data centre`() async throws {
        try await withServer(Self.account(Self.complete)) { server, client in
            let pages = try await hubSpot(server.url, client).pages()
            #expect(
                pages
                    == RemotePages(
                        account: "https://app-eu1.hubspot.com/contacts/62515",
                        contact: "https://app-eu1.hubspot.com/contacts/62515/record/0-1/"))
        }
    }

    @Test(arguments: ["", #","uiDomain":"evil.example""#, #","uiDomain":"evil.example/.hubspot.com""#])
    func `a link leads to HubSpot, whatever answers in its place`(domain: String) async throws {
        try await withServer { _, _ in
            .answer(status: 200, body: #"{"portalId":7\#(domain)}"#)
        } _: { server, client in
            let pages = try await hubSpot(server.url, client).pages()
            #expect(pages?.contact == "https://app.hubspot.com/contacts/7/record/0-1/")
        }
    }

    @Test func `missing fields are a note that says when they are made, and preparing creates them`() async throws {
        try await withServer(Self.account([#"{"name":"email","hasUniqueValue":true}"#])) { server, client in
            let connector = try hubSpot(server.url, client)
            let step = try #require(await connector.check().first { $0.name == .fields })
            guard case .noted(let text) = step.outcome else {
                Issue.record("\(step.outcome)")
                return
            }
            #expect(text.en.contains("puente_id") && text.en.contains("when it starts") && step.isPassed)

            let created = try await connector.prepare()
            // Every property in the customer's account is one that we fill.
            #expect(created == HubSpotField.allCases.filter { $0 != .profileName }.map(\.rawValue))
            let first = try #require(
                server.requests.first {
                    $0.method == "POST" && $0.text.contains("\"puente_id\"") && $0.path.contains("properties")
                })
            #expect(first.text.contains(#""hasUniqueValue":true"#))
        }
    }

    @Test func `where the plan has no room for them, fields that only the mapping fills are left out and named`()
        async throws
    {
        let needed = HubSpotField.allCases.filter { !$0.isOffer }.map {
            #"{"name":"\#($0.rawValue)","hasUniqueValue":\#($0 == .puenteID)}"#
        }
        try await withServer { _, request in
            request.path.contains("properties") && request.method == "POST"
                ? answer(403, fixture: "hubspot/error_scope.403.json") : Self.account(needed)(0, request)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let created = try await connector.prepare()
            #expect(created == [])
            #expect(server.requests.count { $0.method == "POST" } == 1)
            let step = try #require(await connector.check().first { $0.name == .fields })
            guard case .noted(let text) = step.outcome else {
                Issue.record("\(step.outcome)")
                return
            }
            #expect(text.en.contains("whatsapp_opt_in") && !text.en.contains("puente_id"))
        }
    }

    @Test func `a key field that is not unique is no key`() async throws {
        let properties = HubSpotField.allCases.map { #"{"name":"\#($0.rawValue)","hasUniqueValue":false}"# }
        try await withServer(Self.account(properties)) { server, client in
            let step = try #require(try await hubSpot(server.url, client).check().first { $0.name == .fields })
            #expect(!step.isPassed)
        }
    }

    @Test func `a refused token ends the check with its remedy`() async throws {
        try await withServer { _, _ in
            answer(401, fixture: "hubspot/error_auth.401.json")
        } _: { server, client in
            let steps = try await hubSpot(server.url, client).check()
            #expect(steps.map(\.name) == [.reach, .credential])
            #expect(steps.map(\.isPassed) == [true, false])
        }
    }

    @Test func `a missing permission names its scope`() async throws {
        try await withServer { _, request in
            request.path.hasSuffix("/contacts/batch/update")
                ? answer(403, fixture: "hubspot/error_scope.403.json") : Self.account(Self.complete)(0, request)
        } _: { server, client in
            let step = try #require(try await hubSpot(server.url, client).check().first { $0.name == .permissions })
            #expect(!step.isPassed)
            #expect("\(step.outcome)".contains("crm.objects.contacts.write"))
        }
    }

    @Test func `an account that is away ends the check at once`() async throws {
        let url = "http://127.0.0.1:\(try await closedPort())"
        try await withClient { client in
            let steps = try await hubSpot(url, client).check()
            #expect(steps.map(\.name) == [.reach])
            #expect(steps.first?.isPassed == false)
        }
    }

    @Test func `a text property is defined as documented`() throws {
        let sample = try json(Fixture.bytes("hubspot/property_create.request.json"))
        let given = try json(WireJSON.encode(HubSpotField.whatsAppID.definition))
        for key in ["name", "type", "fieldType", "groupName", "description", "formField"] {
            #expect("\(given[key] ?? "")" == "\(sample[key] ?? "-")")
        }
    }
}
