import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct SalesforceRecordsTests {
    @Test func `a token leads to the instance, and nothing else is there`() async throws {
        try await SalesforceAPI.run { salesforce in
            let token = try await SalesforceAPI.form(salesforce.api, SalesforceAPI.token, SalesforceAPI.credentials)
                .json
            let instance = try #require(token["instance_url"]?.text)
            let session = token["access_token"]?.text
            let there = try await salesforce.api.get(instance + "/services/oauth2/userinfo", token: session)
            let elsewhere = try await salesforce.api.get("/salesforce/services/data/v66.0/limits", token: session)
            let nobody = try await salesforce.api.get(SalesforceAPI.data + "/limits", token: "sandbox-token")

            #expect(there.status == 200)
            #expect(try there.json["preferred_username"]?.text == "puente@ejemplo.example")
            #expect(elsewhere.status == 404)
            #expect(nobody.status == 401)
            #expect(try nobody.json.at("0/errorCode")?.text == "INVALID_SESSION_ID")
        }
    }

    static let refusals = [
        ("/salesforce/login/services/oauth2/token", SalesforceAPI.credentials, "invalid_grant"),
        (SalesforceAPI.token, "grant_type=client_credentials&client_id=x&client_secret=y", "invalid_client_id"),
        (SalesforceAPI.token, "grant_type=password", "unsupported_grant_type"),
        (
            SalesforceAPI.token, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c",
            "invalid_grant"
        ),
    ]

    @Test(arguments: refusals)
    func `a wrong request for a token is refused as an object`(path: String, form: String, code: String) async throws {
        try await TestSandbox.run { api in
            let reply = try await SalesforceAPI.form(api, path, form)

            #expect(reply.status == 400)
            #expect(try reply.json["error"]?.text == code)
            #expect(try reply.json["error_description"]?.text?.isEmpty == false)
        }
    }

    @Test func `a session ends after its time without a call`() async throws {
        try await SalesforceAPI.run { salesforce in
            let api = salesforce.api
            for (seconds, status) in [(7000, 200), (7000, 200), (7300, 401)] {
                _ = try await api.post("/sandbox/clock", ["advance_seconds": JSON(seconds)])
                #expect(try await salesforce.call("GET", "/limits").status == status)
            }
        }
    }

    @Test func `an upsert by key answers 201, 200, and 300 where several match`() async throws {
        try await SalesforceAPI.run { salesforce in
            let path = "/sobjects/Contact/Puente_Id__c/P1"
            let new = try await salesforce.call("PATCH", path, ["LastName": "López"])
            let old = try await salesforce.call("PATCH", path, ["FirstName": "Ana"])
            let only = try await salesforce.call("PATCH", "/sobjects/Contact/Puente_Id__c/P2?updateOnly=true", [:])
            _ = try await salesforce.made(
                ["LastName": "A", "WhatsApp_Id__c": "34600"], ["LastName": "B", "WhatsApp_Id__c": "34600"])
            let several = try await salesforce.call("PATCH", "/sobjects/Contact/WhatsApp_Id__c/34600", [:])
            let noKey = try await salesforce.call("PATCH", "/sobjects/Contact/Title/x", [:])

            #expect([new, old, only, several, noKey].map(\.status) == [201, 200, 404, 300, 400])
            #expect(try new.json["id"]?.text == old.json["id"]?.text)
            #expect(try old.json["created"]?.flag == false)
            #expect(try several.json.items?.count == 2)
        }
    }

    @Test func `a unique value belongs to one living record`() async throws {
        try await SalesforceAPI.run { salesforce in
            let ids = try await salesforce.made(["LastName": "A", "Puente_Id__c": "P1"])
            let twin = try await salesforce.call("POST", "/sobjects/Contact", ["LastName": "B", "Puente_Id__c": "p1"])
            _ = try await salesforce.call("DELETE", "/sobjects/Contact/\(ids[0])")
            let later = try await salesforce.call("POST", "/sobjects/Contact", ["LastName": "B", "Puente_Id__c": "P1"])

            #expect(twin.status == 400)
            #expect(try twin.json.at("0/errorCode")?.text == "DUPLICATE_VALUE")
            #expect(try twin.json.at("0/message")?.text?.hasSuffix("id: \(ids[0].prefix(15))") == true)
            #expect(later.status == 201)
        }
    }

    @Test func `ids sort in the order they were given, in both lengths`() throws {
        let ids = (0..<200).map { SalesforceID.text(prefix: "003", number: $0) }
        #expect(ids == ids.sorted())
        for (number, id) in ids.enumerated() {
            #expect(SalesforceID.number(of: id, prefix: "003") == number)
            #expect(SalesforceID.full(String(id.prefix(15))) == id)
        }
        #expect(SalesforceID.full("0035g00000AbCdE") == "0035g00000AbCdEAAV")
        #expect(SalesforceID.full("0035g00000AbCdEAAA") == nil)
        #expect(SalesforceID.number(of: ids[0], prefix: "00Q") == nil)
    }

    @Test func `a fault's status comes in Salesforce's form, on records and on tokens`() async throws {
        try await SalesforceAPI.run { salesforce in
            let fault: JSON = ["target": "salesforce", "kind": "status", "status": 503]
            _ = try await salesforce.api.put("/sandbox/faults", ["faults": [fault]])

            let records = try await salesforce.call("GET", "/limits")
            let token = try await SalesforceAPI.form(salesforce.api, SalesforceAPI.token, SalesforceAPI.credentials)

            #expect([records.status, token.status] == [503, 503])
            #expect(try records.json.at("0/errorCode")?.text == "SERVER_UNAVAILABLE")
            #expect(try token.json["error"]?.text == "temporarily_unavailable")
        }
    }

    @Test func `what an org is set to is told where it is set`() async throws {
        try await SalesforceAPI.run { salesforce in
            let org = "/sandbox/crm/salesforce/org"
            let set = try await salesforce.api.put(org, ["duplicate_rule": "alert", "session_seconds": 900])
            let told = try await salesforce.api.get(org)

            #expect(set.status == 204 && told.status == 200)
            #expect(try told.json["duplicate_rule"]?.text == "alert")
            #expect(try told.json["session_seconds"]?.wholeNumber == 900)
            #expect(try told.json["may_customise"]?.flag == true)
        }
    }

    @Test func `people make, change, merge and delete contacts, and everything starts again`() async throws {
        try await SalesforceAPI.run { salesforce in
            let api = salesforce.api
            let path = "/sandbox/crm/salesforce/contacts"
            var ids: [String] = []
            for name in ["A", "B", "C"] {
                let made = try await api.post(path, ["fields": ["LastName": JSON(name)]])
                ids.append(try #require(try made.json["Id"]?.text))
            }
            let changed = try await api.call("PATCH", "\(path)/\(ids[0])", ["fields": ["Title": "CEO"]])
            let merged = try await api.post(
                "/sandbox/crm/salesforce/merge", ["primary": JSON(ids[0]), "other": JSON(ids[1])])
            let deleted = try await api.call("DELETE", "\(path)/\(ids[2])", nil)
            let wrong = try await api.call("DELETE", "\(path)/\(ids[2])", nil)

            #expect([changed, merged, deleted, wrong].map(\.status) == [200, 200, 204, 404])
            let held = try await api.get(path).json
            #expect(held["data"]?.items?.compactMap { $0["Id"]?.text } == [ids[0]])
            #expect(held["next"]?.isNull == true)
            #expect(try await api.summary().at("salesforce/Contact")?.wholeNumber == 3)

            _ = try await api.call("DELETE", "/sandbox", nil)
            #expect(try await api.get(path).json["data"]?.items?.isEmpty == true)
            #expect(try await salesforce.call("GET", "/limits").status == 401)
        }
    }
}
