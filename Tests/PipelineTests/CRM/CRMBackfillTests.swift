import CRM
import Domain
import Foundation
import Logging
import OutboundHTTP
import Sandbox
import Store
import Testing

@testable import Pipeline

/// A back-fill against the simulators, which were written from the vendors' documents.
@Suite(.timeLimit(.minutes(3))) struct CRMBackfillTests {
    @Test(arguments: [ConnectorKind.hubspot, .salesforce, .zoho, .odoo])
    func `everybody of the CRM comes once, and whoever it lacks gets a record`(kind: ConnectorKind) async throws {
        try await BackfillRig.with(kind) { rig in
            try await rig.crowd(230)
            // Somebody who is here already, and somebody whom the CRM lacks.
            let known = try await rig.add("Conocida", phone: "525520000007")
            _ = try await rig.add("Solo aquí", phone: "34600111222")
            var options = BackfillOptions()
            options.makesContacts = true
            options.tellsCRM = true
            _ = try await rig.desk.start(options, of: rig.account, by: "Ana")

            // Interrupted on its way, and taken up again.
            try await rig.working { try await rig.until { try await rig.newest().counts.read > 0 } }
            try await rig.working { try await rig.until { try await rig.newest().state == .done } }

            let ended = try await rig.newest()
            // The sweep may have been faster.
            #expect(ended.counts.linked <= 1)
            #expect(ended.counts.told == 1)
            #expect(ended.counts.failed == 0)
            #expect(ended.counts.made >= 229)
            #expect(try await rig.count("contact") == ended.counts.made + 2)
            #expect(try await rig.count("contact WHERE name LIKE 'Persona %'") >= 229)
            #expect(try await rig.count("remote_ref WHERE local_id = \(known.rawValue)") == 1)
            #expect(try await rig.count("consent_entry WHERE source = 'import'") == 0)
        }
    }

    @Test func `a company's own system cannot be read, and is told of what it lacks`() async throws {
        try await BackfillRig.with(.own) { rig in
            _ = try await rig.add("Solo aquí", phone: "34600111222")
            var options = BackfillOptions()
            options.makesContacts = true
            let refusal = await #expect(throws: PuenteError.self) {
                _ = try await rig.desk.start(options, of: rig.account, by: "Ana")
            }
            #expect(refusal == PuenteError.ownCannotBeRead)
            options.makesContacts = false
            options.tellsCRM = true
            _ = try await rig.desk.start(options, of: rig.account, by: "Ana")

            try await rig.working { try await rig.until { try await rig.newest().state == .done } }

            #expect(try await rig.newest().counts.told == 1)
        }
    }

    @Test func `while the CRM is away its page says why, and it goes on by itself`() async throws {
        try await BackfillRig.with(.hubspot) { rig in
            try await rig.crowd(3)
            _ = try await rig.desk.start(BackfillOptions(), of: rig.account, by: "Ana")
            try await rig.control(
                "PUT", "faults",
                #"{"faults":[{"target":"hubspot","kind":"status","status":503,"path":"/search","count":1}]}"#)

            try await rig.working {
                try await rig.until { try await rig.newest().trouble != nil }
                try await rig.until { try await rig.newest().state == .done }
            }

            #expect(try await rig.newest().counts.unknown == 3)
            #expect(try await rig.count("contact") == 0)
        }
    }
}

/// A small company and one of the simulators' CRMs.
private struct BackfillRig: Sendable {
    let world: PipelineWorld
    let account: ConnectionAccount
    private let kind: ConnectorKind
    private let url: String
    private let client: OutboundClient
    private let lease = LeaseClock()

