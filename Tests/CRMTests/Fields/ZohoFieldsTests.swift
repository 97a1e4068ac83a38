import Domain
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct ZohoFieldsTests {
    private func make(_ connector: ZohoConnector) async throws {
        _ = try await connector.prepare()
        let choices = ["Golf", "Polo", "Judo"].map { word in
            ZohoValue.object(["display_value": .text(word), "actual_value": .text(word)])
        }
        let fields: [ZohoRow] = [
            ["field_label": .text("Score"), "data_type": .text("double")],
            ["field_label": .text("Visits"), "data_type": .text("integer")],
            [
                "field_label": .text("Sports"), "data_type": .text("multiselectpicklist"),
                "pick_list_values": .list(choices),
            ],
        ]
        let items = try await connector.api.write(
            "POST", "/settings/fields?module=Contacts", ["fields": fields], rows: 3, effect: .repeatable)
        let isMade = items.allSatisfy { $0.isSuccess }
        #expect(isMade)
        // What was described before is kept for a while.
        _ = try await connector.fields()
    }

    @Test func `fields are described, written and read, each by its kind`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            try await make(connector)
            let fields = try await connector.fields()
            for (name, shape) in [
                ("Score", FieldShape.number), ("Visits", .number), ("Email_Opt_Out", .yesNo), ("Date_of_Birth", .date),
                ("Sports", .set), ("WhatsApp_Opt_In", .choice), ("WhatsApp_Opt_In_At", .moment), ("Email", .email),
                ("Mobile", .phone), ("WhatsApp_Conversation", .url), ("Owner", .user), ("Tag", .set), ("Title", .text),
            ] {
                #expect(fields.shape(of: name) == shape, "\(name)")
            }
            #expect(fields.first { $0.name == "Last_Name" }?.isRequired == true)
            #expect(fields.first { $0.name == "Puente_Id" }?.isUnique == true)
            #expect(fields.first { $0.name == "Modified_Time" }?.isWritable == false)

            try await expectRoundTrip(
                [
                    "Score": "12.5", "Visits": "3", "Email_Opt_Out": "true", "Date_of_Birth": "1980-02-29",
                    "Sports": "Golf;Judo", "WhatsApp_Opt_In": "opted_in",
                    "WhatsApp_Opt_In_At": "2026-11-20T09:30:00.000Z", "Email": "ana@example.com",
                    "WhatsApp_Conversation": "https://example.com/1", "Title": "Boss",
                ], emptied: ["Email_Opt_Out": "false"], through: connector)
        }
    }

    @Test func `tags are given, more than ten at a time, and taken`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            _ = try await connector.prepare()
            let words = (10...21).map { "tag\($0)" }
            try await expectRoundTrip(["Tag": words.joined(separator: ";")], through: connector)
        }
    }

    @Test func `a colleague becomes the owner, and somebody unknown fails that contact alone`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            _ = try await connector.prepare()
            let made = try await connector.upsertContacts([ContactUpsert(puenteID: puenteID(1), lastName: "Gómez")])
            let id = try #require(made.first?.remoteID)
            let before = try await connector.contacts(remoteIDs: [id], reading: ["Owner"])
            #expect(before.first?.fields["Owner"] == "bridge@ejemplo.example")
            let owner = "Marta.Gil@ejemplo.example"
            let again = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), remoteID: id, fields: ["Owner": owner])
            ])
            #expect(again == [.done(remoteID: id)])
            let after = try await connector.contacts(remoteIDs: [id], reading: ["Owner"])
            #expect(after.first?.fields["Owner"] == "marta.gil@ejemplo.example")
            try await expectOneFails(["Owner": "Marta"], code: "field-value", through: connector)
        }
    }

    @Test func `of a field that is gone nothing is known, and the next write of it is refused`() async throws {
        try await withCRM(CRMs.zoho) { connector, rig in
            try await make(connector)
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), lastName: "Gómez", fields: ["Score": "1"])
            ])
            let id = try #require(made.first?.remoteID)
            try await rig.control("DELETE", "crm/zoho/fields/Score", "")

            let read = try await connector.contacts(remoteIDs: [id], reading: ["Score", "Title"])

            #expect(read.first?.lacking == ["Score"])
            #expect(read.first?.fields["Title"] == nil)
            let changed = try await connector.changes(since: nil, reading: ["Score", "Title"])
            #expect(changed.contacts.first?.lacking == ["Score"])
        }
    }

    @Test func `one value that does not fit, and one field that is not there, fail their contact alone`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            try await make(connector)
            try await expectOneFails(["Score": "many"], code: "field-value", through: connector)
            try await expectOneFails(["Visits": "1.5"], code: "field-value", through: connector)
            try await expectOneFails(["Sports": "Golf;Chess"], code: "field-value", through: connector)
            try await expectOneFails(["Nothing": "x"], code: "field-unknown", through: connector)
        }
    }
}
