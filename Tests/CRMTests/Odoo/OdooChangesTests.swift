import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct OdooChangesTests {
    /// Everything from the beginning, until the connector says that it has all.
    private func readAll(_ bench: OdooBench, since start: String? = nil) async throws -> (ids: [String], cursor: String)
    {
        var (cursor, ids): (String?, [String]) = (start, [])
        for _ in 0..<100 {
            let page = try await bench.connector.changes(since: cursor)
            ids += page.contacts.map(\.id)
            cursor = page.nextCursor
            if !page.isMore { return (ids, page.nextCursor) }
        }
        throw OdooBench.BenchFailure(text: "the changes have no end")
    }

    @Test(arguments: [17, 19])
    func `every change is read, also when one second holds more than a page`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            try await bench.control("POST", "/clock", #"{"held": true}"#)
            let contacts = (Int64(1)...450).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }
            var made: Set<String> = []
            for start in stride(from: 0, to: 450, by: 90) {
                let outcomes = try await bench.connector.upsertContacts(Array(contacts[start..<start + 90]))
                made.formUnion(outcomes.compactMap(\.remoteID))
            }
            try await bench.control("POST", "/clock", #"{"advance_seconds": 30}"#)
            let late = try await bench.person(makes: #"{"name": "Luis"}"#)

            let (ids, cursor) = try await readAll(bench)
            #expect(made.count == 450)
            #expect(made.union([late]).isSubset(of: Set(ids)))

            try await bench.control("POST", "/clock", #"{"advance_seconds": 600}"#)
            try await bench.control("PATCH", "/crm/odoo/contacts/\(late)", #"{"city": "Lima"}"#)
            #expect(try await readAll(bench, since: cursor).ids.contains(late))
        }
    }

    @Test func `an archived partner comes as deleted, and a changed one with its fields`() async throws {
        try await OdooBench.run { bench in
            _ = try await bench.connector.prepare()
            let id = try await bench.person(
                makes: #"{"name": "Ana", "phone": "+34600111222", "x_whatsapp_opt_in": "opted_out"}"#)
            let page = try await bench.connector.changes(since: nil)
            let contact = try #require(page.contacts.first { $0.id == id })
            #expect(contact.fields["x_whatsapp_opt_in"] == "opted_out")
            #expect(!contact.isDeleted)

            try await bench.control("PATCH", "/crm/odoo/contacts/\(id)", #"{"active": false}"#)
            let later = try await bench.connector.changes(since: nil)
            #expect(later.contacts.first { $0.id == id }?.isDeleted == true)
        }
    }

    @Test func `ids that are not there are the deleted ones`() async throws {
        try await OdooBench.run { bench in
            let kept = try await bench.person(makes: #"{"name": "Ana"}"#)
            let deleted = try await bench.person(makes: #"{"name": "Luis"}"#)
            let archived = try await bench.person(makes: #"{"name": "Eva"}"#)
            _ = try await bench.person(makes: #"{"name": "Pau"}"#)
            try await bench.control("DELETE", "/crm/odoo/contacts/\(deleted)")
            try await bench.control("PATCH", "/crm/odoo/contacts/\(archived)", #"{"active": false}"#)

            let page = try await bench.connector.deletions(after: nil)

            #expect(page.ids.contains(deleted) && page.ids.contains(archived))
            #expect(!page.ids.contains(kept))
            #expect(page.nextCursor == nil)
            let wrong = await CallFailure.of { () throws(CallFailure) in
                try await bench.connector.deletions(after: "5&x")
            }
            #expect(wrong?.kind == .permanent)
        }
    }

    @Test func `long lists of ids are compared in slices`() async throws {
        try await withServer { _, request in
            if let preface = odooPreface(request) { return preface }
            if request.text.contains("id desc") { return .answer(status: 200, body: "[5003]") }
            return .answer(status: 200, body: request.text.contains(#"[["id",">",5000]"#) ? "[5001,5003]" : "[1,2]")
        } _: { server, client in
            let connector = try odoo(server.url, client)
            let first = try await connector.deletions(after: nil)
            let second = try await connector.deletions(after: first.nextCursor)
            #expect(first.ids.count == 4998 && first.ids.first == "3")
            #expect(first.nextCursor == "5000.5003")
            #expect(second == DeletionPage(ids: ["5002"], nextCursor: nil))
        }
    }
}

@Suite struct OdooWebhookTests {
    private let url = "https://bridge.example.com/webhooks/crm/odoo"
    private let secret = "0123456789abcdef"

    private func read(
        _ body: String, _ query: String, secret: String? = "0123456789abcdef"
    ) async throws -> [RemoteHint] {
        try await withClient { client in
            try odoo("http://127.0.0.1:1", client, webhookSecret: secret).readWebhook(
                WebhookRequest(
                    method: "POST", url: url + query, headers: [], body: Array(body.utf8), receivedAt: morning))
        }
    }

    @Test func `the documented body is a hint that its partner changed`() async throws {
        let body = try Fixture.text("odoo/automation_webhook.json")
        let hints = try await read(body, "?secret=\(secret)")
        #expect(hints == [.contactChanged(id: "41", at: Timestamp(seconds: 1_795_167_002), isOurs: false)])
    }

    @Test(arguments: ["", "?secret=", "?secret=0123456789abcdeg", "?other=0123456789abcdef"])
    func `without the secret in its address nothing is read`(query: String) async throws {
        let error = await #expect(throws: PuenteError.self) { _ = try await read("{}", query) }
        #expect(error?.code == .unauthorized)
    }

    @Test func `other models mean nothing here, and a body that is none is refused`() async throws {
        let other = try await read(#"{"_model": "crm.lead", "_id": 3}"#, "?x=1&secret=\(secret)")
        #expect(other == [.ignored(type: "crm.lead")])
        let error = await #expect(throws: PuenteError.self) { _ = try await read("[", "?secret=\(secret)") }
        #expect(error?.code == .invalid)
        let none = await #expect(throws: PuenteError.self) { _ = try await read("{}", "?secret=x", secret: nil) }
        #expect(none?.detail == "no_webhook_secret")
    }

    @Test func `what our own user wrote is ours`() {
        let event = OdooEvent(model: "res.partner", id: 41, writer: 4, writtenAt: nil)
        #expect(event.hint(ownUID: 4) == .contactChanged(id: "41", at: nil, isOurs: true))
        #expect(event.hint(ownUID: nil) == .contactChanged(id: "41", at: nil, isOurs: false))
    }
}
