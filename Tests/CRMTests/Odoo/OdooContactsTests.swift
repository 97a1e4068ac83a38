import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

private func ana(_ number: Int64 = 1, remoteID: String? = nil, occasion: String = "") -> ContactUpsert {
    ContactUpsert(
        puenteID: puenteID(number), occasion: occasion, remoteID: remoteID, firstName: "Ana", waID: "34600111222",
        profileName: "Anita")
}

@Suite(.timeLimit(.minutes(2))) struct OdooContactsTests {
    @Test(arguments: [16, 17, 18, 19])
    func `a contact is created once and found by every handle, in every version`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            _ = try await bench.connector.prepare()
            let first = try await bench.upsert(ana(), ana())
            let second = try await bench.upsert(ana())
            let id = try #require(first[0].remoteID)

            #expect(first.map(\.remoteID) == [id, id])
            #expect(second.map(\.remoteID) == [id])
            let byID = try await bench.connector.findContacts(ContactLookup(puenteID: puenteID(1)))
            #expect(byID.map(\.id) == [id])
            #expect(byID.first?.matches.contains(.puenteID) == true)
            let byPhone = try await bench.connector.findContacts(
                ContactLookup(puenteID: puenteID(2), phones: ["34600111222"]))
            #expect(byPhone.map(\.id) == [id])
            #expect(byPhone.first?.matches == [.phone])
            #expect(byPhone.first?.puenteID == puenteID(1))
            #expect(try await bench.records("contacts").count == 1)
        }
    }

    @Test(arguments: [OdooSettings.Interface.json2, .jsonrpc])
    func `Odoo 19 is spoken to either way`(interface: OdooSettings.Interface) async throws {
        try await OdooBench.run(version: 19, interface: interface) { bench in
            let outcome = try await bench.upsert(ana())
            #expect(outcome[0].remoteID != nil)
            let session = try await bench.connector.api.session()
            #expect((session.interface == .json2) == (interface == .json2))
            #expect(session.majorVersion == 19)
        }
    }

    @Test func `a number is found however a person wrote it, in phone or in mobile`() async throws {
        try await OdooBench.run(version: 18) { bench in
            let mexican = try await bench.person(
                makes: #"{"name": "Luis", "mobile": "55 1234 5678", "phone": "+34911222333"}"#)
            let spanish = try await bench.person(makes: #"{"name": "Eva", "phone": "600 11 12 22"}"#)

            let first = try await bench.connector.findContacts(
                ContactLookup(puenteID: puenteID(1), phones: ["5215512345678"], region: "MX"))
            let second = try await bench.connector.findContacts(
                ContactLookup(puenteID: puenteID(2), phones: ["34600111222"], region: "ES"))
            let byMail = try await bench.connector.findContacts(
                ContactLookup(puenteID: puenteID(3), email: "nobody@x.example"))

            #expect(first.map(\.id) == [mexican])
            #expect(second.map(\.id) == [spanish])
            #expect(byMail == [])
        }
    }

    @Test func `people's names and numbers stay, ours are written beside them`() async throws {
        try await OdooBench.run { bench in
            _ = try await bench.connector.prepare()
            let id = try await bench.person(makes: #"{"name": "Ana López", "phone": "600 11 12 22"}"#)

            let outcome = try await bench.upsert(ana(remoteID: id))

            #expect(outcome == [.done(remoteID: id)])
            let record = try #require(try await bench.records("contacts").first)
            #expect(record["name"] as? String == "Ana López")
            #expect(record["phone"] as? String == "600 11 12 22")
            #expect(record["x_puente_id"] as? String == puenteID(1))
            #expect(record["x_whatsapp_id"] as? String == "34600111222")
            #expect(record["x_whatsapp_name"] as? String == "Anita")
        }
    }

    @Test func `a merge is followed by the external id, also of partners that were there before us`() async throws {
        try await OdooBench.run { bench in
            let mine = try #require(try await bench.upsert(ana()).first?.remoteID)
            let theirs = try await bench.person(makes: #"{"name": "Luis", "phone": "+34600333444"}"#)
            _ = try await bench.upsert(
                ContactUpsert(puenteID: puenteID(2), remoteID: theirs, waID: "34600333444"))
            let survivor = try await bench.person(makes: #"{"name": "Ana y Luis"}"#)
            for loser in [mine, theirs] {
                try await bench.control("POST", "/crm/odoo/merge", #"{"primary": \#(survivor), "other": \#(loser)}"#)
            }

            for number in Int64(1)...2 {
                let lookup = ContactLookup(puenteID: puenteID(number), remoteID: number == 1 ? mine : theirs)
                let found = try await bench.connector.findContacts(lookup).map(\.id)
                #expect(found == [survivor])
            }
            let former = try await bench.connector.contact(remoteID: mine)
            #expect(former == nil)
            #expect(try await bench.upsert(ana()).map(\.remoteID) == [survivor])
        }
    }

    @Test func `what people archived stays so, and another record is made once`() async throws {
        try await OdooBench.run { bench in
            let first = try #require(try await bench.upsert(ana()).first?.remoteID)
            try await bench.control("PATCH", "/crm/odoo/contacts/\(first)", #"{"active": false}"#)

            let read = try await bench.connector.contact(remoteID: first)
            #expect(read == nil)
            let found = try await bench.connector.findContacts(ContactLookup(puenteID: puenteID(1), remoteID: first))
            #expect(found == [])
            let second = try await bench.upsert(ana(occasion: puenteID(7)))
            let again = try await bench.upsert(ana(occasion: puenteID(7)))
            let later = try await bench.connector.findContacts(ContactLookup(puenteID: puenteID(1)))

            #expect(second[0].remoteID != nil && second[0].remoteID != first)
            #expect(second == again)
            #expect(later.map(\.id) == second.compactMap(\.remoteID))
        }
    }

    @Test func `what people archived stays so where external ids are out of sight, too`() async throws {
        try await OdooBench.run {
            $0.odoo.mayUseExternalIDs = false
        } _: { bench in
            _ = try await bench.connector.prepare()
            let first = try #require(try await bench.upsert(ana()).first?.remoteID)
            try await bench.control("PATCH", "/crm/odoo/contacts/\(first)", #"{"active": false}"#)

            let second = try await bench.upsert(ana(occasion: puenteID(7)))
            let again = try await bench.upsert(ana(occasion: puenteID(7)))
            let later = try await bench.connector.findContacts(ContactLookup(puenteID: puenteID(1)))

            #expect(second[0].remoteID != nil && second[0].remoteID != first)
            #expect(second == again)
            #expect(later.map(\.id) == second.compactMap(\.remoteID))
        }
    }

    @Test(arguments: [17, 19])
    func `one bad record never sinks its batch`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            var contacts = (Int64(1)...30).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }
            contacts[6].remoteID = "999999"
            contacts[20].firstName = "\0"

            let outcomes = try await bench.connector.upsertContacts(contacts)

            #expect(outcomes.indices.filter { outcomes[$0].remoteID == nil } == [6, 20])
            guard case .failed(let gone) = outcomes[6], case .failed(let bad) = outcomes[20] else {
                Issue.record("both have failed")
                return
            }
            #expect(gone.code == CallFailure.RecordCode.gone)
            #expect(bad.kind == .permanent && bad.scope == .message)
            #expect(Set(outcomes.compactMap(\.remoteID)).count == 28)
        }
    }

    @Test(arguments: [16, 19])
    func `a record that is gone is said to be, whatever else Odoo says of its row`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            _ = try await bench.connector.prepare()
            let id = try await bench.person(makes: #"{"name": "Eva"}"#)

            let outcomes = try await bench.upsert(ana(1, remoteID: "999999"), ana(2, remoteID: id))

            guard case .failed(let gone) = outcomes[0] else {
                Issue.record("it was written")
                return
            }
            #expect(gone.code == CallFailure.RecordCode.gone)
            #expect(outcomes[1] == .done(remoteID: id))
        }
    }

    @Test func `the row that Odoo blames for all of them is tried again`() async throws {
        try await withServer { _, request in
            if let preface = odooPreface(request) { return preface }
            guard request.path.hasSuffix("/load") else { return .answer(status: 200, body: "[]") }
            guard request.text.contains("34600001003") else {
                return .answer(status: 200, body: #"{"ids":[101,102,104],"messages":[],"nextrow":0}"#)
            }
            let messages = [0, 2].map { #"{"type":"error","message":"no","rows":{"from":\#($0),"to":\#($0)}}"# }
            return .answer(
                status: 200, body: #"{"ids":false,"messages":[\#(messages.joined(separator: ","))],"nextrow":0}"#)
        } _: { server, client in
            let contacts = (Int64(1)...4).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }

            let outcomes = try await odoo(server.url, client).upsertContacts(contacts)

            #expect(outcomes.map(\.remoteID) == ["101", "102", nil, "104"])
        }
    }

    @Test(arguments: [16, 17, 19])
    func `a field that was deleted in Odoo is left out with the next try`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            _ = try await bench.connector.prepare()
            _ = try await bench.connector.fields()
            try await bench.control("DELETE", "/crm/odoo/fields/x_whatsapp_name")

            let first = await CallFailure.of { () throws(CallFailure) in
                try await bench.connector.upsertContacts([ana()])
            }
            let second = try await bench.upsert(ana())

            #expect(first?.kind == .transient && first?.code == OdooFailure.fieldGone)
            #expect(second.first?.remoteID != nil)
        }
    }

    @Test(arguments: [16, 19])
    func `a new contact has no time zone that nobody told of`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            let id = try #require(try await bench.upsert(ana()).first?.remoteID)

            let contact = try #require(try await bench.connector.contact(remoteID: id, reading: ["tz"]))
            #expect(contact.fields["tz"] == nil)
        }
    }

    @Test func `the company is the one that a contact belongs to, else what was typed`() async throws {
        try await OdooBench.run { bench in
            let acme = try await bench.person(makes: #"{"name": "Acme", "is_company": true}"#)
            let eva = try await bench.person(makes: #"{"name": "Eva", "parent_id": \#(acme)}"#)
            let luis = try await bench.person(makes: #"{"name": "Luis", "company_name": "Pardo"}"#)
            let company = try #require(
                StandardRows.odoo(majorVersion: 19).first { $0.local == .wellKnown(.company) }?.remote)

            for (id, name) in [(eva, "Acme"), (luis, "Pardo")] {
                let contact = try #require(try await bench.connector.contact(remoteID: id, reading: [company]))
                #expect(contact.fields[company] == name)
            }
        }
    }

    @Test func `without any right beyond contacts all of it still works`() async throws {
        try await OdooBench.run(version: 18) {
            $0.odoo.mayCreateFields = false
            $0.odoo.mayUseExternalIDs = false
        } _: { bench in
            let created = try await bench.connector.prepare()
            #expect(created == [])
            let first = try await bench.upsert(ana())
            let second = try await bench.upsert(ana())
            let found = try await bench.connector.findContacts(ContactLookup(puenteID: puenteID(1)))

            #expect(first == second)
            #expect(found.map(\.id) == first.compactMap(\.remoteID))
            #expect(found.first?.puenteID == puenteID(1))
        }
    }

    @Test func `an answer that was lost leaves one record`() async throws {
        try await OdooBench.run { bench in
            _ = try await bench.connector.api.session()
            try await bench.faults(
                #"{"target": "odoo", "kind": "drop_answer", "path": "load", "count": 1}"#)
            let lost = await CallFailure.of { () throws(CallFailure) in
                try await bench.connector.upsertContacts([ana()])
            }
            #expect(lost?.kind == .transient)

            let outcome = try await bench.upsert(ana())
            #expect(outcome[0].remoteID != nil)
            #expect(try await bench.records("contacts").count == 1)
        }
    }

    @Test func `a batch that fails as a whole is halved until the bad one stands alone`() async throws {
        try await withServer { _, request in
            if let preface = odooPreface(request) { return preface }
            guard request.path.hasSuffix("/load") else { return .answer(status: 200, body: "[]") }
            if request.text.contains("34600001003") {
                return .answer(
                    status: 422, body: #"{"name":"odoo.exceptions.UserError","message":"no","arguments":[]}"#)
            }
            let count = request.text.split(separator: "puente.contact_").count - 1
            let ids = (0..<count).map { "\(100 + $0)" }.joined(separator: ",")
            return .answer(status: 200, body: #"{"ids":[\#(ids)],"messages":[],"nextrow":0}"#)
        } _: { server, client in
            let contacts = (Int64(1)...8).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }

            let outcomes = try await odoo(server.url, client).upsertContacts(contacts)

            #expect(outcomes.indices.filter { outcomes[$0].remoteID == nil } == [2])
            #expect(server.requests.filter { $0.path.hasSuffix("/load") }.count == 7)
        }
    }
}
