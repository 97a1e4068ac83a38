import Domain
import Store
import Testing

@testable import Pipeline

@Suite struct AwayNewsTests {
    private let start = ContinuousClock.now
    private let unreachable = CallFailure(
        kind: .unreachable, code: "test", scope: .connection, vendorText: "", advice: LocalizedText(en: "-", es: "-"))

    private func openAlarms(_ world: PipelineWorld) async throws -> Int {
        try await world.count("SELECT COUNT(*) AS n FROM alarm WHERE kind = 'destination_away' AND cleared_at IS NULL")
    }

    private func context(_ world: PipelineWorld) -> CourierContext {
        CourierContext(
            store: world.store, wakeBoard: world.wakeBoard, changes: ChangeFeed(),
            pauses: PauseBoard(store: world.store, logger: quiet), lease: LeaseClock(), logger: quiet, jitter: { 1 })
    }

    @Test func `a destination that stays away raises an alarm once, which ends when it is back`() async throws {
        try await PipelineWorld.with { world in
            let node = try await world.store.join(name: "test", token: "test", isAlone: true)
            let lanes = try await world.store.rebalance(node, held: []).taken
            let grip = try #require(lanes.first { $0.lane != .clock })
            var circuit = Circuit(url: "http://127.0.0.1:1", lane: grip.lane)
            var news = AwayNews(of: .crmIsAway("HubSpot"), context: context(world), grip: grip)

            circuit.note([unreachable], now: start)
            await news.tell(circuit, now: start + .seconds(59))
            #expect(try await openAlarms(world) == 0)
            for seconds in [61, 62] { await news.tell(circuit, now: start + .seconds(seconds)) }
            #expect(try await openAlarms(world) == 1)

            circuit.note([nil], now: start + .seconds(63))
            await news.tell(circuit, now: start + .seconds(63))
            #expect(try await openAlarms(world) == 0)
        }
    }
}
