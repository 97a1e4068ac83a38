import ArgumentParser
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Runs WhatsApp's Cloud API, four CRMs and a company's own system on loopback.",
        discussion: """
            Everything fits together out of the box: app secret sandbox-secret, verify token sandbox-verify, access and \
            CRM tokens sandbox-token, number 106540352242922, account 102290129340398.

            The Graph API is at /v25.0/…, the CRMs at /hubspot, /salesforce, /zoho, /odoo and /own, the controls at \
            /sandbox/….
            """)

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 9090

    @Option(
        help: """
            Where webhooks go, for example http://127.0.0.1:8080/webhooks/whatsapp; may be given several times. \
            hubspot=URL, odoo=URL and own=URL name the CRMs' callbacks; Zoho's are those of the channels opened there.
            """)
    var callback: [String] = []

    @Option(help: "How many simulated customers write on their own.")
    var customers = 0

    @Flag(help: "Switch off Meta's and the CRMs' limits (rates, pairs, windows of requests), for load tests.")
    var noVendorLimits = false

    @Option(help: "The seed of everything that is drawn by chance.")
    var seed: UInt64 = 20_250_101

    func run() async throws {
        try ListeningAddress(host: "127.0.0.1", port: port, portKey: "--port").requireFree()
        var configuration = SandboxConfiguration()
        configuration.port = port
        configuration.customers = customers
        configuration.enforcesVendorLimits = !noVendorLimits
        configuration.seed = seed
        configuration.callbacks = try callback.map { text in
            guard let callback = SandboxCallback(text) else {
                throw ValidationError("--callback \(text) is not an http or https address.")
            }
            return callback
        }
        let logger = Logger(label: "puente.sandbox")
        let sandbox = SandboxServer(configuration: configuration, logger: logger)
        let group = ServiceGroup(
            services: [sandbox, SandboxAnnouncement(sandbox: sandbox)], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        try await group.run()
    }
}

/// Says where the sandbox listens, once it does.
private struct SandboxAnnouncement: Service {
    let sandbox: SandboxServer

    func run() async throws {
        Terminal.current.print("sandbox: \(try await sandbox.baseURL)")
        // A service runs until it is told to end.
        try? await gracefulShutdown()
    }
}
