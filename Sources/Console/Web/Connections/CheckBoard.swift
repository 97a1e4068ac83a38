import Domain
import Synchronization

/// What live checks found, since this process started. Each connection is checked once at a time.
final class CheckBoard: Sendable {
    struct Finding: Sendable {
        var isRunning: Bool
        var checks: [ConnectionFacts.Check]
        var at: Timestamp?
    }

    private let findings = Mutex<[String: Finding]>([:])

    /// - Returns: false when it is being checked already.
    func begin(_ id: String) -> Bool {
        findings.withLock { findings in
            var finding = findings[id] ?? Finding(isRunning: false, checks: [], at: nil)
            guard !finding.isRunning else { return false }
            finding.isRunning = true
            findings[id] = finding
            return true
        }
    }

    func end(_ id: String, _ checks: [ConnectionFacts.Check], at moment: Timestamp) {
        findings.withLock { $0[id] = Finding(isRunning: false, checks: checks, at: moment) }
    }

    func finding(_ id: String) -> Finding? {
        findings.withLock { $0[id] }
    }
}

extension CheckBoard.Finding {
    /// While it is asked again, what was found last stands there as being asked.
    var shown: [ConnectionFacts.Check] {
        guard isRunning else { return checks }
        let known = checks.isEmpty ? [ConnectionFacts.Check(title: .beingAsked, state: .running)] : checks
        return known.map { ConnectionFacts.Check(title: $0.title, state: .running) }
    }

    var isPassed: Bool { !checks.isEmpty && checks.allSatisfy { $0.state == .passed } }
    var isFailed: Bool { checks.contains { $0.state == .failed } }
}

extension LocalizedText {
    fileprivate static let beingAsked = LocalizedText(en: "Asking", es: "Preguntando")
}
