import Domain
import Metrics

/// Shows in `puente_circuit_open` that a lane waits because its destination cannot be reached. Goes back to 0 with its
/// circuit: a lane that another node works says nothing here.
final class CircuitGauge: Sendable {
    private let meter: Meter

    /// - Parameter url: of the destination; the label is its host. Several lanes may lead there, each with a circuit.
    init(url: String, lane: Lane, factory: any MetricsFactory = MetricsSystem.factory) {
        meter = Meter(
            label: "puente_circuit_open", dimensions: [("destination", Self.host(url)), ("lane", "\(lane)")],
            factory: factory)
        meter.set(0)
    }

    deinit {
        meter.set(0)
    }

    func show(isOpen: Bool) {
        meter.set(isOpen ? 1 : 0)
    }

    private static func host(_ url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest.prefix { $0 != "/" && $0 != "?" }.split(separator: "@").last ?? "")
    }
}
