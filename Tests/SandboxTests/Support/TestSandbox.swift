import Logging

@testable import Sandbox

/// A sandbox on a free port whose statuses come at once, and a receiver of its WhatsApp webhooks.
enum TestSandbox {
    static var configuration: SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.enforcesVendorLimits = false
        configuration.statuses.sent = .zero ... .zero
        configuration.statuses.delivered = .milliseconds(1) ... .milliseconds(1)
        configuration.statuses.read = .milliseconds(1) ... .milliseconds(1)
        configuration.statuses.readShare = 1
        configuration.templates.reviewTakes = .zero
        configuration.searchIndexDelay = .zero
        configuration.webhooks.retryDelays = [.zero, .milliseconds(5)]
        return configuration
    }

    static func run(
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestAPI) async throws -> Void
    ) async throws {
        var configuration = configuration
        change(&configuration)
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            try await body(TestAPI(base: sandbox.baseURL))
        }
    }

    /// With a receiver at `/webhooks/whatsapp`.
    static func runWithReceiver(
        _ change: @escaping @Sendable (inout SandboxConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestAPI, CallbackReceiver, String) async throws -> Void
    ) async throws {
        try await CallbackReceiver.withRunning { receiver, address in
            try await run {
                $0.callbacks = [SandboxCallback(sender: .whatsapp, url: address + "/webhooks/whatsapp")]
                change(&$0)
            } _: { api in
                try await body(api, receiver, address)
            }
        }
    }

    static var quiet: Logger {
        var logger = Logger(label: "sandbox-test")
        logger.logLevel = .critical
        return logger
    }
}
