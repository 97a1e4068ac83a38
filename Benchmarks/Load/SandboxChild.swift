import ArgumentParser
import Domain
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

/// The far side of the lines: the sandbox without vendors' limits, with two business numbers, since 5,000 messages a
/// minute are more than Meta lets one number send.
struct SandboxChild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sandbox", shouldDisplay: false)

    static let numbers = [
        SandboxNumber(),
        SandboxNumber(id: "106540352242923", display: "+15550783882", verifiedName: "Ejemplo S.A."),
    ]

    @Option var port: Int
    @Option var callback: [String] = []

    func run() async throws {
        var configuration = SandboxConfiguration()
        configuration.port = port
        configuration.enforcesVendorLimits = false
        configuration.numbers = Self.numbers
        configuration.callbacks = callback.compactMap { SandboxCallback($0) }
        var logger = Logger(label: "puente.sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let group = ServiceGroup(
            services: [SandboxServer(configuration: configuration, logger: logger)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await group.run()
    }
}
