import Domain

/// Gathers everything that is wrong with one body, so that its sender learns it at once. Shared by the readers of the
/// body's parts; used by one request.
final class BodyProblems {
    /// More of them help nobody.
    private static let most = 20

    private(set) var faults: [APIProblem.Fault] = []

    func add(_ pointer: String, en: String, es: String) {
        add(pointer, LocalizedText(en: en, es: es))
    }

    func add(_ pointer: String, _ message: LocalizedText) {
        guard faults.count < Self.most else { return }
        faults.append(APIProblem.Fault(place: .pointer(pointer), message: message))
    }
}
