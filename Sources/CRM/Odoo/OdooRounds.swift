import Domain
import Synchronization

/// Carries out calls of which Odoo takes one record each: those of one contact in their order, several contacts at
/// once. After a failure of the whole account nothing more is tried.
struct OdooRounds: Sendable {
    private let halt = OdooHalt()

    /// One outcome for each key, in their order. Keys that are equal are one contact's.
    func run(
        _ keys: [String], _ work: @escaping @Sendable (Int) async throws(CallFailure) -> String
    ) async -> [ItemOutcome] {
        var outcomes = [ItemOutcome](repeating: .failed(OdooAdvice.notTried), count: keys.count)
        let lines = Dictionary(grouping: keys.indices) { keys[$0] }.values
            .sorted { ($0.first ?? 0) < ($1.first ?? 0) }
        await withTaskGroup(of: [(Int, ItemOutcome)].self) { group in
            var open = lines[...]
            for _ in 0..<OdooPacer.maxCalls {
                if let line = open.popFirst() { group.addTask { await self.run(line, work) } }
            }
            for await results in group {
                for (index, outcome) in results { outcomes[index] = outcome }
                if let line = open.popFirst() { group.addTask { await self.run(line, work) } }
            }
        }
        return outcomes
    }

    private func run(
        _ line: [Int], _ work: @Sendable (Int) async throws(CallFailure) -> String
    ) async -> [(Int, ItemOutcome)] {
        var results: [(Int, ItemOutcome)] = []
        var isBlocked = false
        for index in line {
            if let failure = halt.failure {
                results.append((index, .failed(failure)))
                continue
            }
            guard !isBlocked else {
                results.append((index, .failed(OdooAdvice.notTried)))
                continue
            }
            do throws(CallFailure) {
                results.append((index, .done(remoteID: try await work(index))))
            } catch {
                results.append((index, .failed(error)))
                halt.note(error)
                // What comes after it would stand before it.
                isBlocked = error.kind != .permanent
            }
        }
        return results
    }
}

/// Why a batch goes no further.
final class OdooHalt: Sendable {
    private let first = Mutex<CallFailure?>(nil)

    var failure: CallFailure? { first.withLock { $0 } }

    /// Only what holds for the calls that were not made as well.
    func note(_ failure: CallFailure) {
        switch failure.kind {
        case .throttled, .accountWide, .unreachable: first.withLock { $0 = $0 ?? failure }
        case .transient, .permanent, .unknown: break
        }
    }
}
