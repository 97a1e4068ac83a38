import Domain
import Logging
import ServiceLifecycle
import UnixSignals

/// Looks at the certificate's files every minute, and at once on SIGHUP, so that a renewed one is served without a restart.
struct CertificateWatch: Service {
    let certificate: LiveCertificate
    let logger: Logger
    var interval: Duration = .seconds(60)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await lookAgainAndAgain() }
                group.addTask { await lookWhenTold() }
            }
        }
    }

    private func lookAgainAndAgain() async {
        while !Task.isCancelled {
            // Throws only to say that it was cancelled.
            try? await Task.sleep(for: interval)
            if !Task.isCancelled { look() }
        }
    }

    private func lookWhenTold() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { look() }
    }

    private func look() {
        switch certificate.look() {
        case .unchanged, .refused(_, isNew: false): break
        case .renewed:
            let current = certificate.current
            logger.notice(
                "a new certificate is served",
                metadata: ["serial": "\(current.serial)", "ends": "\(current.ends.text)"])
        case .refused(let problem, isNew: true):
            logger.warning(
                "the certificate's files cannot be used; the old certificate is served on",
                metadata: ["why": "\(problem)"])
        }
    }
}
