import Foundation
import Synchronization

/// How busy this machine's processors are, between two looks a second apart. Nobody knows where there is no /proc.
final class MachineLoad: Sendable {
    /// Ticks since the machine's start, of all processors together.
    struct Ticks: Equatable, Sendable {
        let busy: Int64
        let all: Int64

        /// - Parameter text: of `/proc/stat`: `cpu  user nice system idle iowait irq softirq steal …`.
        init?(_ text: some StringProtocol) {
            guard let line = text.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
            // What comes behind the eighth is counted among the first two.
            let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Int64($0) }
            guard ticks.count >= 4 else { return nil }
            let idle = ticks[3] + (ticks.count > 4 ? ticks[4] : 0)
            all = ticks.reduce(0, +)
            busy = all - idle
        }

        /// From 0 to 1; nil when no time has gone by.
        func share(since earlier: Ticks) -> Double? {
            guard all > earlier.all else { return nil }
            return min(max(Double(busy - earlier.busy) / Double(all - earlier.all), 0), 1)
        }
    }

    private struct State {
        var ticks: Ticks?
        var lookedAt: ContinuousClock.Instant?
        var share: Double?
    }

    private static let interval: Duration = .seconds(1)

    private let state = Mutex(State())
    private let look: @Sendable () -> Ticks?

    init(look: @escaping @Sendable () -> Ticks? = MachineLoad.system) {
        self.look = look
    }

    /// From 0 to 1, of the last second or more; nil before the second look.
    func share(now: ContinuousClock.Instant = .now) -> Double? {
        state.withLock { state in
            if let last = state.lookedAt, now - last < Self.interval { return state.share }
            let ticks = look()
            state.share = ticks.flatMap { ticks in state.ticks.flatMap { ticks.share(since: $0) } }
            state.ticks = ticks
            state.lookedAt = now
            return state.share
        }
    }

    @Sendable static func system() -> Ticks? {
        // Where there is no /proc the figure is left out.
        (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)).flatMap { Ticks($0) }
    }
}
