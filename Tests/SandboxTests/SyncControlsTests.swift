import Testing

@testable import Sandbox

/// What tests of two-way sync need of the CRMs: fields that administrators change, tags, and counts of writes.
@Suite(.timeLimit(.minutes(1))) struct SyncControlsTests {
    private static let key: JSON = [
        "name": "puente_id", "label": "Puente", "type": "string", "fieldType": "text",
        "groupName": "contactinformation", "hasUniqueValue": true,
    ]

    // MARK: Fields

    @Test func `a property that is taken away is unknown, and comes back with its values`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.post("/hubspot/crm/v3/properties/contacts", Self.key)
            let made = try await api.post(TestAPI.contacts, ["properties": ["puente_id": "7"]])
            let id = try made.json["id"]?.text ?? ""

            #expect(try await api.call("DELETE", "/sandbox/crm/hubspot/fields/puente_id", nil).status == 204)
            let refused = try await api.call("PATCH", "\(TestAPI.contacts)/\(id)", ["properties": ["puente_id": "8"]])
            #expect(refused.status == 400)
            #expect(try await api.get("/hubspot/crm/v3/properties/contacts/puente_id").status == 404)

            #expect(try await api.post("/sandbox/crm/hubspot/fields/puente_id").status == 204)
            let shown = try await api.get("\(TestAPI.contacts)/\(id)?properties=puente_id")
            #expect(try shown.json.at("properties/puente_id")?.text == "7")
        }
    }

    @Test func `a property of another kind refuses what no longer fits`() async throws {
        try await TestSandbox.run { api in
            let retyped = try await api.call("PATCH", "/sandbox/crm/hubspot/fields/company", ["type": "number"])
            #expect(retyped.status == 204)

            let refused = try await api.post(TestAPI.contacts, ["properties": ["company": "Ejemplo"]])
            #expect(refused.status == 400)

            _ = try await api.post("/sandbox/crm/hubspot/fields/company")
            #expect(try await api.post(TestAPI.contacts, ["properties": ["company": "Ejemplo"]]).status == 201)
        }
    }

    @Test(arguments: [("hubspot", "city"), ("salesforce", "MailingCity"), ("zoho", "Mailing_City"), ("odoo", "city")])
    func `every CRM's fields can be taken away once and put back once`(crm: String, field: String) async throws {
        try await TestSandbox.run { api async throws in
            let path = "/sandbox/crm/\(crm)/fields/\(field)"
            #expect(try await api.call("DELETE", path, nil).status == 204)
            #expect(try await api.call("DELETE", path, nil).status == 404)
            #expect(try await api.post(path).status == 204)
            #expect(try await api.post(path).status == 404)
        }
    }

    @Test(arguments: ["hubspot", "salesforce", "zoho", "odoo"])
    func `what is no field, and what is no kind, is said`(crm: String) async throws {
        try await TestSandbox.run { api in
            #expect(try await api.call("DELETE", "/sandbox/crm/\(crm)/fields/no_such_field", nil).status == 404)
            let wrong = try await api.call("PATCH", "/sandbox/crm/\(crm)/fields/city", ["type": "colour"])
            #expect(wrong.status == 400)
            #expect(wrong.text.contains("colour"))
        }
    }

    @Test func `an Odoo field that is gone is neither read nor written`() async throws {
        try await OdooHands.run { odoo in
            _ = try await odoo.api.call("DELETE", "/sandbox/crm/odoo/fields/function", nil)

            let read = try await odoo.json2("res.partner", "search_read", ["fields": ["function"]])
            let described = try await odoo.json2("res.partner", "fields_get", [:])

            #expect(read.status >= 400)
            #expect(try described.json["function"] == nil)
            #expect(try described.json["city"] != nil)
        }
    }

    // MARK: Tags

    @Test func `a person in Odoo tags a contact by names, and the list shows them`() async throws {
        try await TestSandbox.run { api in
            let made = try await api.post(
                "/sandbox/crm/odoo/contacts", ["name": "Ana", "tags": ["VIP", "Ferias"]])
            let id = try #require(try made.json["id"]?.wholeNumber)
            _ = try await api.call("PATCH", "/sandbox/crm/odoo/contacts/\(id)", ["tags": ["Ferias"]])

            let list = try await api.get("/sandbox/crm/odoo/contacts").json

            #expect(list.at("data/0/tags") == ["Ferias"])
            #expect(list.at("data/0/category_id")?.items?.count == 1)
        }
    }

    @Test func `a person in Zoho tags a contact, and the list shows it`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            let id = try await zoho.contact()
            _ = try await api.call(
                "PATCH", "/sandbox/crm/zoho/contacts/\(id)", ["fields": ["Tag": [["name": "VIP"]]]])

            let list = try await api.get("/sandbox/crm/zoho/contacts").json

            #expect(list.at("data/0/Tag/0/name")?.text == "VIP")
        }
    }

    // MARK: Times

    @Test(arguments: ["odoo", "salesforce", "zoho"])
    func `the list says to the millisecond when a record came, also where the CRM shows seconds`(
        of crm: String
    ) async throws {
        try await TestSandbox.run { api in
            let body: JSON =
                switch crm {
                case "odoo": ["name": "Ana"]
                case "salesforce": ["fields": ["LastName": "López"]]
                default: ["fields": ["Last_Name": "López"]]
                }
            let before = try await api.summary().at("now")?.wholeNumber ?? 0
            _ = try await api.post("/sandbox/crm/\(crm)/contacts", body)
            let after = try await api.summary().at("now")?.wholeNumber ?? 0

            let list = try await api.get("/sandbox/crm/\(crm)/contacts").json

            let cameAt = try #require(list.at("data/0/received_at")?.wholeNumber)
            #expect((before...after).contains(cameAt))
        }
    }

    // MARK: Counting

    @Test func `what programs write into HubSpot is counted, and what people write is not`() async throws {
        try await TestSandbox.run { api in
            let made = try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]])
            let id = try made.json["id"]?.text ?? ""
            _ = try await api.post(
                TestAPI.contacts + "/batch/update",
                ["inputs": [["id": JSON(id), "properties": ["city": "Jaca"]], ["id": "999", "properties": [:]]]])
            _ = try await api.call(
                "PATCH", "/sandbox/crm/hubspot/contacts/\(id)", ["properties": ["lastname": "López"]])

            let writes = try await api.summary().at("hubspot/contact_writes")

            #expect(writes == ["created": 1, "updated": 1, "tagged": 0])
        }
    }

    @Test func `what programs write into Zoho is counted, tags by themselves`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            let id = try await zoho.contact()
            let rows: JSON = [["id": JSON(id), "Title": "CEO"], ["id": "1", "Title": "x"]]
            _ = try await zoho.put("/Contacts", ["data": rows])
            _ = try await zoho.post("/Contacts/\(id)/actions/add_tags", ["tags": [["name": "VIP"]]])
            _ = try await api.call("PATCH", "/sandbox/crm/zoho/contacts/\(id)", ["fields": ["Title": "CTO"]])

            let writes = try await api.summary().at("zoho/contact_writes")

            #expect(writes == ["created": 1, "updated": 1, "tagged": 1])
        }
    }

    @Test func `what programs write into Salesforce is counted`() async throws {
        try await SalesforceAPI.run { salesforce in
            let made = try await salesforce.call("POST", "/sobjects/Contact", ["LastName": "López"])
            let id = try made.json["id"]?.text ?? ""
            _ = try await salesforce.call("PATCH", "/sobjects/Contact/\(id)", ["Title": "CEO"])
            _ = try await salesforce.api.call(
                "PATCH", "/sandbox/crm/salesforce/contacts/\(id)", ["fields": ["Title": "CTO"]])

            let writes = try await salesforce.api.summary().at("salesforce/contact_writes")

            #expect(writes == ["created": 1, "updated": 1, "tagged": 0])
        }
    }

    @Test func `what programs write into Odoo is counted, and a load that is undone is not`() async throws {
        try await OdooHands.run { odoo in
            let id = try await odoo.make(["name": "Ana"])
            _ = try await odoo.json2("res.partner", "write", ["ids": [id], "vals": ["city": "Jaca"]])
            let number = id.wholeNumber ?? 0
            let rows: JSON = [[JSON("\(number)"), "es_ES"], ["999999", "es_ES"]]
            _ = try await odoo.json2("res.partner", "load", ["fields": [".id", "lang"], "data": rows])
            _ = try await odoo.api.call("PATCH", "/sandbox/crm/odoo/contacts/\(number)", ["city": "Huesca"])

            let writes = try await odoo.api.summary().at("odoo/contact_writes")

            #expect(writes == ["created": 1, "updated": 1, "tagged": 0])
        }
    }
}
