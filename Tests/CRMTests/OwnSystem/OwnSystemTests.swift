import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

private let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
private let oldSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

private func own(_ url: String, _ client: OutboundClient, batchSize: Int = 100) throws -> OwnSystemConnector {
    OwnSystemConnector(
        settings: try OwnSystemSettings(
            url: url + "/hooks/wa", secret: secret, previousSecret: oldSecret, batchSize: batchSize),
        client: client, now: { morning })
}

/// Reads a request as a receiver with the standard's library would.
private func verified(_ request: ScriptedServer.Request, secret: String = secret) throws -> String {
    let signer = StandardWebhooks(current: try #require(StandardWebhooks.Secret(secret)))
    return try signer.verify(
        WebhookRequest(
            method: request.method, url: "", headers: request.headers.map { ($0.key, $0.value) }, body: request.body,
            receivedAt: morning))
}

@Suite struct OwnSystemDeliveryTests {
    @Test func `a message is the documented event, signed with both secrets`() async throws {
        try await withServer { _, _ in
            .answer(status: 204)
        } _: { server, client in
            let outcomes = try await own(server.url, client).recordActivities([activity(1, remoteID: nil)])

            #expect(outcomes == [.done(remoteID: puenteID(1))])
            let request = try #require(server.requests.first)
            #expect(try verified(request) == "evt_\(puenteID(1))")
            #expect(try verified(request, secret: oldSecret) == "evt_\(puenteID(1))")
            let event = try json(request.body)
            let sample = try json(Fixture.bytes("generic/webhook_message_received.json"))
            #expect(event["type"] as? String == sample["type"] as? String)
            let given = try #require(event["data"] as? NSDictionary)
            let wanted = try #require(sample["data"] as? NSDictionary)
            for key in ["direction", "kind", "text"] { #expect(given[key] as? String == wanted[key] as? String) }
            let contact = try #require(given["contact"] as? NSDictionary)
            let wantedContact = try #require(wanted["contact"] as? NSDictionary)
            for key in ["name", "phone", "wa_id"] { #expect(contact[key] as? String == wantedContact[key] as? String) }
            #expect(contact["user_id"] is NSNull)
            let wantedHeaders = try json(Fixture.bytes("generic/webhook_headers.json"))
            #expect(Set(wantedHeaders.allKeys.compactMap { $0 as? String }).isSubset(of: request.headers.keys))
        }
    }

    @Test func `that somebody was erased is told by ids alone`() async throws {
        try await withServer { _, _ in
            .answer(status: 204)
        } _: { server, client in
            let erasure = ContactErasure(
                puenteID: puenteID(900), formerPuenteIDs: [puenteID(901)], remoteIDs: ["C-17"], isDeletionWished: true,
                at: morning, occasion: puenteID(7))
            let outcomes = try await own(server.url, client).tellErasures([erasure])

            #expect(outcomes.compactMap(\.remoteID).count == 1)
            let request = try #require(server.requests.first)
            #expect(try verified(request) == "evt_\(puenteID(900))_erased")
            let event = try json(request.body)
            #expect(event["type"] as? String == "contact.erased")
            #expect(
                event["data"] as? NSDictionary == [
                    "id": puenteID(900), "former_ids": [puenteID(901)], "external_ids": ["C-17"], "delete": true,
                ])
        }
    }

    @Test func `a hundred messages are one request, in their order`() async throws {
        try await withServer { _, _ in
            .answer(status: 200, body: "ok")
        } _: { server, client in
            let outcomes = try await own(server.url, client).recordActivities((1...100).map { activity($0) })

            #expect(outcomes.compactMap(\.remoteID) == (Int64(1)...100).map { puenteID($0) })
            #expect(server.requests.count == 1)
            let request = try #require(server.requests.first)
            _ = try verified(request)
            let body = try json(request.body)
            #expect(body["type"] as? String == "batch")
            let ids = (body["data"] as? [NSDictionary])?.compactMap { $0["id"] as? String }
            #expect(ids == (Int64(1)...100).map { "evt_\(puenteID($0))" })
        }
    }

    @Test(arguments: [(Language.english, "Outside the window."), (.spanish, "Fuera de la ventana.")])
    func `a failed message says why, for programs and for people of the company`(
        language: Language, sentence: String
    ) async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            let settings = try OwnSystemSettings(url: server.url, secret: secret, language: language)
            let connector = OwnSystemConnector(settings: settings, client: client, now: { morning })
            var failed = activity(1, direction: .outbound, status: .failed)
            failed.statusCode = "131047"
            failed.statusDetail = LocalizedText(en: "Outside the window.", es: "Fuera de la ventana.")

            _ = try await connector.recordActivities([failed])
            _ = try await connector.updateActivities([ActivityUpdate(remoteID: "1", activity: activity(2))])

            let events = try server.requests.map { try #require(try json($0.body)["data"] as? NSDictionary) }
            #expect(events.map { $0["status_code"] as? String } == ["131047", nil])
            #expect(events.map { $0["status_detail"] as? String } == [sentence, nil])
            #expect(events.last?["status_code"] is NSNull)
            #expect(events.last?["status_detail"] is NSNull)
        }
    }

    @Test func `a receiver without batches gets single events`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            _ = try await own(server.url, client, batchSize: 1).recordActivities((1...3).map { activity($0) })
            #expect(server.requests.count == 3)
            let ids = try server.requests.map { try verified($0) }
            #expect(ids == (Int64(1)...3).map { "evt_\(puenteID($0))" })
        }
    }

    @Test func `a repetition has the same id, another status another one`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            let connector = try own(server.url, client)
            for status in [MessageStatus.delivered, .delivered, .read] {
                let update = ActivityUpdate(
                    remoteID: "r1", activity: activity(1, direction: .outbound, status: status))
                let outcomes = try await connector.updateActivities([update])
                #expect(outcomes == [.done(remoteID: "r1")])
            }
            let batches = [[1, 2], [1, 2], [2, 1]] as [[Int64]]
            for numbers in batches { _ = try await connector.recordActivities(numbers.map { activity($0) }) }
            let ids = try server.requests.map { try verified($0) }
            #expect(ids[0] == ids[1])
            #expect(ids[1] != ids[2])
            #expect(ids[3] == ids[4])
            #expect(ids[4] != ids[5])
        }
    }

    @Test func `outcomes that the receiver gives are each item's own`() async throws {
        try await withServer { _, _ in
            .answer(
                status: 200,
                body: """
                    {"results":[{"id":"evt_\(puenteID(3))","status":"retry"},
                     {"id":"evt_\(puenteID(1))","status":"ok","remote_id":"crm-1"},17,
                     {"id":"evt_\(puenteID(2))","status":"failed","error":{"code":"no_owner","message":"Nobody owns Ana"}}]}
                    """)
        } _: { server, client in
            let outcomes = try await own(server.url, client).recordActivities((1...4).map { activity($0) })
            #expect(outcomes.map(\.remoteID) == ["crm-1", nil, nil, puenteID(4)])
            guard case .failed(let second) = outcomes[1], case .failed(let third) = outcomes[2] else {
                Issue.record("two items failed")
                return
            }
            #expect(second.kind == .permanent)
            #expect(second.code == "no_owner")
            #expect(second.vendorText == "Nobody owns Ana")
            #expect(third.kind == .transient)
        }
    }

    @Test func `one event that the receiver refuses does not stop its batch`() async throws {
        try await withServer { _, request in
            request.text.contains("poison")
                ? answer(422, fixture: "generic/problem_validation.422.json") : .answer(status: 200)
        } _: { server, client in
            let activities = (1...20).map { activity($0, text: $0 == 7 ? "poison" : "fine") }
            let outcomes = try await own(server.url, client).recordActivities(activities)
            #expect(outcomes.indices.filter { outcomes[$0].remoteID == nil } == [6])
            guard case .failed(let failure) = outcomes[6] else { return }
            #expect(failure.vendorText == "2 fields are not valid")
        }
    }

    @Test(
        "each answer has its kind",
        arguments: [
            (301, CallFailure.Kind.accountWide, PauseScope.connection), (400, .permanent, .message),
            (401, .accountWide, .credential),
            (403, .accountWide, .credential), (404, .accountWide, .connection), (408, .transient, .message),
            (410, .accountWide, .connection), (413, .permanent, .message),
            (429, .throttled(retryAfter: .seconds(10)), .connection),
            (500, .transient, .connection), (503, .transient, .connection),
        ])
    func answers(status: Int, kind: CallFailure.Kind, scope: PauseScope) {
        let failure = OwnFailure.failure(OutboundResponse(status: status))
        #expect(failure.kind == kind)
        #expect(failure.scope == scope)
        let later = OwnFailure.failure(OutboundResponse(status: 503, headers: [("Retry-After", "30")]))
        #expect(later.kind == .throttled(retryAfter: .seconds(30)))
    }

    @Test func `an answer that is lost is simply tried again`() async throws {
        try await withServer { _, _ in
            .close
        } _: { server, client in
            let connector = try own(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await connector.recordActivities([activity()])
            }
            #expect(failure?.kind == .transient)
            #expect(connector.capabilities.activityWrites == .idempotent)
        }
    }

    @Test func `a contact's event says what is known and nothing else`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            let contact = ContactUpsert(puenteID: puenteID(9), waID: "34600111222")
            let outcomes = try await own(server.url, client).upsertContacts([contact])
            #expect(outcomes == [.done(remoteID: puenteID(9))])
            let event = try json(try #require(server.requests.first).body)
            #expect(event["type"] as? String == "contact.upserted")
            #expect(
                event["data"] as? [String: String] == [
                    "id": puenteID(9), "phone": "+34600111222", "wa_id": "34600111222",
                ])
        }
    }

    @Test func `mapped fields are told under their names, whatever they are, and null empties one`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            let contact = ContactUpsert(
                puenteID: puenteID(9), fields: ["company": "Acme", "favourite_bean": "", "vip": "true"])
            _ = try await own(server.url, client).upsertContacts([contact])
            let data = try json(try #require(server.requests.first).body)["data"] as? NSDictionary
            #expect(
                data?["fields"] as? NSDictionary == ["company": "Acme", "favourite_bean": NSNull(), "vip": "true"])
        }
    }

    @Test func `a contact that was deleted is told again under another id, a repetition under the same`() {
        func id(_ occasion: String) -> String {
            OwnEvent.upserted(
                ContactUpsert(puenteID: puenteID(9), occasion: occasion, waID: "34600111222"), now: morning
            ).id
        }
        #expect(id("job1") == id("job1"))
        #expect(id("job1") != id("job2"))
    }

    @Test func `a contact that is again what it was has another event, and each repetition the same`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            let connector = try own(server.url, client)
            var contact = ContactUpsert(puenteID: puenteID(9), profileName: "Ana")
            for occasion in ["j1", "j1", "j2"] {
                contact.occasion = occasion
                _ = try await connector.upsertContacts([contact])
            }
            let ids = try server.requests.map { try verified($0) }
            #expect(ids[0] == ids[1])
            #expect(ids[1] != ids[2])
        }
    }

    @Test func `the check sends a signed test event`() async throws {
        try await withServer { _, request in
            .answer(status: (try? verified(request)) == nil ? 401 : 200)
        } _: { server, client in
            let connector = try own(server.url, client)
            let steps = await connector.check()
            #expect(steps.map(\.name) == [.reach, .receiver])
            #expect(steps.filter { !$0.isPassed } == [])
            #expect(server.requests.first?.text.contains("webhook.test") == true)
        }
        try await withServer { _, _ in
            .answer(status: 401)
        } _: { server, client in
            let connector = try own(server.url, client)
            let steps = await connector.check()
            #expect(steps.map(\.isPassed) == [true, false])
        }
    }

    @Test func `the circuit's connection stands behind the guard of the calls`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, open in
            try await withClient(AddressGuard(privateHosts: [])) { guarded in
                let failures = [
                    await (try own(server.url, guarded)).connectionFailure(),
                    await (try hubSpot(server.url, guarded)).connectionFailure(),
                ]
                #expect(failures.map { $0?.name } == ["addressRefused", "addressRefused"])
            }
            #expect(server.connections == 0)
            #expect(await (try own(server.url, open)).connectionFailure() == nil)
        }
    }

    @Test(arguments: [("nonsense", secret), ("https://crm.example.com", "whsec_short")])
    func `an address or a secret that cannot be used is refused`(url: String, secret: String) {
        #expect(throws: PuenteError.self) { try OwnSystemSettings(url: url, secret: secret) }
    }
}

