import Domain
import Synchronization

/// The certificate that the next connection is served with. It is exchanged while others go on: each keeps the one that
/// it began with.
final class LiveCertificate: Sendable {
    /// What a look at the files led to.
    enum Look: Equatable, Sendable {
        /// They hold what is served.
        case unchanged
        case renewed
        /// They cannot be used, so what was served is served on. `isNew`: the last look did not say the same.
        case refused(ConfigurationProblem, isNew: Bool)
    }

    private struct State {
        var current: ServerCertificate
        var refusal: ConfigurationProblem?
    }

    private let files: Configuration.TLSFiles
    private let state: Mutex<State>

    /// - Throws: what is wrong with the files, as a sentence with the configuration key's name.
    init(_ files: Configuration.TLSFiles) throws(ConfigurationProblem) {
        self.files = files
        state = Mutex(State(current: try ServerCertificate(files)))
    }

    var current: ServerCertificate { state.withLock { $0.current } }

    /// Why what lies in the files now is not served; nil when it is.
    var refusal: ConfigurationProblem? { state.withLock { $0.refusal } }

    /// Reads the files, and serves with them from now on if they can be used. A look in the middle of an exchange may find
    /// two that do not fit together: the next one finds those that do.
    func look() -> Look {
        do throws(ConfigurationProblem) {
            return take(try ServerCertificate(files))
        } catch {
            return refuse(error)
        }
    }

    private func take(_ found: ServerCertificate) -> Look {
        state.withLock { state in
            state.refusal = nil
            guard !found.isSame(as: state.current) else { return .unchanged }
            state.current = found
            return .renewed
        }
    }

    private func refuse(_ problem: ConfigurationProblem) -> Look {
        state.withLock { state in
            defer { state.refusal = problem }
            return .refused(problem, isNew: state.refusal != problem)
        }
    }
}
