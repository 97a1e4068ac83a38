import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct SalesforceSessionTests {
    @Test func `a session that ended is renewed once, and the call is made`() async throws {
        try await SalesforceRig.run { rig in
            _ = try await rig.made(1...1)
            try await rig.control("DELETE", "/sessions")
            #expect(try await rig.made(2...2).count == 1)

            try await rig.faults(#""kind":"token_death","path":"/data/""#)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await rig.connector.contact(remoteID: "003000000000001AAA")?.id
            }
            #expect(failure?.kind == .accountWide)
            #expect(failure?.scope == .credential)
        }
    }

    @Test func `many calls at once ask for one token`() async throws {
        let token = try Fixture.text("salesforce/token_client_credentials.json")
        try await withServer { _, request in
            request.path.hasSuffix("/token")
                ? .answer(
                    status: 200,
                    body: token.replacing(
                        "https://acme.my.salesforce.com", with: "http://\(request.headers["host"] ?? "")/there"))
                : .answer(status: 200, body: #"{"done":true,"records":[]}"#)
        } _: { server, client in
            let api = try SalesforceRig.connector(server.url, client).api
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask { _ = try? await api.page("SELECT Id FROM Contact") }  // what fails shows below
                }
            }

            let paths = server.requests.map(\.path)
            #expect(paths.count { $0.hasSuffix("/token") } == 1)
            #expect(paths.count { $0.hasPrefix("/there/services/data/v66.0/query?q=SELECT%20Id") } == 20)
            let query = try #require(server.requests.last)
            #expect(query.headers["authorization"]?.hasPrefix("Bearer 00D") == true)
            #expect(query.headers["sforce-call-options"] == "client=Puente")
        }
    }

    @Test func `a session that is said to have ended long ago is renewed soon, and not at once`() async throws {
        let token = try Fixture.text("salesforce/token_client_credentials.json").replacing(
            #""token_type""#, with: #""expires_in": "-9223372036854775808", "token_type""#)
        try await withServer { _, _ in
            .answer(status: 200, body: token)
        } _: { server, client in
            let access = try await SalesforceRig.connector(server.url, client).api.session.access()

            let left = access.renewAt - ContinuousClock.now
            #expect(left > .seconds(20) && left <= .seconds(30))
        }
    }

    @Test func `a token end-point that is away is waited for`() async throws {
        try await SalesforceRig.run { rig in
            try await rig.faults(#""kind":"status","status":503,"path":"/oauth2","count":1"#)

            let failure = await CallFailure.of { () throws(CallFailure) in try await rig.connector.ping() }

            #expect(failure?.kind == .transient)
            try await rig.connector.ping()
        }
    }

    @Test func `the daily limit stops everything for a while`() async throws {
        try await SalesforceRig.run { rig in
            try await rig.connector.ping()
            let headroom = try #require(rig.connector.headroom)
            #expect(headroom.wait(now: headroom.readAt) == nil)
            try await rig.control("PUT", "/org", #"{"daily_calls":1}"#)
            try await rig.sandbox("PUT", "/faults", #"{"vendor_limits":true}"#)

            let failure = await CallFailure.of { () throws(CallFailure) in try await rig.connector.ping() }

            #expect(failure?.kind == .throttled(retryAfter: .minutes(15)))
            #expect(failure?.code == "REQUEST_LIMIT_EXCEEDED")
            let used = try #require(rig.connector.headroom)
            #expect(used.isDailyReserveReached())
            #expect(used.wait(now: used.readAt) == .seconds(60))
        }
    }

    @Test func `usage is read beside what else the header says`() {
        #expect(SalesforceMeter.usage("api-usage=18/15000").map { [$0.used, $0.limit] } == [18, 15_000])
        #expect(
            SalesforceMeter.usage("api-usage=25/5000; per-app-api-usage=17/250(appName=x)").map { [$0.used, $0.limit] }
                == [25, 5000])
        for text in ["", "api-usage=1", "api-usage=-1/5", "api-usage=1/0", "per-app-api-usage=1/2(appName=x)"] {
            #expect(SalesforceMeter.usage(text) == nil)
        }
    }

    @Test func `there are no webhooks to believe`() async throws {
        try await SalesforceRig.run { rig in
            let request = WebhookRequest(method: "POST", url: rig.url, headers: [], body: [], receivedAt: morning)
            #expect(throws: PuenteError.self) { try rig.connector.readWebhook(request) }
        }
    }
}