    static func with(
        _ kind: ConnectorKind, _ body: @escaping @Sendable (BackfillRig) async throws -> Void
    ) async throws {
        try await PipelineWorld.with { world in
            var configuration = SandboxConfiguration()
            configuration.port = 0
            configuration.searchIndexDelay = .zero
            configuration.enforcesVendorLimits = false
            try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
                let client = OutboundClient(logger: quiet)
                do {
                    try await body(BackfillRig(world, kind, client, at: try await sandbox.baseURL))
                } catch {
                    try await client.shutdown()
                    throw error
                }
                try await client.shutdown()
            }
        }
    }

    private init(_ world: PipelineWorld, _ kind: ConnectorKind, _ client: OutboundClient, at url: String) async throws {
        self.world = world
        self.kind = kind
        self.client = client
        self.url = url
        let (settings, secrets) = Self.account(of: kind, at: url)
        var provision = PipelineWorld.provision
        provision.connections["crm"] = .init(
            kind: kind.rawValue, baseURL: "\(url)/\(kind.rawValue)", settings: settings, secrets: secrets)
        _ = try await world.store.provision(provision)
        account = try #require(try await world.store.connectionAccounts().first)
    }

    /// As the configuration's reader keeps them.
    private static func account(of kind: ConnectorKind, at url: String) -> (settings: String, secrets: String) {
        let sandbox = SandboxConfiguration()
        return switch kind {
        case .hubspot: ("{}", #"{"token":"\#(sandbox.accessToken)"}"#)
        case .salesforce:
            (
                #"{"version":"\#(SalesforceSettings.defaultVersion)","clientID":"\#(sandbox.salesforce.consumerKey)"}"#,
                #"{"secret":"\#(sandbox.salesforce.consumerSecret)"}"#
            )
        case .zoho:
            (
                #"{"dataCenter":"us","accountsURL":"\#(url)/zoho","isAPIFixed":true,"clientID":"\#(sandbox.zohoClientID)"}"#,
                #"{"clientSecret":"\#(sandbox.zohoClientSecret)","refreshToken":"\#(sandbox.accessToken)"}"#
            )
        case .odoo:
            (
                #"{"database":"\#(sandbox.odoo.database)","username":"\#(sandbox.odoo.login)"}"#,
                #"{"token":"\#(sandbox.accessToken)"}"#
            )
        case .own: ("{}", #"{"secret":"\#(sandbox.ownSystemSecret)"}"#)
        }
    }

    var desk: BackfillDesk { BackfillDesk(store: world.store) }

    func newest() async throws -> Backfill { try #require(try await desk.newest(of: account)) }

    func crowd(_ count: Int) async throws {
        try await control("POST", "crm/\(kind.rawValue)/crowd", #"{"count":\#(count)}"#)
    }

    func control(_ method: String, _ path: String, _ body: String) async throws {
        let answer = try await client.send(
            OutboundRequest(
                method: method, url: "\(url)/sandbox/\(path)", headers: [("Content-Type", "application/json")],
                body: Array(body.utf8), deadline: .seconds(30), maxResponseBytes: 1 << 20))
        #expect(answer.isSuccess)
    }

    /// Somebody is here.
    func add(_ name: String, phone: String) async throws -> ContactID {
        let (workspace, store) = (world.workspace, world.store)
        let (contact, handle) = (store.ids.next(ContactRow.self), store.ids.next(HandleRow.self))
        let now = store.now()
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO contact (id, workspace_id, name, created_at, updated_at)
                VALUES (:id, :workspace_id, :name, :now, :now)
                """, ["id": contact, "workspace_id": workspace, "name": name, "now": now])
            try connection.execute(
                """
                INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                VALUES (:id, :workspace_id, :contact, 'phone', '', :phone, :phone, :now, 'webhook')
                """,
                ["id": handle, "workspace_id": workspace, "contact": contact, "phone": phone, "now": now])
        }
        return contact
    }

    /// Works the CRM's lane for the length of `body`, then gives it up and waits until that is done.
    func working(_ body: () async throws -> Void) async throws {
        let now = world.store.now
        let connector = try ConnectorFactory(client: client, language: .spanish, now: now).connector(for: account)
        let context = CourierContext(
            store: world.store, wakeBoard: world.wakeBoard, changes: ChangeFeed(),
            pauses: PauseBoard(store: world.store, logger: quiet), lease: lease, logger: quiet, jitter: { 1 })
        var settings = CRMCourier.Settings()
        settings.policy = RetryPolicy(waits: [.milliseconds(30), .milliseconds(60)])
        settings.region = "MX"
        let courier = CRMCourier(context: context, account: account, connector: connector, settings: settings)
        let grip = try await takeLane(.connection(account.id))
        let task = Task { await courier.work(grip) }
        do {
            try await body()
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    private func takeLane(_ lane: Lane) async throws -> LaneGrip {
        var times = LeaseTimes()
        times.lease = .hours(1)
        let asked = ContinuousClock.now
        let node = try await world.store.join(name: "test", token: UUID().uuidString, isAlone: true, times: times)
        lease.renewed(asked: asked, times: times)
        return try #require(try await world.store.rebalance(node, held: []).taken.first { $0.lane == lane })
    }

    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    func count(_ condition: String) async throws -> Int {
        try await world.count("SELECT COUNT(*) AS n FROM \(condition)")
    }
}
