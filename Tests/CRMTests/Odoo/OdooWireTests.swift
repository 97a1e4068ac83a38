import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct OdooWireTests {
    private func same(_ value: OdooValue, _ fixture: String, ignoring keys: Set<String> = []) throws -> Bool {
        let given = try json(WireJSON.encode(value)).mutableCopy() as? NSMutableDictionary
        let sample = try json(Fixture.bytes("odoo/\(fixture)")).mutableCopy() as? NSMutableDictionary
        for key in keys {
            given?.removeObject(forKey: key)
            sample?.removeObject(forKey: key)
        }
        return try #require(given).isEqual(try #require(sample))
    }

    @Test func `JSON-2 names every argument`() throws {
        let call = OdooCall.searchRead(
            "res.partner", [["write_date", ">=", "2026-11-20 09:30:00"]],
            fields: ["name", "email", "phone", "phone_sanitized", "write_date", "write_uid", "active"],
            order: "write_date asc, id asc", limit: 500)
        #expect(try same(call.json2, "json2_search_read.request.json"))
    }

    @Test func `JSON-RPC puts them in order`() throws {
        var call = OdooCall(
            model: "res.partner", method: "search_read",
            inOrder: [("domain", [["phone_sanitized", "=", "+34600111222"]])],
            named: ["fields": ["name", "phone", "mobile"], "limit": 5], context: ["active_test": false], effect: .read)
        let body = call.jsonRPC(database: "acme", uid: 9, key: "API-KEY")
        #expect(try WireJSON.encode(body).count > 100)
        let sample = try json(Fixture.bytes("odoo/jsonrpc_execute_kw.request.json"))
        let given = try json(WireJSON.encode(body))
        let arguments = { (body: NSDictionary) in ((body["params"] as? NSDictionary)?["args"] as? NSArray) ?? [] }
        for place in 0..<6 {
            #expect(arguments(given)[place] as? NSObject == arguments(sample)[place] as? NSObject)
        }
        call.ids = [41]
        let onRecord = arguments(try json(WireJSON.encode(call.jsonRPC(database: "acme", uid: 9, key: "K"))))
        #expect((onRecord[5] as? NSArray)?.firstObject as? [Int] == [41])
    }

    @Test func `signing in is the documented call`() throws {
        let call = OdooCall.jsonRPC(
            service: "common", method: "authenticate", ["acme", "bridge@example.com", "API-KEY", [:]])
        #expect(try same(call, "jsonrpc_authenticate.request.json"))
    }

    @Test func `a note is the documented one but for its marker`() throws {
        var activity = activity(remoteID: "41")
        activity.at = morning
        let call = OdooNote(activity: activity, language: .english).post(on: 41, majorVersion: 19, takesDates: true)
        #expect(
            try same(
                call.json2, "json2_message_post.request.json",
                ignoring: ["body", "message_id", "context", "attachment_ids", "body_is_html"]))
        #expect(call.named["message_id"] == .text("<\(puenteID(1))@puente>"))
        #expect(call.named["body"]?.text?.hasPrefix("WhatsApp ← Ana: Hello") == true)
        #expect(call.named["body"]?.text?.hasSuffix("Puente \(puenteID(1))") == true)
        #expect(call.named["body_is_html"] == true)
        let old = OdooNote(activity: activity, language: .english).post(on: 41, majorVersion: 16, takesDates: false)
        #expect(old.named["body_is_html"] == nil && old.named["date"] == nil)
    }

    @Test func `load has a row for each contact`() throws {
        let row = OdooRow(
            ContactUpsert(puenteID: "c_34600111222", firstName: "Ana López", waID: "34600111222"),
            at: .externalID("wa_bridge.c_34600111222"), fields: ["name", "phone"])
        let body: OdooValue = ["fields": .texts(row.columns), "data": [.list(row.cells)]]
        #expect(try same(body, "load_upsert.request.json"))
    }

    @Test func `a partner is read as it is documented`() throws {
        let rows: [[String: OdooValue]] = try WireJSON.decode(
            from: Fixture.bytes("odoo/json2_search_read.response.200.json"))
        let first = try #require(rows.first)
        let contact = try #require(OdooPartner(values: first).contact)
        #expect(contact.id == "41")
        #expect(contact.firstName == "Ana López")
        #expect(contact.phones == ["+34 600 11 12 22", "+34600111222"])
        #expect(contact.ownerID == "2")
        #expect(contact.modifiedAt == Timestamp(seconds: 1_795_167_002))
        #expect(contact.fields["parent_id"] == "Acme")
        #expect(!contact.isDeleted)
        let old: OdooEnvelope<[[String: OdooValue]]> = try WireJSON.decode(
            from: Fixture.bytes("odoo/jsonrpc_execute_kw.response.json"))
        #expect(OdooPartner(values: old.result?.first ?? [:]).contact?.phones == ["+34 600 11 12 22"])
    }

    @Test func `an external id tells whose it is`() {
        let id = puenteID(5)
        #expect(OdooExternalID.whole(id) == "puente.contact_\(id)")
        #expect(OdooExternalID.puenteID(in: OdooExternalID.name(id, puenteID(6))) == id)
        #expect(OdooExternalID.puenteID(in: "partner_1") == nil)
    }
}
