import Domain
import Synchronization

/// Lets few calls at once go to Odoo, whose workers are few, and counts them: Odoo states no limit, Odoo Online answers
/// 429 when there are too many.
final class OdooPacer: Sendable {
    /// Odoo's own advice is two to four.
    static let maxCalls = 3
    private static let window: Duration = .seconds(10)
    /// How long a limit that was met is believed.
    private static let memory: Duration = .seconds(300)

    private struct State {
        var running = 0
        var waiting: [(id: Int, turn: CheckedContinuation<Bool, Never>)] = []
        var lastID = 0
        var next: ContinuousClock.Instant?
        var calls: [ContinuousClock.Instant] = []
        var met: (limit: Int, at: ContinuousClock.Instant)?
    }

    private let spacing: Duration?
    private let stated: Int?
    private let state = Mutex(State())

    /// - Parameter callsPerSecond: nil: no limit is known.
    init(callsPerSecond: Int?) {
        spacing = callsPerSecond.map { Duration.seconds(1) / $0 }
        stated = callsPerSecond.map { $0 * 10 }
    }

    // MARK: - Turns

    /// Waits for a place. Each that was given one must ``leave()``.
    func enter() async throws(CallFailure) {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.running < Self.maxCalls {
                        state.running += 1
                        return true
                    }
                    state.waiting.append((id, turn))
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            let turn = state.withLock { state in
                let index = state.waiting.firstIndex { $0.id == id }
                return index.map { state.waiting.remove(at: $0).turn }
            }
            turn?.resume(returning: false)
        }
        guard isIn else { throw Self.cancelled }
        do {
            try await ContinuousClock().sleep(until: takeTurn(now: .now))
        } catch {
            leave()
            throw Self.cancelled
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst().turn  // the place goes from hand to hand
        }
        next?.resume(returning: true)
    }

    private func takeTurn(now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        state.withLock { state in
            let turn = max(now, state.next ?? now)
            if let spacing { state.next = turn + spacing }
            state.calls.removeAll { $0 < now - Self.window }
            state.calls.append(turn)
            return turn
        }
    }

    private static let cancelled = CallFailure(
        kind: .transient, code: "not-sent", scope: .connection, vendorText: "cancelled",
        advice: LocalizedText(
            en: "The request did not leave for Odoo. It is tried again by itself.",
            es: "La petición no llegó a salir hacia Odoo. Se reintenta automáticamente."))

    // MARK: - Headroom

    /// Odoo asked us to slow down: what we did in the last ten seconds was too much.
    func noteRefusal(now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            let count = state.calls.count { $0 >= now - Self.window }
            state.met = (max(1, count - 1), now)
        }
    }

    /// Nil while no limit is known.
    func headroom(now: ContinuousClock.Instant = .now) -> RateHeadroom? {
        state.withLock { state in
            let met = state.met.flatMap { now - $0.at < Self.memory ? $0.limit : nil }
            guard let limit = [stated, met].compactMap(\.self).min() else { return nil }
            let count = state.calls.count { $0 >= now - Self.window }
            return RateHeadroom(
                limit: limit, remaining: max(0, limit - count), interval: Self.window, dailyLimit: nil,
                dailyRemaining: nil, readAt: now)
        }
    }
}
