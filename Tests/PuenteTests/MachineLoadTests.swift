import Synchronization
import Testing

@testable import puente

@Suite struct MachineLoadTests {
    private let start = ContinuousClock.now

    private func ticks(_ user: Int, _ idle: Int) -> MachineLoad.Ticks? {
        MachineLoad.Ticks("cpu  \(user) 0 0 \(idle) 0 0 0 0 0 0\ncpu0 1 2 3 4\n")
    }

    @Test func `what is neither idle nor waiting for a disk is busy`() throws {
        let first = try #require(MachineLoad.Ticks("cpu  10 0 10 70 10 0 0 0 5 0\n"))
        let second = try #require(MachineLoad.Ticks("cpu  20 0 20 140 20 0 0 0 9 0\n"))
        #expect(first.busy == 20 && first.all == 100)
        #expect(second.share(since: first) == 0.2)
        #expect(first.share(since: first) == nil)
        #expect(MachineLoad.Ticks("intr 1 2 3") == nil)
    }

    @Test func `it is looked at once a second`() {
        let looks = Looks([ticks(0, 0), ticks(80, 20), ticks(90, 110)])
        let load = MachineLoad { looks.next() }

        #expect(load.share(now: start) == nil)
        #expect(load.share(now: start + .milliseconds(900)) == nil)
        #expect(load.share(now: start + .seconds(1)) == 0.8)
        #expect(load.share(now: start + .milliseconds(1900)) == 0.8)
        #expect(load.share(now: start + .seconds(2)) == 0.1)
    }
}

/// What a test lets a machine say, one after the other.
private final class Looks: Sendable {
    private let rest: Mutex<[MachineLoad.Ticks?]>

    init(_ looks: [MachineLoad.Ticks?]) {
        rest = Mutex(looks)
    }

    func next() -> MachineLoad.Ticks? { rest.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
