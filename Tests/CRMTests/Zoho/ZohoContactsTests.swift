import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct ZohoContactsTests {
    private func search(_ lookup: ContactLookup) -> ZohoContactSearch {
        let fields = ZohoField.read.map { ZohoSchema.Field(name: $0, isUnique: false) }
        return ZohoContactSearch(lookup: lookup, schema: ZohoSchema(contacts: fields, messages: nil))
    }

    @Test func `every handle is asked for, two conditions at a time`() {
        let query = search(
            ContactLookup(
                puenteID: puenteID(1), phones: ["34600111222"], userIDs: ["US.1"], email: "ana@x.example")
        ).query

        for part in [
            "Puente_Id = '\(puenteID(1))'", "WhatsApp_Id = '34600111222'", "WhatsApp_User_Id = 'US.1'",
            "Email = 'ana@x.example'", "'+34600111222'", "'+34 600 11 12 22'", "'600111222'", "Mobile in (",
        ] { #expect(query.contains(part)) }
        #expect(query.contains("where ((((((("))
        #expect(query.count { $0 == "(" } == query.count { $0 == ")" })
        #expect(query.hasSuffix("limit 200"))
    }

    @Test func `what could end the quotation is never quoted`() {
        let search = search(
            ContactLookup(puenteID: puenteID(1), userIDs: ["x' or id is not null"], email: "o'neill@x.example"))

        #expect(!search.query.contains("is not null"))
        #expect(!search.query.contains("o'neill"))
        #expect(search.searches == ["email=o'neill%40x.example"])
    }

    @Test func `hits are confirmed, and those of others left out`() async throws {
        let own = #"{"id":"11","Mobile":"+34 600-111-222","Last_Name":"López","Owner":{"id":"5"}}"#
        try await withZoho { request in
            if request.path.hasSuffix("/coql") { return .answer(status: 204) }
            let other = #"{"id":"12","Phone":"+33 600111222"}"#
            return .answer(status: 200, body: #"{"data":[\#(own),\#(other)],"info":{"more_records":false}}"#)
        } _: { server, client in
            let found = try await zoho(server.url, client).findContacts(
                ContactLookup(puenteID: puenteID(1), phones: ["34600111222"]))

            #expect(found.map(\.id) == ["11"])
            #expect(found.first?.matches == [.phone])
            #expect(found.first?.ownerID == "5")
            #expect(server.zohoCalls.map(\.path).last?.contains("/Contacts/search?phone=600111222&fields=id,") == true)
        }
    }

    @Test func `known records are updated without their names, others upserted by our id`() async throws {
        try await withZoho { request in
            switch (request.method, request.path) {
            case ("POST", "/crm/v8/coql"):
                .answer(
                    status: 200,
                    body: #"{"data":[{"id":"31","Puente_Id":"\#(puenteID(3))"}],"info":{"more_records":false}}"#)
            case ("PUT", "/crm/v8/Contacts"):
                .answer(status: 200, body: zohoItems(zohoSuccess("21"), zohoSuccess("31")))
            case ("POST", "/crm/v8/Contacts/upsert"):
                .answer(
                    status: 207,
                    body: zohoItems(zohoError("DUPLICATE_DATA", #"{"api_name":"Email"}"#), zohoSuccess("41")))
            default: .answer(status: 404)
            }
        } _: { server, client in
            let outcomes = try await zoho(server.url, client).upsertContacts([
                ContactUpsert(puenteID: puenteID(1), firstName: "Ana", lastName: "López", email: "ana@x.example"),
                ContactUpsert(puenteID: puenteID(2), remoteID: "21", firstName: "Eva", waID: "34600111222"),
                ContactUpsert(puenteID: puenteID(3), firstName: "Luis"),
                ContactUpsert(puenteID: puenteID(4), waID: "34600333444", profileName: "🙂\nMar "),
            ])

            #expect(outcomes.map(\.remoteID) == [nil, "21", "31", "41"])
            let update = try #require(server.zohoCalls.first { $0.method == "PUT" })
            #expect(try update.rows.count == 2)
            #expect(!update.text.contains("First_Name") && update.text.contains(#""trigger":[]"#))
            let upsert = try #require(server.zohoCalls.first { $0.path.hasSuffix("/upsert") })
            #expect(try json(upsert.body)["duplicate_check_fields"] as? [String] == ["Puente_Id"])
            let made = try upsert.rows
            #expect(made.map { $0["Last_Name"] as? String } == ["López", "🙂 Mar"])
            #expect(made.map { $0["Mobile"] as? String } == [nil, "+34600333444"])
        }
    }

    @Test func `a contact without any name is called by its number`() {
        #expect(ContactUpsert(puenteID: "x", waID: "34600333444").zohoCreation()["Last_Name"] == .text("+34600333444"))
        #expect(ContactUpsert(puenteID: "x", userID: "US.1").zohoCreation()["Last_Name"] == .text("US.1"))
        let single = ContactUpsert(puenteID: "x", firstName: "Ana").zohoCreation()
        #expect(single["Last_Name"] == .text("Ana") && single["First_Name"] == nil)
        // WhatsApp knows the whole name alone, and calls the profile by it, too.
        let whole = ContactUpsert(
            puenteID: "x", firstName: "Lucía Fernández", profileName: "Lucía Fernández"
        ).zohoCreation()
        #expect(whole["First_Name"] == .text("Lucía") && whole["Last_Name"] == .text("Fernández"))
        let long = ContactUpsert(puenteID: "x", lastName: String(repeating: "ñ", count: 100)).zohoCreation()
        #expect(long["Last_Name"] == .text(String(repeating: "ñ", count: 79) + "…"))
    }

    @Test(
        "a record that is not there is nil, however Zoho says so",
        arguments: [
            (204, ""), (404, zohoError("INVALID_DATA", #"{"id":"7"}"#, "the id given seems to be invalid")),
            (400, zohoError("INVALID_DATA", #"{"resource_path_index":1}"#, "the id given seems to be invalid")),
        ])
    func missing(status: Int, body: String) async throws {
        try await withZoho { _ in
            .answer(status: status, body: body)
        } _: { server, client in
            let found = try await zoho(server.url, client).contact(remoteID: "7")
            let hostile = try await zoho(server.url, client).contact(remoteID: "7/../8")
            #expect(found == nil)
            #expect(hostile == nil)
        }
    }

    @Test func `the documented row is a contact`() throws {
        let page = try WireJSON.decode(ZohoPage.self, from: try Fixture.bytes("zoho/contacts_list.response.200.json"))
        let contact = try #require(page.data.first.flatMap(RemoteContact.init(zoho:)))

        #expect(contact.id == "554023000000527002")
        #expect(contact.phones == ["+34600111222", "+34600111222"])
        #expect(contact.ownerID == "554023000000235012")
        #expect(contact.modifiedAt == morning + .seconds(2))
        #expect(contact.fields["Tag"] == "whatsapp")
        #expect(contact.fields["Email_Opt_Out"] == "false")
        #expect(page.isMore)
    }

    @Test func `outcomes that cannot be told apart are nobody's`() async throws {
        try await withClient { client in
            let api = try zoho("http://127.0.0.1:9", client).api
            let run = ZohoBatchRun(api: api, method: "PUT", path: "/Contacts", effect: .repeatable)
            let answer = try WireJSON.decode(ZohoWriteAnswer.self, from: Array(zohoItems(zohoSuccess("21")).utf8))

            let short = run.outcomes(of: [["id": .text("21")], ["id": .text("22")]], in: answer.items)
            let other = run.outcomes(of: [["id": .text("22")]], in: answer.items)

            #expect((short + other).allSatisfy { $0.remoteID == nil })
        }
    }
}
