import Domain
import Synchronization

/// The access token that all calls of a connection share: fetched when it is needed, renewed before it ends, and once
/// more when the vendor says that it is none any more. However many want a new one at the same moment, one is fetched.
final class AccessKeeper<Access: Equatable & Sendable>: Sendable {
    struct Grant: Sendable {
        let access: Access
        let renewAt: ContinuousClock.Instant
    }

    private typealias Renewal = Task<Result<Access, CallFailure>, Never>

    private struct State {
        var current: Grant?
        var renewal: Renewal?
    }

    private enum Step {
        case known(Access)
        case coming(Renewal)
    }

    private let fetch: @Sendable () async throws(CallFailure) -> Grant
    private let state = Mutex(State())

    init(fetch: @escaping @Sendable () async throws(CallFailure) -> Grant) {
        self.fetch = fetch
    }

    /// The one given last, whether it is still good or not.
    var current: Access? { state.withLock { $0.current?.access } }

    /// - Parameter dead: what the vendor no longer accepts; a newer one is given, fetched if need be.
    func access(
        replacing dead: Access? = nil, now: ContinuousClock.Instant = .now
    ) async throws(CallFailure) -> Access {
        let step: Step = state.withLock { state in
            if let current = state.current, current.access != dead, current.renewAt > now {
                return .known(current.access)
            }
            if let renewal = state.renewal { return .coming(renewal) }
            // Of nobody's task: who asked first may be cancelled while others wait for the same answer.
            let renewal = Renewal { await self.renew() }
            state.renewal = renewal
            return .coming(renewal)
        }
        switch step {
        case .known(let access): return access
        case .coming(let renewal): return try await renewal.value.get()
        }
    }

    private func renew() async -> Result<Access, CallFailure> {
        let result: Result<Grant, CallFailure>
        do throws(CallFailure) {
            result = .success(try await fetch())
        } catch {
            result = .failure(error)
        }
        return state.withLock { state in
            state.renewal = nil
            return result.map { grant in
                state.current = grant
                return grant.access
            }
        }
    }
}
