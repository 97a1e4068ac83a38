import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

private let token = "a-token-of-our-own"

@Suite struct ZohoWebhookTests {
    private func read(
        _ change: (inout [String: Any]) -> Void = { _ in }, with notificationToken: String? = token
    ) async throws -> Result<[RemoteHint], PuenteError> {
        try await withClient { client in
            let connector = try zoho("http://127.0.0.1:9", client, notificationToken: notificationToken)
            let sample = try json(Fixture.bytes("zoho/notification_callback.json"))
            var body = sample as? [String: Any] ?? [:]
            body["channel_id"] = connector.api.settings.channelID
            body["token"] = token
            change(&body)
            let request = WebhookRequest(
                method: "POST", url: "https://puente.example/webhooks/crm/zoho", headers: [],
                body: Array(try JSONSerialization.data(withJSONObject: body)), receivedAt: morning)
            do throws(PuenteError) {
                return .success(try connector.readWebhook(request))
            } catch {
                return .failure(error)
            }
        }
    }

    private func detail(_ result: Result<[RemoteHint], PuenteError>) -> String? {
        if case .failure(let error) = result { error.detail } else { nil }
    }

    @Test func `the documented call-back names the records to read again`() async throws {
        let at = Timestamp(milliseconds: 1_795_167_003_000)
        #expect(
            try await read() == .success([.contactChanged(id: "554023000000527002", at: at, isOurs: false)]))
    }

    @Test func `what only changed our own fields was us`() async throws {
        let ours = try await read {
            $0["affected_fields"] = [["554023000000527002": ["WhatsApp_Id", "Puente_Id"]]]
        }
        let both = try await read { $0["affected_fields"] = [["554023000000527002": ["WhatsApp_Id", "Mobile"]]] }

        guard case .success(let first) = ours, case .success(let second) = both else { return }
        #expect(first.first.map { "\($0)".contains("isOurs: true") } == true)
        #expect(second.first.map { "\($0)".contains("isOurs: false") } == true)
    }

    @Test func `deletions and other modules`() async throws {
        #expect(
            try await read { $0["operation"] = "delete" } == .success([.contactDeleted(id: "554023000000527002")]))
        #expect(try await read { $0["module"] = "Leads" } == .success([.ignored(type: "Leads.update")]))
        #expect(try await read { $0["ids"] = ["../7", 12] }.map(\.count) == .success(1))
    }

    @Test func `whoever does not know channel and token is not believed`() async throws {
        #expect(detail(try await read { $0["token"] = "a-token-of-our-owm" }) == "wrong_token")
        #expect(detail(try await read { $0["token"] = nil }) == "wrong_token")
        #expect(detail(try await read { $0["channel_id"] = "1000000068001" }) == "wrong_token")
        #expect(detail(try await read(with: nil)) == "no_webhook_secret")
        #expect(detail(try await read { $0["ids"] = "no list" }) == "unreadable")
    }

    @Test func `channels of different settings differ, and are numbers`() throws {
        let ids = try ["a-token-of-our-own", "a-token-of-others"].map {
            try ZohoSettings(clientID: "a", clientSecret: "b", refreshToken: "c", notificationToken: $0).channelID
        }
        #expect(Set(ids).count == 2)
        #expect(ids.allSatisfy { Int64($0) != nil && $0.count == 15 })
        #expect(throws: PuenteError.self) {
            try ZohoSettings(clientID: "a", clientSecret: "b", refreshToken: "c", notificationToken: "short")
        }
    }
}

@Suite struct ZohoNotificationsTests {
    private func channel(_ expiry: String) -> String {
        let details = #"{"events":[{"channel_expiry":"\#(expiry)","channel_id":"1"}]}"#
        return #"{"watch":[{"code":"SUCCESS","details":\#(details),"message":"","status":"success"}]}"#
    }

    @Test func `a channel that lapsed is opened anew, and renewed half-way to its end`() async throws {
        try await withZoho { request in
            request.method == "PUT"
                ? answer(400, fixture: "zoho/watch_error.400.json")
                : .answer(status: 201, body: channel("2026-11-21T08:30:00+01:00"))
        } _: { server, client in
            let connector = try zoho(server.url, client, notificationToken: token)
            let next = try await connector.keepPush(to: "https://puente.example/x", now: morning)

            #expect(next == morning + .hours(11))
            #expect(server.zohoCalls.map(\.method) == ["PUT", "POST"])
            let watch = try #require(try json(server.zohoCalls[1].body)["watch"] as? [NSDictionary]).first
            #expect(watch?["channel_expiry"] as? String == "2026-11-21T08:30:00+00:00")
            #expect(watch?["token"] as? String == token)
            #expect(watch?["notify_url"] as? String == "https://puente.example/x")
        }
    }

    @Test func `where Zoho gives less, it is renewed sooner`() async throws {
        try await withZoho { _ in
            .answer(status: 200, body: channel("2026-11-20T11:30:00+01:00"))
        } _: { server, client in
            let connector = try zoho(server.url, client, notificationToken: token)
            let next = try await connector.keepPush(to: "https://puente.example/x", now: morning)
            #expect(next == morning + .minutes(30))
            #expect(server.zohoCalls.count == 1)
        }
    }

    @Test func `without a token there is nothing to renew`() async throws {
        try await withZoho { _ in
            .answer(status: 500)
        } _: { server, client in
            let again = try await zoho(server.url, client).keepPush(to: "https://p.example", now: morning)
            #expect(again == nil)
            #expect(server.requests.isEmpty)
        }
    }
}
