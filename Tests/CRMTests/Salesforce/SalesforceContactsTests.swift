import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct SalesforceContactsTests {
    @Test func `a contact is created once and found by every writing of its number`() async throws {
        try await SalesforceRig.run { rig in
            let contact = ContactUpsert(
                puenteID: puenteID(1), firstName: "Ana María López", waID: "5215512345678", profileName: "Ani 🌸")

            let first = try await rig.connector.upsertContacts([contact, contact])
            let second = try await rig.connector.upsertContacts([contact])
            let id = try #require(first[0].remoteID)
            let found = try await rig.connector.findContacts(
                ContactLookup(puenteID: puenteID(2), phones: ["525512345678"]))

            #expect(first.map(\.remoteID) == [id, id])
            #expect(second.map(\.remoteID) == [id])
            #expect(found.map(\.id) == [id])
            #expect(found.first?.matches == [.phone])
            let held = try #require(try await rig.held("/contacts").first)
            #expect(held["FirstName"] == "Ana María")
            #expect(held["LastName"] == "López")
            #expect(held["MobilePhone"] == "+5215512345678")
            #expect(held["WhatsApp_Id__c"] == "5215512345678")
            #expect(held["WhatsApp_Name__c"] == "Ani 🌸")
        }
    }

    static let writings = ["(600) 111-222", "+34 600 111 222", "0034600111222", "600.111.222"]

    @Test(arguments: writings)
    func `a number that people typed is found in any of their writings`(writing: String) async throws {
        try await SalesforceRig.run { rig in
            let id = try await rig.person(#"{"LastName":"López","Phone":"\#(writing)"}"#)
            _ = try await rig.person(#"{"LastName":"Otra","Phone":"+33 600 111 222"}"#)

            let found = try await rig.connector.findContacts(
                ContactLookup(puenteID: puenteID(1), phones: ["34600111222"], region: "ES"))

            #expect(found.map(\.id) == [id])
        }
    }

    @Test func `handles without a number find people, too`() async throws {
        try await SalesforceRig.run { rig in
            let ids = try await rig.connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), userID: "US.1349120865530274"),
                ContactUpsert(puenteID: puenteID(2), email: "ana.o'brien@x.example"),
            ]).compactMap(\.remoteID)
            let other = puenteID(9)

            let byKey = try await rig.connector.findContacts(ContactLookup(puenteID: puenteID(1)))
            let byUser = try await rig.connector.findContacts(
                ContactLookup(puenteID: other, userIDs: ["US.1349120865530274"]))
            let byEmail = try await rig.connector.findContacts(
                ContactLookup(puenteID: other, email: "ana.O'Brien@x.example"))
            let byID = try await rig.connector.findContacts(ContactLookup(puenteID: other, remoteID: ids[1]))

            #expect([byKey, byUser, byEmail, byID].map { $0.map(\.id) } == [[ids[0]], [ids[0]], [ids[1]], [ids[1]]])
        }
    }

    @Test func `a known record is updated, and people's own fields are left alone`() async throws {
        try await SalesforceRig.run { rig in
            let id = try await rig.person(#"{"LastName":"López","MobilePhone":"600 111 222"}"#)

            let outcomes = try await rig.connector.upsertContacts([
                ContactUpsert(
                    puenteID: puenteID(1), remoteID: id, firstName: "Other", lastName: "Other", waID: "34600111222")
            ])

            #expect(outcomes == [.done(remoteID: id)])
            let held = try #require(try await rig.held("/contacts").first)
            #expect(held["LastName"] == "López")
            #expect(held["MobilePhone"] == "600 111 222")
            #expect(held["Puente_Id__c"] == puenteID(1))
        }
    }

    @Test func `one bad record never sinks its batch`() async throws {
        try await SalesforceRig.run { rig in
            let gone = try await rig.person(#"{"LastName":"Gone"}"#)
            try await rig.control("DELETE", "/contacts/\(gone)")
            var contacts = (Int64(1)...250).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }
            contacts[3].email = "no e-mail"
            contacts[7].remoteID = gone
            contacts[9].remoteID = "512"

            let outcomes = try await rig.connector.upsertContacts(contacts)

            #expect(outcomes.indices.filter { outcomes[$0].remoteID == nil } == [3, 7, 9])
            #expect(outcomes[3].failure?.code == "INVALID_EMAIL_ADDRESS")
            #expect(outcomes[7].failure?.code == CallFailure.RecordCode.gone)
            #expect(outcomes[9].failure?.code == CallFailure.RecordCode.gone)
        }
    }

    @Test func `a row that is locked is tried again, its neighbours are done`() async throws {
        try await SalesforceRig.run { rig in
            try await rig.faults(#""kind":"item_error","count":1"#)

            let outcomes = try await rig.connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1)), ContactUpsert(puenteID: puenteID(2)),
            ])

            #expect(outcomes[0].failure?.kind == .transient)
            #expect(outcomes[0].failure?.code == "UNABLE_TO_LOCK_ROW")
            #expect(outcomes[1].remoteID != nil)
        }
    }

    @Test func `a duplicate rule is explained, and obeyed`() async throws {
        try await SalesforceRig.run(lag: .seconds(60)) { rig in
            let id = try await rig.person(#"{"LastName":"López","Email":"ana@x.example"}"#)
            try await rig.control("PUT", "/org", #"{"duplicate_rule":"alert"}"#)

            let outcomes = try await rig.connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), email: "ana@x.example", waID: "34600111222")
            ])

            let failure = try #require(outcomes[0].failure)
            #expect(failure.kind == .permanent)
            #expect(failure.code == "DUPLICATES_DETECTED")
            #expect(failure.advice.en.contains(id) && failure.advice.es.contains(id))
            #expect(failure.advice.en.contains("Standard_Contact_Duplicate_Rule"))
            #expect(try await rig.held("/contacts").count == 1)
        }
    }

    @Test func `a record with the same number that the search has not seen yet is taken`() async throws {
        try await SalesforceRig.run(lag: .seconds(60)) { rig in
            let id = try await rig.person(#"{"LastName":"López","Phone":"+34 600 111 222"}"#)
            try await rig.control("PUT", "/org", #"{"duplicate_rule":"block"}"#)
            let contact = ContactUpsert(puenteID: puenteID(1), waID: "34600111222")

            let found = try await rig.connector.findContacts(
                ContactLookup(puenteID: puenteID(1), phones: ["34600111222"]))
            let outcomes = try await rig.connector.upsertContacts([contact])

            #expect(found == [])
            #expect(outcomes == [.done(remoteID: id)])
            #expect(try await rig.held("/contacts").map { $0["Puente_Id__c"] } == [puenteID(1)])
        }
    }

    @Test func `a merged record answers under its survivor's id, a deleted one not at all`() async throws {
        try await SalesforceRig.run { rig in
            let ids = try await rig.made(1...4)
            for (primary, other) in [(ids[1], ids[0]), (ids[2], ids[1])] {
                try await rig.control("POST", "/merge", #"{"primary":"\#(primary)","other":"\#(other)"}"#)
            }
            try await rig.control("DELETE", "/contacts/\(ids[3])")

            let merged = try await rig.connector.contact(remoteID: ids[0])?.id
            #expect(merged == ids[2])
            let short = try await rig.connector.contact(remoteID: String(ids[2].prefix(15)))?.id
            #expect(short == ids[2])
            let gone = try await rig.connector.contact(remoteID: ids[3])
            #expect(gone == nil)
            let hostile = try await rig.connector.contact(remoteID: "003' OR Id != '")
            #expect(hostile == nil)
        }
    }
}

extension ItemOutcome {
    var failure: CallFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}
