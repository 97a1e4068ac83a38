import Domain
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct SalesforceFieldsTests {
    private struct Field: Encodable {
        struct Details: Encodable {
            let label = "A field"
            let type: String
            var valueSet: SalesforceFieldDefinition.ValueSet?
        }
        let FullName: String
        let Metadata: Details
    }

    private struct Permission: Encodable {
        let ParentId: String
        let SobjectType = "Contact"
        let Field: String
        let PermissionsRead = true
        let PermissionsEdit = true
    }

    private static let custom = [
        Field(FullName: "Contact.Score__c", Metadata: .init(type: "Number")),
        Field(
            FullName: "Contact.Sports__c",
            Metadata: .init(
                type: "MultiselectPicklist",
                valueSet: .init(
                    restricted: true,
                    valueSetDefinition: .init(
                        sorted: false,
                        value: ["Golf", "Polo", "Judo"].map { .init(fullName: $0, label: $0, default: false) })))),
    ]

    private func make(_ connector: SalesforceConnector) async throws {
        _ = try await connector.prepare()
        let set = try await connector.api.records(
            "SELECT Id FROM PermissionSet WHERE Name = 'Puente_Fields' LIMIT 1")
        let parent = try #require(set.first?.id)
        for field in Self.custom {
            let _: SalesforceResult = try await connector.api.send(
                "POST", "/tooling/sobjects/CustomField", field, effect: .repeatable)
            let _: SalesforceResult = try await connector.api.send(
                "POST", "/sobjects/FieldPermissions", Permission(ParentId: parent, Field: field.FullName),
                effect: .repeatable)
        }
        // What was described before is kept for a while.
        _ = try await connector.fields()
    }

    @Test func `fields are described, written and read, each by its kind`() async throws {
        try await withCRM(CRMs.salesforce) { connector, _ in
            try await make(connector)
            let fields = try await connector.fields()
            for (name, shape) in [
                ("Score__c", FieldShape.number), ("DoNotCall", .yesNo), ("Birthdate", .date), ("Sports__c", .set),
                ("WhatsApp_Opt_In__c", .choice), ("WhatsApp_Opt_In_At__c", .moment), ("Email", .email),
                ("MobilePhone", .phone), ("WhatsApp_Conversation_Url__c", .url), ("OwnerId", .user),
                ("Description", .text),
            ] {
                #expect(fields.shape(of: name) == shape, "\(name)")
            }
            #expect(fields.first { $0.name == "LastName" }?.isRequired == true)
            #expect(fields.first { $0.name == "LastName" }?.maxLength == 80)
            #expect(fields.first { $0.name == "Puente_Id__c" }?.isUnique == true)
            #expect(fields.first { $0.name == "SystemModstamp" }?.isWritable == false)

            try await expectRoundTrip(
                [
                    "Score__c": "12.5", "DoNotCall": "true", "Birthdate": "1980-02-29", "Sports__c": "Golf;Judo",
                    "WhatsApp_Opt_In__c": "opted_out", "WhatsApp_Opt_In_At__c": "2026-11-20T09:30:00.000Z",
                    "WhatsApp_Labels__c": "a;b", "Email": "ana@example.com",
                    "WhatsApp_Conversation_Url__c": "https://example.com/1", "Description": "Twice\nso",
                ], emptied: ["DoNotCall": "false"], through: connector)
        }
    }

    @Test func `a colleague becomes the owner`() async throws {
        try await withCRM(CRMs.salesforce) { connector, _ in
            _ = try await connector.prepare()
            let user = try #require(try await connector.api.session.access().userID)
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), fields: ["LastName": "Gómez", "OwnerId": user])
            ])
            let id = try #require(made.first?.remoteID)
            let found = try await connector.contacts(remoteIDs: [id], reading: ["OwnerId"])
            #expect(found.first?.ownerID == user)
            #expect(found.first?.lastName == "Gómez")
        }
    }

    @Test func `a colleague who is not there is a wrong value, and no contact that is gone`() async throws {
        try await withCRM(CRMs.salesforce) { connector, rig in
            _ = try await connector.prepare()
            let made = try await connector.upsertContacts(
                [1, 2].map { ContactUpsert(puenteID: puenteID($0), lastName: "Gómez") })
            let ids = made.compactMap(\.remoteID)
            try await rig.control(
                "POST", "crm/salesforce/merge", #"{"primary":"\#(ids[0])","other":"\#(ids[1])"}"#)

            let outcomes = try await connector.upsertContacts(
                ids.enumerated().map { number, id in
                    ContactUpsert(
                        puenteID: puenteID(Int64(number) + 1), remoteID: id, fields: ["OwnerId": "005000000000000AAA"])
                })

            let codes = outcomes.map { outcome in
                if case .failed(let failure) = outcome { failure.code } else { "done" }
            }
            #expect(codes == ["field-value", CallFailure.RecordCode.gone])
        }
    }

    @Test func `one value that does not fit, and one field that is not there, fail their contact alone`() async throws {
        try await withCRM(CRMs.salesforce) { connector, _ in
            try await make(connector)
            try await expectOneFails(["Score__c": "many"], code: "field-value", through: connector)
            try await expectOneFails(["Sports__c": "Golf;Chess"], code: "field-value", through: connector)
            try await expectOneFails(["OwnerId": "me"], code: "field-value", through: connector)
            try await expectOneFails(["Nothing__c": "x"], code: "field-unknown", through: connector)
        }
    }

    @Test func `a merged contact comes under its survivor's id, a deleted one not at all`() async throws {
        try await withCRM(CRMs.salesforce) { connector, rig in
            _ = try await connector.prepare()
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), lastName: "Gómez", fields: ["Title": "Boss"]),
                ContactUpsert(puenteID: puenteID(2), lastName: "Gómez"),
            ])
            let ids = made.compactMap(\.remoteID)
            try await rig.control(
                "POST", "crm/salesforce/merge", #"{"primary":"\#(ids[0])","other":"\#(ids[1])"}"#)

            let found = try await connector.contacts(remoteIDs: [ids[1]], reading: ["Title"])

            #expect(found.map(\.id) == [ids[0]])
            #expect(found.first?.mergedIDs == [ids[1]])
            #expect(found.first?.fields["Title"] == "Boss")
        }
    }
}
