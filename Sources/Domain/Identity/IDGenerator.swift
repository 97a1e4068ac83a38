import Synchronization

/// Makes ids for this process. Never gives the same id twice, also when the clock steps back.
package final class IDGenerator: Sendable {
    /// 2025-01-01T00:00:00Z, where the 41 bits of milliseconds begin.
    package static let epoch = Timestamp(milliseconds: 1_735_689_600_000)
    /// Ten bits of node number.
    package static let nodes: Range<Int> = 0..<1024

    private struct State {
        var millisecond: Int64
        var sequence: Int64
        var node: Int64
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Timestamp

    package init(node: Int, now: @escaping @Sendable () -> Timestamp) {
        precondition(Self.nodes.contains(node), "a node number has ten bits")
        self.state = Mutex(State(millisecond: 0, sequence: 0, node: Int64(node)))
        self.now = now
    }

    /// No id made at this moment or later is lower.
    package static func lowest(at moment: Timestamp) -> Int64 {
        max(0, (moment - epoch).wholeMilliseconds) << 22
    }

    /// When the id was made, by its node's clock.
    package static func moment(of id: Int64) -> Timestamp { epoch + .milliseconds(id >> 22) }

    /// Takes the node number that the lease gave. Ids made before keep the number they were made with.
    package func adopt(node: Int) {
        precondition(Self.nodes.contains(node), "a node number has ten bits")
        state.withLock { $0.node = Int64(node) }
    }

    /// The node number that ids are made with now.
    package var node: Int { state.withLock { Int($0.node) } }

    package func next<Row>(_: Row.Type = Row.self) -> Identifier<Row> {
        Identifier(rawValue: nextValue())
    }

    /// An id higher than one that another node may have made by a clock that is ahead. From then on all ids of this
    /// process are. A clock that is more than ``farthestAhead`` ahead is wrong, and not followed.
    package func next<Row>(after other: Identifier<Row>) -> Identifier<Row> {
        Identifier(rawValue: nextValue(notBefore: other.rawValue >> 22 + 1))
    }

    /// How far this process follows other nodes' clocks.
    private static let farthestAhead: Int64 = 60_000

    /// - Parameter earliest: in milliseconds since ``epoch``.
    private func nextValue(notBefore earliest: Int64 = 0) -> Int64 {
        let own = max(0, now().milliseconds - Self.epoch.milliseconds)
        let clock = earliest - own <= Self.farthestAhead ? max(own, earliest) : own
        return state.withLock { state in
            if clock > state.millisecond {
                state.millisecond = clock
                state.sequence = 0
            } else {
                state.sequence += 1
                // A full or backward millisecond borrows from the next one.
                if state.sequence == 4096 {
                    state.millisecond += 1
                    state.sequence = 0
                }
            }
            return state.millisecond << 22 | state.node << 12 | state.sequence
        }
    }
}
