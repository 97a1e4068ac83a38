import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct ZohoCursorTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    @Test func `the first query asks for what changed since, in order`() throws {
        let sample = try json(Fixture.bytes("zoho/coql.request.json"))["select_query"] as? String ?? ""
        let query = ZohoCursor(from: morning).query(["id", "Last_Name"])

        #expect(query.hasPrefix("select id, Last_Name from Contacts where Modified_Time >= '2026-11-20T09:30:00+00:00"))
        #expect(query.hasSuffix("order by Modified_Time asc, id asc limit 200"))
        #expect(sample.contains("Modified_Time >= '2026-11-20T09:30:00+00:00' order by Modified_Time asc, id asc"))
    }

    @Test func `times are read whatever the organisation's offset`() {
        #expect(Timestamp(zoho: "2026-11-20T10:30:00+01:00") == morning)
        #expect(Timestamp(zoho: "2026-11-20T04:00:00-05:30") == morning)
        #expect(Timestamp(zoho: "2026-11-20T09:30:00Z") == morning)
        #expect(Timestamp(zoho: "yesterday") == nil)
        #expect(morning.zoho == "2026-11-20T09:30:00+00:00")
    }

    @Test func `a page full of changes of one second is walked by their ids`() {
        var cursor = ZohoCursor(from: at(400)).next(last: (at(500), 1), hasNext: true).cursor
        #expect(cursor.place == .since(floor: 500))
        cursor = cursor.next(last: (at(500), 1), hasNext: true).cursor
        #expect(cursor.place == .within(second: 500, id: 0))
        #expect(cursor.query(["id"]).contains("(Modified_Time = '1970-01-01T00:08:20+00:00' and id > '0') order by id"))

        cursor = cursor.next(last: (at(500), 9000), hasNext: true).cursor
        #expect(cursor.place == .within(second: 500, id: 9000))
        let last = cursor.next(last: (at(500), 9100), hasNext: false)
        #expect(last.cursor.place == .since(floor: 501))
        #expect(last.isMore)
    }

    @Test func `after the last page the next round begins a minute before the newest change`() {
        let next = ZohoCursor(from: at(1000)).next(last: (at(5000), 7), hasNext: false)
        #expect(!next.isMore)
        #expect(next.cursor.place == .since(floor: 4940))
        #expect(next.cursor.next(last: nil, hasNext: false).cursor == next.cursor)
    }

    @Test func `a page that says nothing of times is passed, not read again for ever`() {
        let next = ZohoCursor(from: at(500)).next(last: nil, hasNext: true)
        #expect(next.cursor.place == .within(second: 500, id: 0))
        #expect(next.cursor.next(last: nil, hasNext: true).cursor.place == .since(floor: 501))
    }

    @Test func `an import of one second is not read again and again, either`() {
        var cursor = ZohoCursor(from: at(0)).next(last: (at(5000), 1), hasNext: false).cursor
        for _ in 1...QuietRounds.settled {
            #expect(cursor.place == .since(floor: 4940))
            cursor = cursor.next(last: (at(5000), 200), hasNext: true).cursor
            cursor = cursor.next(last: (at(5000), 200), hasNext: true).cursor
            #expect(cursor.place == .within(second: 5000, id: 0))
            #expect(ZohoCursor(cursor.description) == cursor)
            cursor = cursor.next(last: (at(5000), 300), hasNext: false).cursor
            cursor = cursor.next(last: nil, hasNext: false).cursor
        }

        #expect(cursor.place == .since(floor: 5001))
        #expect(cursor.next(last: (at(5001), 1), hasNext: false).cursor.place == .since(floor: 4941))
    }

    @Test func `a cursor survives being written down, and nothing else is one`() {
        for cursor in [
            ZohoCursor(from: morning), ZohoCursor(from: at(1)).next(last: (at(70), 1), hasNext: true).cursor,
            ZohoCursor(from: at(500)).next(last: (at(500), 7), hasNext: true).cursor,
        ] {
            #expect(ZohoCursor(cursor.description) == cursor)
        }
        for text in ["", "since", "since.-1.0.0", "within.1.-2.3", "since.99999999999999999999.0.0", "x.1.1.1"] {
            #expect(ZohoCursor(text) == nil)
        }
    }
}

@Suite struct ZohoChangesTests {
    @Test func `only fields that the organisation has are asked for`() async throws {
        let few = zohoFieldList([
            ("Last_Name", false), ("Mobile", false), ("Modified_Time", false), ("Puente_Id", true),
        ])
        try await withZoho(fields: ["Contacts": few]) { _ in
            answer(200, fixture: "zoho/coql.response.200.json")
        } _: { server, client in
            let page = try await zoho(server.url, client).changes(since: nil)

            #expect(page.contacts.map(\.id) == ["554023000000527002"])
            #expect(!page.isMore)
            let query = try #require(server.zohoCalls.first).query
            #expect(query.hasPrefix("select id, Last_Name, Mobile, Modified_Time, Puente_Id from"))
        }
    }

    @Test func `a query that names a missing field stops the connection, with advice`() async throws {
        try await withZoho { _ in
            .answer(status: 400, body: zohoError("INVALID_QUERY", #"{"column_name":"Puente_Id"}"#))
        } _: { server, client in
            let connector = try zoho(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in try await connector.changes(since: nil) }
            #expect(failure?.kind == .accountWide)
            #expect(failure?.vendorText.contains("Puente_Id") == true)
        }
    }

    @Test func `deleted records come page by page, and an end of counting ends them`() async throws {
        let row = #"{"id":"1","display_name":"x","deleted_by":{"id":"5"}}"#
        let end = zohoError("DISCRETE_PAGINATION_LIMIT_EXCEEDED", #"{"limit":2000}"#)
        try await withZoho { request in
            switch request.path.suffix(7) {
            case "&page=1": .answer(status: 200, body: #"{"data":[\#(row)],"info":{"more_records":true}}"#)
            case "&page=2": .answer(status: 400, body: end)
            default: .answer(status: 204)
            }
        } _: { server, client in
            let connector = try zoho(server.url, client)
            let first = try await connector.deletions(after: nil)
            let second = try await connector.deletions(after: first.nextCursor)
            let third = try await connector.deletions(after: "3")

            #expect(first == DeletionPage(ids: ["1"], nextCursor: "2"))
            #expect(second == DeletionPage(ids: [], nextCursor: nil))
            #expect(third == DeletionPage(ids: [], nextCursor: nil))
        }
    }
}
