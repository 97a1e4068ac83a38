import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct HubSpotCursorTests {
    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test func `the first search is the documented one`() throws {
        let search = HubSpotCursor(from: morning).search
        let sample = try json(Fixture.bytes("hubspot/contacts_search_modified.request.json"))
        let given = try json(WireJSON.encode(search))
        for key in ["filterGroups", "sorts", "limit", "after"] {
            #expect(given[key] as? NSObject == sample[key] as? NSObject)
        }
    }

    @Test func `after the last page the next round begins a minute before the newest change`() {
        let next = HubSpotCursor(from: at(1_000_000)).next(last: (at(5_000_000), 7), hasNext: false)
        #expect(!next.isMore)
        #expect(next.cursor.place == .since(floor: 4_940_000))
        let idle = next.cursor.next(last: nil, hasNext: false)
        #expect(idle.cursor == next.cursor)
    }

    @Test func `each page begins at the last change seen, so that nothing slips by when a record moves on`() {
        var cursor = HubSpotCursor(from: at(0))
        for page in Int64(1)...60 {
            let next = cursor.next(last: (at(page * 10), 1), hasNext: true)
            #expect(next.isMore)
            cursor = next.cursor
            #expect(cursor.place == .since(floor: page * 10))
            #expect(cursor.search.after == "0")
        }
    }

    @Test func `a page full of changes of one millisecond is walked by their ids`() {
        var cursor = HubSpotCursor(from: at(400)).next(last: (at(500), 1), hasNext: true).cursor
        #expect(cursor.place == .since(floor: 500))
        cursor = cursor.next(last: (at(500), 1), hasNext: true).cursor
        #expect(cursor.place == .within(millisecond: 500, id: 0))
        #expect(cursor.search.sorts == [.init(propertyName: "hs_object_id", direction: "ASCENDING")])

        cursor = cursor.next(last: (at(500), 9000), hasNext: true).cursor
        #expect(cursor.place == .within(millisecond: 500, id: 9000))
        let last = cursor.next(last: (at(500), 9100), hasNext: false)
        #expect(last.cursor.place == .since(floor: 501))
        #expect(last.isMore)
    }

    @Test func `a page that says nothing of times is passed, not read again for ever`() {
        let next = HubSpotCursor(from: at(500)).next(last: nil, hasNext: true)
        #expect(next.cursor.place == .within(millisecond: 500, id: 0))
        #expect(next.isMore)
        #expect(next.cursor.next(last: nil, hasNext: true).cursor.place == .since(floor: 501))
    }

    @Test func `a night in which nobody changes anything does not read the last changes again and again`() {
        var cursor = HubSpotCursor(from: at(0)).next(last: (at(1_000_000), 1), hasNext: false).cursor
        for _ in 1...QuietRounds.settled {
            #expect(cursor.place == .since(floor: 940_000))
            cursor = cursor.next(last: (at(990_000), 1), hasNext: true).cursor
            #expect(HubSpotCursor(cursor.description) == cursor)
            cursor = cursor.next(last: (at(1_000_000), 2), hasNext: false).cursor
        }

        #expect(cursor.place == .since(floor: 1_000_001))
        #expect(HubSpotCursor(cursor.description) == cursor)
        #expect(cursor.next(last: nil, hasNext: false).cursor == cursor)
        let news = cursor.next(last: (at(1_000_500), 3), hasNext: false).cursor
        #expect(news.place == .since(floor: 940_500))
    }

    @Test func `a cursor survives being written down, and nothing else is one`() {
        for cursor in [
            HubSpotCursor(from: morning), HubSpotCursor(from: at(1)).next(last: (at(70_000), 1), hasNext: true).cursor,
            HubSpotCursor(from: at(500)).next(last: (at(500), 7), hasNext: true).cursor,
        ] {
            #expect(HubSpotCursor(cursor.description) == cursor)
        }
        for text in [
            "", "since", "since.-1.0.0", "within.1.-2.3", "since.99999999999999999999.0.0",
            "x.1.1.1",
        ] {
            #expect(HubSpotCursor(text) == nil)
        }
    }
}

@Suite struct HubSpotChangesTests {
    @Test func `the documented page gives its contacts and the way on`() async throws {
        try await withServer { _, _ in
            answer(200, fixture: "hubspot/contacts_search_modified.response.json")
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let page = try await connector.changes(since: connector.cursor(from: morning))
            #expect(page.contacts.map(\.id) == ["512"])
            #expect(page.contacts.first?.fields["whatsapp_opt_in"] == "opted_in")
            #expect(page.isMore)
            #expect(page.nextCursor == "since.1795167002101.0.1795167002101")
        }
    }

    @Test func `records are read themselves, since the index of searches is behind`() async throws {
        let fresh = """
            {"status": "COMPLETE", "results": [{"id": "512", "properties": {"lastname": "Soler",
                "lastmodifieddate": "2026-11-20T09:30:05.000Z"}, "archived": false}]}
            """
        try await withServer { _, request in
            request.path.hasSuffix("/search")
                ? answer(200, fixture: "hubspot/contacts_search_modified.response.json")
                : .answer(status: 200, body: fresh)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let page = try await connector.changes(since: connector.cursor(from: morning))
            #expect(page.contacts.map(\.lastName) == ["Soler"])
            // How far the changes are read is the index's word.
            #expect(page.nextCursor == "since.1795167002101.0.1795167002101")
        }
    }

    @Test func `deleted contacts are listed page by page`() async throws {
        try await withServer { _, _ in
            answer(200, fixture: "hubspot/contacts_list.response.json")
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let page = try await connector.deletions(after: nil)
            #expect(page == DeletionPage(ids: ["512"], nextCursor: "513"))
            _ = try await connector.deletions(after: page.nextCursor)
            #expect(
                server.requests.last?.path.hasSuffix("?archived=true&limit=100&properties=hs_object_id&after=513")
                    == true)
            let failure = await CallFailure.of { () throws(CallFailure) in try await connector.deletions(after: "5&x=1")
            }
            #expect(failure?.kind == .permanent)
        }
    }
}

