import Metrics

/// Counts calls and their durations by destination and outcome: `puente_outbound_calls`, `puente_outbound_duration_seconds`.
struct CallMetrics: Sendable {
    let destination: String

    func record(_ outcome: Result<Int, TransportFailure>, took duration: Duration) {
        let dimensions = [("destination", destination), ("outcome", Self.label(outcome))]
        Counter(label: "puente_outbound_calls", dimensions: dimensions).increment()
        Timer(label: "puente_outbound_duration", dimensions: dimensions).recordNanoseconds(Self.nanoseconds(duration))
    }

    private static func label(_ outcome: Result<Int, TransportFailure>) -> String {
        switch outcome {
        case .success(let status): "\(status / 100)xx"
        case .failure(.unreachable): "unreachable"
        case .failure(.notSent): "not_sent"
        case .failure(.unknown): "unknown"
        case .failure(.responseTooLarge): "too_large"
        case .failure(.addressRefused): "refused"
        }
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : nanoseconds + attoseconds / 1_000_000_000
    }
}
