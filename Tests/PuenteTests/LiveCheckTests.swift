import CRM
import Domain
import Foundation
import Logging
import OutboundHTTP
import Sandbox
import Store
import Testing

@testable import puente

/// `puente check` against the sandbox: what a person sees of a number and a CRM.
@Suite struct LiveCheckTests {
    private func check(
        _ arguments: [String], isPrepared: Bool = false,
        callbacks: [String] = ["https://puente.example.com/webhooks/whatsapp/main"], change: (String) -> String = { $0 }
    ) async throws -> (status: Int32, output: [String]) {
        try await withSandbox(callbacks) { base, text in
            let folder = try TemporaryFolder()
            let path = try folder.write("puente.yaml", change(text))
            if isPrepared { try await prepareHubSpot(at: base) }
            return await run(arguments, path)
        }
    }

    private func run(_ arguments: [String], _ path: String) async -> (status: Int32, output: [String]) {
        let terminal = RecordedTerminal()
        let status = await terminal.run(["check"] + arguments + ["--config", path])
        return (status, terminal.output + terminal.errors)
    }

    /// - Parameter body: gets the sandbox's address, and a configuration for it.
    private func withSandbox<Value>(
        _ callbacks: [String], _ body: (_ base: String, _ text: String) async throws -> Value
    ) async throws -> Value {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.callbacks = callbacks.compactMap { SandboxCallback($0) }
        let sandbox = SandboxServer(
            configuration: configuration, logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            defer { group.cancelAll() }
            let base = try await sandbox.baseURL
            return try await body(base, Self.text(base, configuration))
        }
    }

    /// As a server's first start does it.
    private func prepareHubSpot(at base: String) async throws {
        let http = OutboundClient(logger: .silent)
        let connector = HubSpotConnector(
            settings: try HubSpotSettings(
                baseURL: "\(base)/hubspot", token: "sandbox-token", clientSecret: nil, appID: nil, language: .english),
            client: http)
        _ = try await connector.prepare()
        try await http.shutdown()
    }

    private static func text(_ base: String, _ sandbox: SandboxConfiguration) -> String {
        SampleConfiguration.complete
            .replacing("http://127.0.0.1:9090", with: base)
            .replacing("app_id: 1234567890123456", with: "app_id: \"\(sandbox.appID)\"")
            .replacing("token: pat-na1-secret", with: "token: sandbox-token\n    base_url: \(base)/hubspot")
            .replacing("base_url: https://crm.example.com/puente", with: "base_url: \(base)/own")
            .replacing(SampleConfiguration.ownSecret, with: sandbox.ownSystemSecret)
    }

