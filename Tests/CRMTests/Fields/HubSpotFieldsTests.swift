import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct HubSpotFieldsTests {
    private struct Property: Encodable {
        struct Option: Encodable {
            let label: String
            let value: String
        }
        let name: String
        let type: String
        let fieldType: String
        var label = "A field"
        var groupName = "contactinformation"
        var options: [Option]?
    }

    private func make(_ properties: [Property], _ connector: HubSpotConnector) async throws {
        _ = try await connector.prepare()
        for property in properties {
            let _: HubSpotProperty = try await connector.api.post(
                connector.api.paths.contactProperties, property, effect: .repeatable)
        }
    }

    private static let custom = [
        Property(name: "score", type: "number", fieldType: "number"),
        Property(name: "is_vip", type: "bool", fieldType: "booleancheckbox"),
        Property(name: "born", type: "date", fieldType: "date"),
        Property(
            name: "sports", type: "enumeration", fieldType: "checkbox",
            options: ["golf", "polo", "judo"].map { .init(label: $0, value: $0) }),
        Property(name: "bio", type: "string", fieldType: "html"),
    ]

    @Test func `fields are described, written and read, each by its kind`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            try await make(Self.custom, connector)
            let fields = try await connector.fields()
            for (name, shape) in [
                ("score", FieldShape.number), ("is_vip", .yesNo), ("born", .date), ("sports", .set),
                ("whatsapp_opt_in", .choice), ("whatsapp_opt_in_at", .moment), ("email", .email),
                ("mobilephone", .phone), ("hs_language", .language), ("hubspot_owner_id", .user), ("company", .text),
            ] {
                #expect(fields.shape(of: name) == shape, "\(name)")
            }
            #expect(fields.first { $0.name == "puente_id" }?.isUnique == true)
            #expect(fields.first { $0.name == "hs_object_id" }?.isWritable == false)
            #expect(fields.first { $0.name == "whatsapp_opt_in" }?.choices == ["opted_in", "opted_out"])

            try await expectRoundTrip(
                [
                    "score": "12.5", "is_vip": "true", "born": "1980-02-29", "sports": "golf;judo",
                    "whatsapp_opt_in": "opted_in", "whatsapp_opt_in_at": "2026-11-20T09:30:00.000Z",
                    "whatsapp_labels": "a;b", "email": "ana@example.com", "hs_language": "es-es",
                    "hubspot_owner_id": "71", "company": "Acme", "bio": "1 < 2\nso",
                ], through: connector)
        }
    }

    @Test func `one value that does not fit, and one field that is not there, fail their contact alone`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            try await make(Self.custom, connector)
            try await expectOneFails(["score": "many"], code: "field-value", through: connector)
            try await expectOneFails(["sports": "golf;chess"], code: "field-value", through: connector)
            try await expectOneFails(["hs_object_id": "1"], code: "field-value", through: connector)
            try await expectOneFails(["nothing": "x"], code: "field-unknown", through: connector)
        }
    }

    @Test func `of a property that is gone nothing is known, which is not blank`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, rig in
            try await make(Self.custom, connector)
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), fields: ["sports": "golf"])
            ])
            let id = try #require(made.first?.remoteID)
            let before = try await connector.contacts(remoteIDs: [id], reading: ["sports", "company"])
            #expect(before.first?.lacking == [] && before.first?.fields["sports"] == "golf")
            try await rig.control("DELETE", "crm/hubspot/fields/sports", "")

            let read = try await connector.contacts(remoteIDs: [id], reading: ["sports", "company"])
            #expect(read.first?.lacking == ["sports"])
            let one = try await connector.contact(remoteID: id, reading: ["sports", "company"])
            #expect(one?.lacking == ["sports"])
        }
    }

    @Test func `a property that went meanwhile fails its contact alone`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, rig in
            try await make(Self.custom, connector)
            _ = try await connector.upsertContacts([ContactUpsert(puenteID: puenteID(1), fields: ["score": "1"])])
            let response = try await rig.client.send(
                .init(
                    method: "DELETE", url: "\(rig.url)/hubspot\(connector.api.paths.contactProperties)/score",
                    headers: [("Authorization", "Bearer sandbox-token")], deadline: .seconds(5), destination: "test"))
            #expect(response.status == 204)
            try await expectOneFails(["score": "2"], code: "field-unknown", through: connector)
        }
    }

    /// Compared with what both sides agreed on, it would be an edit of somebody's in HubSpot.
    @Test func `no change says what only the search still shows of a record`() async throws {
        try await withCRM(lag: .seconds(3), CRMs.hubSpot) { connector, _ in
            _ = try await connector.prepare()
            var person = ContactUpsert(puenteID: puenteID(1), fields: ["company": "Acme"])
            person.remoteID = try await connector.upsertContacts([person]).first?.remoteID
            func company() async throws -> String? {
                try await connector.changes(since: nil, reading: ["company"]).contacts.first?.fields["company"]
            }
            while try await company() == nil { try await Task.sleep(for: .milliseconds(50)) }

            person.fields = ["company": "Borja"]
            _ = try await connector.upsertContacts([person])

            #expect(try await company() == "Borja")
        }
    }

    @Test func `a merged contact comes under its survivor's id`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, rig in
            _ = try await connector.prepare()
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), fields: ["company": "Acme"]),
                ContactUpsert(puenteID: puenteID(2)),
            ])
            let ids = made.compactMap(\.remoteID)
            try await rig.control("POST", "crm/hubspot/merge", #"{"primary":\#(ids[0]),"other":\#(ids[1])}"#)

            let found = try await connector.contacts(remoteIDs: [ids[1]], reading: ["company"])

            #expect(found.count == 1)
            #expect(found.first?.mergedIDs.contains(ids[1]) == true)
            #expect(found.first?.fields["company"] == "Acme")
        }
    }
}
