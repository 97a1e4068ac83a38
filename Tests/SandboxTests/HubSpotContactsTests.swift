import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct HubSpotContactsTests {
    static let field: JSON = [
        "name": "puente_id", "label": "Puente", "type": "string", "fieldType": "text",
        "groupName": "contactinformation", "hasUniqueValue": true,
    ]

    @Test(arguments: [TestAPI.contacts, "/hubspot/crm/objects/2026-09/contacts", "/hubspot/crm/v3/objects/0-1"])
    func `a contact is made, read, changed and archived, in every style of path`(path: String) async throws {
        try await TestSandbox.run { api in
            let made = try await api.post(path, ["properties": ["firstname": "Ana", "mobilephone": "+34 600 111 222"]])
            let id = try #require(try made.json["id"]?.text)

            let read = try await api.get("\(path)/\(id)?properties=mobilephone,company,nonsense").json
            let changed = try await api.call(
                "PATCH", "\(path)/\(id)", ["properties": ["firstname": "", "lastname": "López"]]
            ).json
            let archived = try await api.call("DELETE", "\(path)/\(id)", nil)

            #expect(made.status == 201)
            #expect(try made.json.at("properties/hs_searchable_calculated_mobile_number")?.text == "600111222")
            #expect(try made.json.at("properties/hs_calculated_mobile_number")?.text == "+34600111222")
            #expect(
                read.at("properties")?.members?.keys == [
                    "hs_object_id", "createdate", "lastmodifieddate", "mobilephone", "company",
                ])
            #expect(read.at("properties/company")?.isNull == true)
            #expect(changed.at("properties/firstname") == nil)
            #expect(changed.at("properties/lastname")?.text == "López")
            #expect(archived.status == 204)
            #expect(try await api.get("\(path)/\(id)").status == 404)
            #expect(try await api.get("\(path)?archived=true").json.at("results/0/id")?.text == id)
        }
    }

    @Test func `a token is asked for`() async throws {
        try await TestSandbox.run { api in
            let none = try await api.get(TestAPI.contacts, token: nil)
            let wrong = try await api.get(TestAPI.contacts, token: "other")

            #expect(none.status == 401)
            #expect(try wrong.json["category"]?.text == "INVALID_AUTHENTICATION")
        }
    }

    static let wrong: [(name: String, properties: JSON, code: String)] = [
        ("an unknown field", ["whatsapp_idx": "1"], "PROPERTY_DOESNT_EXIST"),
        ("a computed field", ["hs_calculated_phone_number": "1"], "READ_ONLY_VALUE"),
        ("no e-mail", ["email": "ana"], "INVALID_EMAIL"),
    ]

    @Test(arguments: wrong)
    func `a wrong value names its field`(name: String, properties: JSON, code: String) async throws {
        try await TestSandbox.run { api in
            let reply = try await api.post(TestAPI.contacts, ["properties": properties])

            #expect(reply.status == 400)
            #expect(try reply.json["category"]?.text == "VALIDATION_ERROR")
            #expect(try reply.json.at("errors/0/code")?.text == code, "\(name): \(reply.text)")
        }
    }

    @Test func `an e-mail and a unique value belong to one contact`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.post("/hubspot/crm/v3/properties/contacts", Self.field)
            let first = try await api.post(
                TestAPI.contacts, ["properties": ["email": "ana@x.example", "puente_id": "P1"]])
            let id = try #require(try first.json["id"]?.text)

            let sameMail = try await api.post(TestAPI.contacts, ["properties": ["email": "ANA@x.example"]])
            let sameKey = try await api.post(TestAPI.contacts, ["properties": ["puente_id": "P1"]])

            #expect(sameMail.status == 409)
            #expect(try sameMail.json["message"]?.text == "Contact already exists. Existing ID: \(id)")
            #expect(sameKey.status == 409)
            let byKey = try await api.get("\(TestAPI.contacts)/P1?idProperty=puente_id").json
            #expect(byKey["id"]?.text == id)
        }
    }

    @Test func `the list is paged`() async throws {
        try await TestSandbox.run { api in
            for index in 0..<5 {
                _ = try await api.post(TestAPI.contacts, ["properties": ["firstname": JSON("\(index)")]])
            }

            var names: [String] = []
            var after: String? = ""
            while let cursor = after {
                let page = try await api.get("\(TestAPI.contacts)?limit=2&properties=firstname&after=\(cursor)").json
                names += (page["results"]?.items ?? []).compactMap { $0.at("properties/firstname")?.text }
                after = page.at("paging/next/after")?.text
            }

            #expect(names == ["0", "1", "2", "3", "4"])
        }
    }

    @Test func `merged contacts live on under a new id, and the old ids lead there`() async throws {
        try await TestSandbox.run { api in
            let ids = try await ["Ana", "Anita"].asyncMap { name in
                try await api.post(
                    TestAPI.contacts, ["properties": ["firstname": JSON(name), "phone": JSON("+34600\(name.count)")]]
                )
                .json["id"]?.text ?? ""
            }

            let merged = try await api.post(
                TestAPI.contacts + "/merge",
                ["primaryObjectId": JSON(ids[0]), "objectIdToMerge": JSON(ids[1])]
            ).json

            let newID = try #require(merged["id"]?.text)
            #expect(!ids.contains(newID))
            #expect(merged.at("properties/firstname")?.text == "Ana")
            #expect(merged.at("properties/hs_merged_object_ids")?.text == ids.joined(separator: ";"))
            for id in ids { #expect(try await api.get("\(TestAPI.contacts)/\(id)").json["id"]?.text == newID) }
        }
    }

    @Test func `a field is made once`() async throws {
        try await TestSandbox.run { api in
            let path = "/hubspot/crm/properties/2026-09/contacts"
            let made = try await api.post(path, Self.field)
            let again = try await api.post(path, Self.field)
            let read = try await api.get(path + "/puente_id").json
            let wrong = try await api.post(
                path, ["name": "X y", "label": "x", "type": "string", "fieldType": "text", "groupName": "g"])

            #expect([made, again, wrong].map(\.status) == [201, 409, 400])
            #expect(read["hasUniqueValue"]?.flag == true)
            let all = try await api.get("/hubspot/crm/v3/properties/contacts").json["results"]?.items ?? []
            #expect(all.contains { $0["name"]?.text == "puente_id" })
        }
    }

    @Test func `owners and the account are told`() async throws {
        try await TestSandbox.run { api in
            let owners = try await api.get("/hubspot/crm/v3/owners?email=marta.gil@ejemplo.example").json
            let account = try await api.get("/hubspot/account-info/v3/details").json

            #expect(owners["results"]?.items?.count == 1)
            let first = try await api.get("/hubspot/crm/v3/owners?limit=3").json
            let after = try #require(first.at("paging/next/after")?.text)
            let rest = try await api.get("/hubspot/crm/v3/owners?limit=3&after=\(after)").json
            #expect(first["results"]?.items?.count == 3 && rest["results"]?.items?.count == 1)
            #expect(rest["paging"] == nil)
            let archived = try await api.get("/hubspot/crm/v3/owners?archived=true").json
            #expect(archived.at("results/0/archived") == true)
            #expect(account["portalId"]?.wholeNumber == 62515)
        }
    }

    @Test func `a hundred calls in ten seconds are enough, and the headers count down`() async throws {
        try await TestSandbox.run({ $0.enforcesVendorLimits = true }) { api in
            _ = try await api.post("/sandbox/clock", ["held": true])
            let first = try await api.get("/hubspot/account-info/v3/details")
            var last = first
            for _ in 0..<100 { last = try await api.get("/hubspot/account-info/v3/details") }

            #expect(first.header("X-HubSpot-RateLimit-Remaining") == "99")
            #expect(first.header("X-HubSpot-RateLimit-Max") == "100")
            #expect(last.status == 429)
            #expect(try last.json["policyName"]?.text == "TEN_SECONDLY_ROLLING")
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 11])
            #expect(try await api.get("/hubspot/account-info/v3/details").status == 200)
        }
    }

    @Test func `five searches a second are enough, and say nothing of limits`() async throws {
        try await TestSandbox.run({ $0.enforcesVendorLimits = true }) { api in
            _ = try await api.post("/sandbox/clock", ["held": true])
            let replies = try await (0..<6).asyncMap { _ in try await api.post(TestAPI.contacts + "/search") }

            #expect(replies.map(\.status) == [200, 200, 200, 200, 200, 429])
            #expect(try replies[5].json["policyName"]?.text == "SECONDLY")
            #expect(replies[0].header("X-HubSpot-RateLimit-Max") == nil)
        }
    }
}

extension Sequence {
    func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
