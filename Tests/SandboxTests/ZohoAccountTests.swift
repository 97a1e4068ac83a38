import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct ZohoAccountTests {
    @Test func `a token is good for an hour, and only behind Zoho's own word`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            let grant = try await zoho.token().json
            let token = try #require(grant["access_token"]?.text)
            #expect(grant["api_domain"]?.text == api.base + "/zoho")
            #expect(grant["expires_in"]?.wholeNumber == 3600)
            #expect(grant["refresh_token"] == nil)

            let good = try await zoho.call("GET", "/org", token: token)
            let bearer = try await api.get("/zoho/crm/v8/org", token: token)
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 3601])
            let late = try await zoho.call("GET", "/org", token: token)

            #expect(good.status == 200)
            #expect(bearer.status == 401)
            #expect(try bearer.json["code"]?.text == "AUTHENTICATION_FAILURE")
            #expect(late.status == 401)
            #expect(try late.json["code"]?.text == "INVALID_TOKEN")
        }
    }

    @Test(
        "refusals of tokens come with status 200",
        arguments: [
            ("client_id", "invalid_client"), ("client_secret", "invalid_client_secret"),
            ("refresh_token", "invalid_code"),
        ])
    func refusals(field: String, code: String) async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let reply = try await zoho.token([field: "wrong"])
            #expect(reply.status == 200)
            #expect(try reply.json == ["error": JSON(code)])
        }
    }

    @Test func `a grant code gives the refresh token, ten tokens in ten minutes are all`() async throws {
        try await TestSandbox.runZoho {
            $0.enforcesVendorLimits = true
        } _: { zoho, _ in
            let first = try await zoho.token(["grant_type": "authorization_code", "code": "sandbox-grant"])
            #expect(try first.json["refresh_token"]?.text == "sandbox-token")
            for _ in 0..<9 { #expect(try await zoho.token().json["access_token"] != nil) }

            let refused = try await zoho.token()
            #expect(refused.status == 400)
            #expect(try refused.json["error"]?.text == "Access Denied")
        }
    }

    @Test func `credits are counted, and told once half of them are gone`() async throws {
        try await TestSandbox.runZoho {
            $0.enforcesVendorLimits = true
        } _: { zoho, api in
            _ = try await api.put("/sandbox/crm/zoho/credits", ["daily": 6])
            let rows = JSON.array((0..<25).map { ["Last_Name": JSON("N\($0)")] })

            let plain = try await zoho.get("/users?type=CurrentUser")
            let write = try await zoho.post("/Contacts", ["data": rows])
            let coql = try await zoho.query("select id from Contacts where id is not null limit 1000")
            let after = try await zoho.get("/org")

            #expect(plain.header("X-API-CREDITS-REMAINING") == nil)
            #expect(write.header("X-API-CREDITS-REMAINING") == "2")
            #expect(coql.header("X-API-CREDITS-REMAINING") == "0")
            #expect(after.status == 429)
            #expect(after.header("Retry-After") == nil)
        }
    }

    @Test func `faults answer in Zoho's words`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            func fault(_ fault: JSON) async throws -> TestAPI.Reply {
                var fault = fault
                fault["target"] = "zoho"
                fault["count"] = 1
                _ = try await api.put("/sandbox/faults", ["faults": [fault]])
                return try await zoho.get("/org")
            }

            #expect(try await fault(["kind": "token_death"]).json["code"]?.text == "INVALID_TOKEN")
            let limited = try await fault(["kind": "status", "status": 429])
            #expect(try limited.json["code"]?.text == "TOO_MANY_REQUESTS")
            #expect(limited.header("Retry-After") == nil)
            #expect(try await fault(["kind": "status", "status": 500]).json["code"]?.text == "INTERNAL_ERROR")
            #expect(try await zoho.get("/org").status == 200)
            #expect(try await zoho.get("/nothing/here").json["code"]?.text == "INVALID_MODULE")
        }
    }

    @Test func `fields are made from their labels, five at a time, each with its outcome`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let path = "/settings/fields?module=Contacts"
            let made = try await zoho.post(path, ZohoAPI.field)
            let mixed = try await zoho.post(
                path,
                [
                    "fields": [
                        ["field_label": "Puente Id", "data_type": "text"],
                        ["field_label": "WhatsApp Name", "data_type": "text"],
                    ]
                ])
            let many = try await zoho.post(path, ["fields": .array(.init(repeating: [:], count: 6))])
            let list = try await zoho.get(path).json["fields"]?.items ?? []

            #expect(made.status == 201)
            #expect(mixed.status == 207)
            #expect(try mixed.json.at("fields/0/code")?.text == "DUPLICATE_DATA")
            #expect(many.status == 400)
            let field = try #require(list.first { $0["api_name"]?.text == "Puente_Id" })
            #expect(field["unique"] == ["casesensitive": "false"])
            #expect(list.contains { $0["api_name"]?.text == "WhatsApp_Name" && $0["unique"] == [:] })
            let none = try await zoho.get("/settings/fields?module=WhatsApp_Messages")
            #expect(try none.json["code"]?.text == "INVALID_MODULE")
        }
    }
}
