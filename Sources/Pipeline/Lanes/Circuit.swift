import Domain
import OutboundHTTP

/// Whether a destination is there. When no connection can be made the circuit opens: the lane waits, a connection
/// (without any request) is tried every second, then exactly one due job goes as the trial. Nobody's attempts are spent.
struct Circuit: Sendable {
    enum State: Equatable, Sendable { case closed, open, trial }

    private(set) var state = State.closed {
        didSet { gauge.show(isOpen: state != .closed) }
    }
    private let url: String
    private let gauge: CircuitGauge

    /// - Parameter url: any URL of the destination.
    init(url: String) {
        self.url = url
        gauge = CircuitGauge(url: url)
    }

    /// How many jobs may be claimed, of those asked for.
    /// - Parameter isIdle: no call is under way: the trial goes alone.
    func allowance(_ wanted: Int, isIdle: Bool = true) -> Int {
        switch state {
        case .closed: wanted
        case .open: 0
        case .trial: isIdle ? min(1, wanted) : 0
        }
    }

    /// While open: one try to connect. Waits a second when the destination is still away.
    mutating func probe() async {
        guard state == .open else { return }
        if await ReachabilityProbe.failure(connectingTo: url) == nil {
            state = .trial
        } else {
            await pause(for: .seconds(1))
        }
    }

    /// - Parameter failures: of the calls of one round; nil for each that reached the destination.
    mutating func note(_ failures: [CallFailure?]) {
        if failures.contains(where: { $0?.kind == .unreachable }) {
            state = .open
        } else if !failures.isEmpty {
            state = .closed
        }
    }
}