    @Test func `a number and CRMs that are right pass`() async throws {
        let answer = try await check([], isPrepared: true)

        #expect(answer.status == 0, "\(answer.output.joined(separator: "\n"))")
        #expect(answer.output.contains("ok      number main: The access token is valid."))
        #expect(
            answer.output.contains {
                $0.hasPrefix("ok      number main: ") && $0.contains("555-078-3881") || $0.contains("15550783881")
            })
        #expect(
            answer.output.contains(
                "ok      number main: Meta calls https://puente.example.com/webhooks/whatsapp/main."))
        #expect(answer.output.contains { $0.hasPrefix("ok      crm hubspot, credential: ") })
    }

    @Test func `fields that the first start will make are a note, not a failure`() async throws {
        let answer = try await check(["crm", "hubspot"])

        #expect(answer.status == 0, "\(answer.output.joined(separator: "\n"))")
        #expect(
            answer.output.contains {
                $0.hasPrefix("note    crm hubspot, fields: ") && $0.contains("puente_id")
                    && $0.hasSuffix("Puente makes them when it starts.")
            })
    }

    @Test func `the check offers to make what is missing, and makes it`() async throws {
        let offered = try await check(["crm", "hubspot", "--read-only"])
        let made = try await check(["crm", "hubspot", "--make-fields"])
        let contradicting = try await check(["crm", "hubspot", "--make-fields", "--read-only"])

        let offer = "note    crm hubspot, fields: \"puente check crm hubspot --make-fields\" makes what is missing now."
        #expect(offered.status == 0 && offered.output.contains(offer), "\(offered.output)")
        #expect(made.status == 0, "\(made.output.joined(separator: "\n"))")
        #expect(
            made.output.first?.hasPrefix("ok      crm hubspot, fields: Made now: ") == true
                && made.output.first?.contains("puente_id") == true)
        #expect(!made.output.contains { $0.hasPrefix("note    crm hubspot, fields: ") })
        #expect(made.output.contains { $0.hasPrefix("ok      crm hubspot, sample: ") })
        #expect(contradicting.status == 2)
    }

    @Test func `a prepared CRM fits the mapping and takes a sample record, unless nothing is to be written`()
        async throws
    {
        let writing = try await check(["crm", "hubspot"], isPrepared: true)
        let reading = try await check(["crm", "hubspot", "--read-only"], isPrepared: true)

        #expect(writing.status == 0 && reading.status == 0)
        #expect(writing.output.contains { $0.hasPrefix("ok      crm hubspot, mapping: Every mapped field fits") })
        #expect(
            writing.output.contains(
                "ok      crm hubspot, sample: A sample contact was written, read back and deleted."))
        #expect(!reading.output.contains { $0.contains("crm hubspot, sample: ") })
    }

    @Test func `a connection that was made in the console is asked by its name there, its secrets opened`()
        async throws
    {
        try await withSandbox([]) { base, text in
            let installation = try Installation(nil, text)
            let path = installation.folder.file("puente.yaml")
            try await prepareHubSpot(at: base)
            try await installation.run { open, workspace in
                let account = Provision.Connection(
                    kind: "hubspot", baseURL: "\(base)/hubspot", settings: "{}", secrets: #"{"token":"sandbox-token"}"#)
                let id = try await open.store.createConnection(account, named: "sales", in: workspace, by: "Ana")
                _ = try await open.store.createConnection(account, named: "idle", in: workspace, by: "Ana")
                let idle = try #require(try await open.store.connections(in: workspace).first { $0.name == "idle" })
                #expect(idle.id != id)
                try await open.store.switchConnection(idle.id, on: false, in: workspace, by: "Ana")
            }

            let sales = await run(["crm", "sales"], path)
            #expect(sales.status == 0, "\(sales.output.joined(separator: "\n"))")
            #expect(sales.output.contains { $0.hasPrefix("ok      crm sales, credential: ") })
            #expect(sales.output.contains { $0.hasPrefix("ok      crm sales, sample: ") })
            #expect(!sales.output.contains { $0.contains("crm hubspot, ") || $0.contains("sandbox-token") })

            let all = await run(["crm", "--read-only"], path)
            #expect(all.output.contains { $0.contains("crm hubspot, credential: ") })
            #expect(all.output.contains { $0.contains("crm sales, credential: ") })
            #expect(!all.output.contains { $0.contains("crm idle, ") }, "it is switched off")
            #expect(await run(["crm", "idle", "--read-only"], path).status == 0)

            let unknown = await run(["crm", "sails"], path)
            #expect(unknown.status == 2)
            #expect(unknown.output == ["There is no crm.sails; crm holds hubspot, idle, sales, shop."])
        }
    }

    @Test func `a wrong token fails and says what to do, without the token`() async throws {
        let answer = try await check(["whatsapp", "main"]) {
            $0.replacing("access_token: sandbox-token", with: "access_token: hunter2")
        }

        #expect(answer.status == 1)
        #expect(answer.output.count { $0.hasPrefix("FAILED") } == 1)
        #expect(answer.output.first?.hasPrefix("FAILED  number main: ") == true)
        #expect(!answer.output.joined().contains("hunter2"))
    }

    @Test func `webhooks that go nowhere, or elsewhere, fail`() async throws {
        for callbacks in [[], ["https://old.example.com/hook"]] {
            let answer = try await check(["whatsapp"], callbacks: callbacks)

            #expect(answer.status == 1)
            #expect(
                answer.output.contains {
                    $0.hasPrefix("FAILED  number main: ")
                        && $0.contains("https://puente.example.com/webhooks/whatsapp/main")
                })
        }
    }

    @Test func `a wrong app secret is named`() async throws {
        let answer = try await check(["whatsapp"]) {
            $0.replacing("app_secret: sandbox-secret", with: "app_secret: another")
        }

        #expect(answer.status == 1)
        #expect(answer.output.contains { $0.contains("does not accept app_id and app_secret of whatsapp.apps.main") })
    }

    @Test func `an app that is not subscribed fails`() async throws {
        let answer = try await check(["whatsapp"]) {
            $0.replacing(#"app_id: ""#, with: #"app_id: "9"#)
        }

        #expect(answer.status == 1)
        #expect(answer.output.contains { $0.contains("The app is not subscribed to the account 102290129340398") })
    }

    @Test func `a CRM that nobody answers for fails`() async throws {
        let answer = try await check(["crm", "shop"]) {
            $0.replacing("/own", with: "/own").replacing(
                "base_url: http://127.0.0.1:", with: "base_url: http://127.0.0.1:1/")
        }

        #expect(answer.status == 1)
        #expect(answer.output.contains { $0.hasPrefix("FAILED  crm shop, ") })
    }
}