@Suite struct HubSpotWebhookTests {
    private let secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
    private let url = "https://bridge.example.com/webhooks/crm/hubspot"

    private func read(_ body: [UInt8], _ headers: [(String, String)]) async throws -> [RemoteHint] {
        try await withClient { client in
            try hubSpot("http://127.0.0.1:1", client, secret: secret)
                .readWebhook(
                    WebhookRequest(method: "POST", url: url, headers: headers, body: body, receivedAt: morning))
        }
    }

    private func signedV3(_ body: [UInt8]) -> [(String, String)] {
        [
            ("X-HubSpot-Signature-v3", TestSignature.v3(secret, "POST", url, body, "1795167000000")),
            ("X-HubSpot-Request-Timestamp", "1795167000000"),
        ]
    }

    @Test func `the documented events become hints`() async throws {
        let body = try Fixture.bytes("hubspot/webhook_batch.json")
        let hints = try await read(body, signedV3(body))
        #expect(
            hints == [
                .contactChanged(id: "512", at: morning, isOurs: false),
                .contactChanged(id: "512", at: Timestamp(milliseconds: 1_795_167_005_000), isOurs: false),
                .contactMerged(ids: ["498", "512"], into: "602"),
                .contactChanged(id: "512", at: Timestamp(milliseconds: 1_795_167_012_000), isOurs: false),
                .contactDeleted(id: "700"),
                .contactErased(id: "701"),
            ])
    }

    @Test func `our own write is recognised`() async throws {
        let body = try Fixture.bytes("hubspot/webhook_own_write.json")
        #expect(
            try await read(body, signedV3(body)) == [
                .contactChanged(id: "512", at: Timestamp(milliseconds: 1_795_167_030_000), isOurs: true)
            ])
    }

    @Test func `an event that cannot be read does not cost its neighbours`() async throws {
        let body = Array(
            #"[7,{"subscriptionType":"deal.creation","objectId":1},{"subscriptionType":"contact.deletion","objectId":9007199254740993}]"#
                .utf8)
        #expect(
            try await read(body, signedV3(body)) == [
                .ignored(type: "malformed"), .ignored(type: "deal.creation"), .contactDeleted(id: "9007199254740993"),
            ])
    }

    @Test func `without a right signature nothing is read`() async throws {
        let body = try Fixture.bytes("hubspot/webhook_batch.json")
        await #expect(throws: PuenteError.self) { try await read(body, []) }
        await #expect(throws: PuenteError.self) { try await read(body + [32], signedV3(body)) }
    }

    @Test func `events signed without a time are not accepted`() async throws {
        let body = try Fixture.bytes("hubspot/webhook_batch.json")
        let headers = [
            ("X-HubSpot-Signature", TestSignature.v2(secret, "POST", url, body)), ("X-HubSpot-Signature-Version", "v2"),
        ]
        await #expect(throws: PuenteError.self) { try await read(body, headers) }
    }

    @Test func `a workflow's action becomes a message to send`() async throws {
        let body = Array(
            """
            {"callbackId":"ap-62515-1-2","origin":{"portalId":62515},"object":{"objectId":512,"objectType":"CONTACT"},
             "inputFields":{"template_name":"order_shipped","template_language":"es_MX",
                            "template_variables":"Ana\\n1234","from":"main"}}
            """.utf8)
        let headers = [
            ("X-HubSpot-Signature", TestSignature.v2(secret, "POST", url, body)), ("X-HubSpot-Signature-Version", "v2"),
        ]
        let template = TemplateContent(
            name: "order_shipped", language: "es_MX", body: [.init(value: .text("Ana")), .init(value: .text("1234"))])
        #expect(
            try await read(body, headers) == [
                .sendMessage(
                    SendCommand(
                        commandID: "hubspot-action.ap-62515-1-2", target: .remoteContact("512"),
                        content: .template(template), from: "main"))
            ])
    }

    @Test(arguments: [
        (#"Ana\n1234"#, ["Ana", "1234"]), (#"Ana\r\n1234\r\n"#, ["Ana", "1234"]),
        (#"Ana\n\n1234"#, ["Ana", "", "1234"]), (#"\nAna"#, ["", "Ana"]), ("Ana", ["Ana"]), ("", []),
    ])
    func `each line of an action's variables is one, empty ones too`(text: String, variables: [String]) async throws {
        let body = Array(
            """
            {"callbackId":"ap-1","object":{"objectId":512,"objectType":"CONTACT"},
             "inputFields":{"template_name":"t","template_language":"es","template_variables":"\(text)"}}
            """.utf8)
        let headers = [
            ("X-HubSpot-Signature", TestSignature.v2(secret, "POST", url, body)), ("X-HubSpot-Signature-Version", "v2"),
        ]

        let hints = try await read(body, headers)

        guard case .sendMessage(let command) = hints.first, case .template(let template) = command.content else {
            Issue.record("a template was to be sent")
            return
        }
        let expected = variables.map { TemplateContent.Parameter(value: .text($0)) }
        #expect(template.body == expected)
    }

    @Test func `a connection without a client secret takes no webhooks`() async throws {
        try await withClient { client in
            let connector = try hubSpot("http://127.0.0.1:1", client)
            let request = WebhookRequest(method: "POST", url: url, headers: [], body: [], receivedAt: morning)
            #expect(throws: PuenteError.self) { try connector.readWebhook(request) }
            #expect(!connector.capabilities.push)
        }
    }
}