@Suite struct OwnSystemWebhookTests {
    private func read(_ text: String, id: String = "wh_1", signedBy key: String = secret) async throws -> [RemoteHint] {
        let body = Array(text.utf8)
        let signer = StandardWebhooks(current: try #require(StandardWebhooks.Secret(key)))
        let headers = signer.headers(id: id, seconds: morning.milliseconds / 1000, body: body)
        return try await withClient { client in
            try own("https://crm.example.com", client)
                .readWebhook(WebhookRequest(method: "POST", url: "", headers: headers, body: body, receivedAt: morning))
        }
    }

    private func event(_ type: String, _ data: String) -> String { #"{"type":"\#(type)","data":\#(data)}"# }

    @Test func `a text to a phone number becomes a command under the webhook's id`() async throws {
        let hints = try await read(
            event(
                "message.send",
                #"{"to":"+34 600 111 222","text":"Hi","author":"Luis","reply_to":"M1","from":"106540352242922"}"#))
        #expect(
            hints == [
                .sendMessage(
                    SendCommand(
                        commandID: "wh_1", target: .phone("+34 600 111 222"), content: .text(TextContent(body: "Hi")),
                        replyTo: "M1", authorName: "Luis", from: "106540352242922"))
            ])
    }

    @Test func `templates take numbered and named variables`() async throws {
        let numbered = try await read(
            event(
                "message.send",
                #"{"external_id":42,"template":{"name":"t","language":"es_MX","variables":["Ana",7],"buttons":[{"index":0,"type":"url","value":"x"}]}}"#
            ))
        guard case .sendMessage(let command) = numbered.first, case .template(let template) = command.content else {
            Issue.record("a template was sent")
            return
        }
        #expect(command.target == .remoteContact("42"))
        #expect(template.body == [.init(value: .text("Ana")), .init(value: .text("7"))])
        #expect(template.buttons == [.init(subType: "url", index: 0, parameters: [.init(value: .text("x"))])])

        let named = try await read(
            event(
                "message.send",
                #"{"contact_id":"C","template":{"name":"t","language":"es","variables":{"b":"2","a":"1"},"header_text":"H"}}"#
            ))
        guard case .sendMessage(let second) = named.first, case .template(let other) = second.content else {
            Issue.record("a template was sent")
            return
        }
        #expect(other.body == [.init(name: "a", value: .text("1")), .init(name: "b", value: .text("2"))])
        #expect(other.header == [.init(value: .text("H"))])
    }

    @Test(arguments: [
        #"{"text":"Hi"}"#, #"{"to":"1","user_id":"2","text":"Hi"}"#, #"{"to":"1"}"#, #"{"to":"1","text":""}"#,
        #"{"to":"1","text":"a","media":{"type":"image","link":"https://x"}}"#,
    ])
    func `a command that says too little or too much is refused`(data: String) async throws {
        await #expect(throws: PuenteError.self) { try await read(event("message.send", data)) }
    }

    @Test func `contacts and statuses become hints`() async throws {
        #expect(try await read(event("contact.deleted", #"{"external_id":"7"}"#)) == [.contactDeleted(id: "7")])
        #expect(try await read(event("contact.erased", #"{"external_id":"7"}"#)) == [.contactErased(id: "7")])
        #expect(
            try await read(event("contact.merged", #"{"merged_ids":["7","8"],"into":"9"}"#)) == [
                .contactMerged(ids: ["7", "8"], into: "9")
            ])
        #expect(
            try await read(event("message.read", #"{"id":"M1"}"#)) == [.statusUpdate(messageID: "M1", status: .read)])
        #expect(try await read(event("order.created", "{}")) == [.ignored(type: "order.created")])
        let given = try await read(
            event(
                "contact.updated",
                #"{"external_id":7,"first_name":"Ana","phone":"+34600111222","updated_at":"2026-11-20T09:30:00Z"}"#))
        #expect(
            given == [
                .contactGiven(
                    RemoteContact(
                        id: "7", firstName: "Ana", phones: ["+34600111222"], modifiedAt: morning,
                        fields: ["first_name": "Ana", "phone": "+34600111222"]))
            ])
        let mapped = try await read(
            event(
                "contact.updated", #"{"external_id":"7","fields":{"company":"Acme","visits":3,"vip":true,"city":null}}"#
            ))
        #expect(
            mapped == [
                .contactGiven(RemoteContact(id: "7", fields: ["company": "Acme", "visits": "3", "vip": "true"]))
            ])
    }

    @Test(arguments: ["contact.created", "contact.upserted"])
    func `whoever is not there yet is to be made, but for a mere update`(type: String) async throws {
        let data = #"{"external_id":"7","name":"Ana"}"#
        let contact = RemoteContact(id: "7", firstName: "Ana", fields: ["first_name": "Ana"])
        #expect(try await read(event(type, data)) == [.contactIntroduced(contact)])
        #expect(try await read(event("contact.updated", data)) == [.contactGiven(contact)])
    }

    @Test func `in a batch each event has its own key, and a bad one costs nobody`() async throws {
        let hints = try await read(
            """
            {"type":"batch","data":[
             {"id":"e1","type":"message.send","data":{"to":"1","text":"a"}},
             {"type":"message.send","data":{"to":"2","text":"b"}},
             {"id":"e3","type":"message.send","data":{"to":"3"}}, 5,
             {"type":"batch","data":[{"type":"message.send","data":{"to":"1","text":"a"}}]}]}
            """)
        let commands = hints.compactMap { if case .sendMessage(let command) = $0 { command.commandID } else { nil } }
        #expect(commands == ["e1", "wh_1#1"])
        #expect(hints.count == 5)
        let problems = hints.map { if case .unusable(let problem) = $0 { problem.detail } else { String?.none } }
        #expect(problems == [nil, nil, "content", "unreadable", nil])
        #expect(hints[4] == .ignored(type: "batch"))
    }

    @Test func `the previous secret still counts, another one does not`() async throws {
        let text = event("message.read", #"{"id":"M1"}"#)
        #expect(try await read(text, signedBy: oldSecret).count == 1)
        await #expect(throws: PuenteError.self) {
            try await read(text, signedBy: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        }
    }

    @Test(arguments: ["", "{", "[]", #"{"data":{}}"#, #"{"type":"message.send"}"#, "\u{1}\u{2}"])
    func `a signed body that cannot be read is refused with a sentence`(text: String) async throws {
        await #expect(throws: PuenteError.self) { try await read(text) }
    }
}
