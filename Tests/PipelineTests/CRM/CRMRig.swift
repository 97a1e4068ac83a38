import CRM
import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import Pipeline

/// A small company whose customers write, and a CRM that answers what a test says.
struct CRMRig: Sendable {
    let world: PipelineWorld
    let connector: ScriptedConnector
    let account: ConnectionAccount
    private let lease = LeaseClock()

    /// - Parameter customers: how many have written one message each, numbered from 0.
    static func with(
        _ script: ScriptedConnector.Script = .init(), customers: Int = 1,
        _ body: @escaping @Sendable (CRMRig) async throws -> Void
    ) async throws {
        try await PipelineWorld.with { world in
            try await world.connectCRM()
            // Only so that there is something to connect to.
            var configuration = SandboxConfiguration()
            configuration.port = 0
            try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
                let rig = try await CRMRig(
                    world: world, connector: ScriptedConnector(script, probeURL: sandbox.baseURL),
                    account: #require(try await world.store.connectionAccounts().first))
                for number in 0..<customers { try await rig.customer(number) }
                try await body(rig)
            }
        }
    }

    private init(world: PipelineWorld, connector: ScriptedConnector, account: ConnectionAccount) {
        self.world = world
        self.connector = connector
        self.account = account
    }

    /// A customer writes.
    /// - Parameter number: from 0 to 389.
    func customer(_ number: Int, name: String = "Lucía") async throws {
        let phone = "5215512345\(610 + number)"
        let body = PipelineWorld.webhook(["wamid.\(UUID())"], from: phone).replacing("Lucía", with: name)
        try await world.store.append([world.body(body)], node: 1)
        while try await world.interpreter().interpretSome() > 0 {}
    }

    /// Works the CRM's lane for the length of `body`, then gives it up and waits until that is done.
    func working(
        publicURL: String? = nil, recordsPerMinute: Int? = nil, credentialEnds: CivilDate? = nil,
        sweepEvery: Duration = .minutes(5), _ body: () async throws -> Void
    ) async throws {
        var settings = CRMCourier.Settings()
        settings.publicURL = publicURL
        settings.recordsPerMinute = recordsPerMinute
        settings.credentialEnds = credentialEnds
        settings.sweepEvery = sweepEvery
        let courier = courier(settings)
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

    /// The CRM's rounds, which `body` makes one by one.
    func inRounds(recordsPerMinute: Int?, _ body: (inout CRMRound) async throws -> Void) async throws {
        var settings = CRMCourier.Settings()
        settings.recordsPerMinute = recordsPerMinute
        let grip = try await takeLane(.connection(account.id))
        var round = CRMRound(courier: courier(settings), grip: grip, preparation: CRMPreparation())
        do {
            try await body(&round)
        } catch {
            await round.finish()
            throw error
        }
        await round.finish()
    }

    private func courier(_ settings: CRMCourier.Settings) -> CRMCourier {
        let context = CourierContext(
            store: world.store, wakeBoard: world.wakeBoard, changes: ChangeFeed(),
            pauses: PauseBoard(store: world.store, logger: quiet), lease: lease, logger: quiet, jitter: { 1 })
        var settings = settings
        settings.policy = RetryPolicy(waits: [.milliseconds(30), .milliseconds(60)])
        return CRMCourier(context: context, account: account, connector: connector, settings: settings)
    }

    private func takeLane(_ lane: Lane) async throws -> LaneGrip {
        var times = LeaseTimes()
        times.lease = .hours(1)
        let asked = ContinuousClock.now
        let node = try await world.store.join(name: "test", token: UUID().uuidString, isAlone: true, times: times)
        lease.renewed(asked: asked, times: times)
        return try #require(try await world.store.rebalance(node, held: []).taken.first { $0.lane == lane })
    }

    // MARK: Looking

    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    func untilRecorded(_ count: Int) async throws {
        try await until { try await self.count("activity WHERE state = 'recorded'") == count }
    }

    func count(_ condition: String) async throws -> Int {
        try await world.count("SELECT COUNT(*) AS n FROM \(condition)")
    }
}

extension PipelineWorld {
    fileprivate func connectCRM() async throws {
        var provision = Self.provision
        provision.connections["crm"] = .init(
            kind: "hubspot", baseURL: "http://127.0.0.1:1", settings: "{}", secrets: #"{"token":"t"}"#)
        _ = try await store.provision(provision)
    }
}
