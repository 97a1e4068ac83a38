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
    private static let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

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

        /// Signed as a company's own system does.
        func own(_ body: String, secret: String = CRMInboundTests.secret) async throws -> CRMInbound.Answer {
            let bytes = Array(body.utf8)
            let signer = StandardWebhooks(current: try #require(StandardWebhooks.Secret(secret)))
            let headers = signer.headers(id: "wh_1", seconds: world.store.now().milliseconds / 1000, body: bytes)
            let head = CRMWebhookHead(
                method: "POST", url: "https://puente.example/webhooks/crm/own", headers: headers)
            return await inbound.receive(head, body: bytes, connection: "own")
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
            provision.connections["own"] = .init(
                kind: "own", baseURL: "http://127.0.0.1:1", settings: "{}", secrets: #"{"secret":"\#(Self.secret)"}"#)
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

    @Test func `an own system introduces people, and is told what means nothing`() async throws {
        try await withDoor { door in
            let made = try await door.own(
                #"{"type":"contact.created","data":{"external_id":"4711","name":"Eva","phone":"+34600000001"}}"#)
            #expect(made == .done)
            let account = try #require(
                try await door.world.store.connectionAccounts().first { $0.slug == "own" })
            #expect(
                try await door.world.store.contact(
                    remoteID: "4711", connection: account.id, in: account.workspace) != nil)

            let mixed = try await door.own(
                #"{"type":"batch","data":[{"type":"nothing","data":{}},{"type":"contact.created","data":{"external_id":"1"}}]}"#
            )
            guard case .mixed(let answers) = mixed, case .failed("no_address", _)? = answers.last else {
                Issue.record("not what became of each: \(mixed)")
                return
            }
            #expect(answers.first == .ignored)
            #expect(try await door.own(#"{"type":"nothing"}"#) == .mixed([.ignored]))
            let nobody = try await door.own(
                #"{"type":"message.send","data":{"external_id":"4712","text":"Hola"}}"#)
            guard case .refused("not_found", _) = nobody else {
                Issue.record("somebody was written to: \(nobody)")
                return
            }
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
