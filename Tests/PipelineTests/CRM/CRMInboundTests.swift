import Domain
import Foundation
import InMemoryLogging
import Logging
import OutboundHTTP
import Store
import Testing

@testable import CRM
@testable import Pipeline

/// Webhooks of CRMs that sign nothing.
@Suite struct CRMInboundTests {
    private static let token = "a-token-of-our-own"

    private struct Door {
        let inbound: CRMInbound
        let hints: CRMHints
        let lines: InMemoryLogHandler
        let world: PipelineWorld

        func odoo(_ query: String) -> CRMInbound.Answer? {
            inbound.refusal(of: Self.head("odoo\(query)"), connection: "odoo")
        }

        func zoho(_ body: String) async -> CRMInbound.Answer {
            await inbound.receive(Self.head("zoho"), body: Array(body.utf8), connection: "zoho")
        }

        private static func head(_ rest: String) -> CRMWebhookHead {
            CRMWebhookHead(method: "POST", url: "https://puente.example/webhooks/crm/\(rest)", headers: [])
        }

        /// Everything that was logged, as text.
        var log: String { "\(lines.entries)" }
    }

    private func withDoor(_ body: (Door) async throws -> Void) async throws {
        try await PipelineWorld.with { world in
            var provision = PipelineWorld.provision
            provision.connections["odoo"] = .init(
                kind: "odoo", baseURL: "http://127.0.0.1:1", settings: "{}",
                secrets: #"{"token":"t","webhookSecret":"0123456789abcdef"}"#)
            provision.connections["zoho"] = .init(
                kind: "zoho", baseURL: "http://127.0.0.1:1",
                settings: #"{"dataCenter":"us","isAPIFixed":true,"clientID":"c"}"#,
                secrets: #"{"clientSecret":"s","refreshToken":"r","webhookSecret":"\#(Self.token)"}"#)
            _ = try await world.store.provision(provision)
            let client = OutboundClient(logger: quiet)
            let book = ConnectorBook(
                store: world.store,
                factory: ConnectorFactory(client: client, language: .english, now: world.store.now))
            let problems = try await book.refresh()
            #expect(problems.isEmpty)
            var lines = InMemoryLogHandler()
            lines.logLevel = .trace
            let hints = CRMHints()
            let inbound = CRMInbound(
                book: book, store: world.store, wakeBoard: world.wakeBoard, hints: hints, region: "ES", publicURL: nil,
                language: .english, logger: Logger(label: "test") { [lines] _ in lines }, accept: { _, _ in nil })
            do {
                try await body(Door(inbound: inbound, hints: hints, lines: lines, world: world))
            } catch {
                try await client.shutdown()
                throw error
            }
            try await client.shutdown()
        }
    }

    private func callback(_ operation: String, token: String = Self.token) throws -> String {
        let settings = try ZohoSettings(
            clientID: "c", clientSecret: "s", refreshToken: "r", notificationToken: Self.token)
        return """
            {"module":"Contacts","operation":"\(operation)","ids":["554023000000527002"],\
            "channel_id":"\(settings.channelID)","token":"\(token)"}
            """
    }

    @Test func `whoever does not know the secret is turned away unread, and named without it`() async throws {
        try await withDoor { door in
            #expect(door.odoo("?secret=0123456789abcdef") == nil)
            for _ in 1...3 {
                guard case .unauthorized? = door.odoo("?secret=a-strangers-guess") else {
                    Issue.record("a stranger was let in")
                    return
                }
            }

            #expect(door.lines.entries.count == 1, "one line a minute")
            #expect(door.log.contains("wrong_secret") && !door.log.contains("a-strangers-guess"))
            let nobodys = CRMWebhookHead(method: "POST", url: "", headers: [])
            #expect(door.inbound.refusal(of: nobodys, connection: "x") == .unknownConnection)
        }
    }

    @Test func `a call-back without the channel's token is refused, and its token not logged`() async throws {
        try await withDoor { door in
            let answer = await door.zoho(try callback("update", token: "a-strangers-guess"))

            guard case .unauthorized = answer else {
                Issue.record("a stranger was believed: \(answer)")
                return
            }
            #expect(door.log.contains("wrong_token"))
            #expect(!door.log.contains("a-strangers-guess") && !door.log.contains(Self.token))
        }
    }

    @Test(arguments: ["insert", "update", "delete"])
    func `whatever it says, the record is read again`(operation: String) async throws {
        try await withDoor { door in
            let answer = await door.zoho(try callback(operation))
            #expect(answer == .done)

            var hints = door.hints.hints.makeAsyncIterator()
            #expect(await hints.next()?.remoteID == "554023000000527002")
        }
    }
}
