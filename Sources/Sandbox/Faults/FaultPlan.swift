import Synchronization

/// The faults in force and the switches beside them. One lock; when there are no faults, a call costs one look.
final class FaultPlan: Sendable {
    private struct State {
        var faults: [Fault] = []
        var vendorLimits: [Fault.Target: Bool]
        var random: SeededRandom
    }

    private let defaultLimits: [Fault.Target: Bool]
    private let state: Mutex<State>

    init(vendorLimits: Bool, seed: UInt64) {
        let limits = Dictionary(uniqueKeysWithValues: Fault.Target.limited.map { ($0, vendorLimits) })
        defaultLimits = limits
        state = Mutex(State(vendorLimits: limits, random: SeededRandom(seed: seed)))
    }

    func vendorLimits(of target: Fault.Target) -> Bool {
        state.withLock { $0.vendorLimits[target] ?? false }
    }

    /// Draws for each matching fault whether it strikes this time, and counts it.
    func decide(for target: Fault.Target, method: String = "POST", path: [String] = []) -> FaultDecision {
        state.withLock { state in
            guard !state.faults.isEmpty else { return .none }
            var decision = FaultDecision.none
            let joined = "/" + path.joined(separator: "/")
            for index in state.faults.indices where state.faults[index].kind != .itemError {
                let fault = state.faults[index]
                guard fault.target == target, fault.method ?? method == method,
                    fault.path.map(joined.contains) ?? true, Self.strikes(&state, index)
                else { continue }
                decision.add(fault)
            }
            return decision
        }
    }

    /// Whether this one item of a batch is to fail.
    func failsItem(of target: Fault.Target) -> Bool {
        state.withLock { state in
            guard
                let index = state.faults.firstIndex(where: {
                    $0.kind == .itemError && $0.target == target && $0.remaining != 0
                })
            else { return false }
            return Self.strikes(&state, index)
        }
    }

    /// A number from 0 to `limit`, for delays.
    func random(upTo limit: Int64) -> Int64 {
        limit <= 0 ? 0 : state.withLock { Int64.random(in: 0...limit, using: &$0.random) }
    }

    func replace(faults: [Fault], vendorLimits: [Fault.Target: Bool]) {
        state.withLock { state in
            state.faults = faults
            state.vendorLimits.merge(vendorLimits) { $1 }
        }
    }

    func reset() {
        state.withLock { state in
            state.faults = []
            state.vendorLimits = defaultLimits
        }
    }

    var json: JSON {
        state.withLock { state in
            var limits = JSONObject()
            for target in Fault.Target.limited {
                limits.append(target.rawValue, JSON(state.vendorLimits[target] ?? false))
            }
            return ["vendor_limits": .object(limits), "faults": .array(state.faults.map(\.json))]
        }
    }

    private static func strikes(_ state: inout State, _ index: Int) -> Bool {
        guard state.faults[index].remaining != 0 else { return false }
        let share = state.faults[index].share
        guard share >= 1 || Double.random(in: 0..<1, using: &state.random) < share else { return false }
        state.faults[index].hits += 1
        if let remaining = state.faults[index].remaining { state.faults[index].remaining = remaining - 1 }
        return true
    }
}

extension FaultDecision {
    fileprivate mutating func add(_ fault: Fault) {
        switch fault.kind {
        case .delay where fault.isAfter: delayAfter += fault.milliseconds
        case .delay: delayBefore += fault.milliseconds
        case .duplicate: duplicates = true
        case .reorder: reordersWithin = max(reordersWithin, fault.milliseconds)
        case .dropAnswer: dropsAnswer = true
        case .dropRequest: dropsRequest = true
        case .truncate: truncates = true
        case .status, .graphCode, .tokenDeath: refusal = refusal ?? fault.refusal
        case .itemError: break
        }
    }
}
