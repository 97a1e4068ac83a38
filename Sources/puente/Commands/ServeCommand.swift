import ArgumentParser
import Domain
import Foundation
import Logging
import Pipeline
import Secrets
import ServiceLifecycle
import Store
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs Puente: webhooks in, messages out, the CRM kept up to date, the console.",
        discussion: """
            Reads puente.yaml and the environment, brings the database to this release's schema, and serves until it is \
            told to end (SIGTERM, SIGINT): then it finishes what it has in hand and puts the rest back. While PostgreSQL \
            is away at the start, it says so and asks every second.
            """)

    @OptionGroup var file: ConfigurationOption

    func run() async throws {
        let configuration = try file.load()
        let logger = Self.logger(level: configuration.logLevel)
        let open = try await open(configuration, logger)
        do {
            try await serve(configuration, open, logger)
        } catch {
            await open.close()
            throw error
        }
        await open.close()
    }

    private func open(_ configuration: Configuration, _ logger: Logger) async throws -> OpenStore {
        let waitingRoom = WaitingRoom(plan: try ServerPlan(configuration, isAlone: false), logger: logger)
        do {
            let open = try await StoreOpening(configuration, log: logger).openWhenReachable(as: "serve") { error in
                waitingRoom.wait(because: error)
            }
            await waitingRoom.close()
            return open
        } catch {
            await waitingRoom.close()
            throw error
        }
    }

    private func serve(_ configuration: Configuration, _ open: OpenStore, _ logger: Logger) async throws {
        try ListeningAddress(
            host: configuration.server.host, port: configuration.server.port, hostKey: "server.host",
            portKey: "server.port"
        ).requireFree()
        let server = Server(
            plan: try ServerPlan(configuration, isAlone: open.isAlone), store: open.store, logger: logger
        ) { text in
            // What is on disk can no longer be known: only a new start, which reads it, may go on.
            logger.critical("the disk failed; the process ends", metadata: ["error": "\(text)"])
            Foundation.exit(1)
        }
        _ = try await server.prepare()
        if try await open.engine.database.isHeld() {
            logger.warning("held after a restore: nothing leaves for customers until it is released in the console")
        }
        let services = try server.services(token: SecretToken(prefix: "n").text) { port in
            logger.notice("serving", metadata: ["port": "\(port)", "node": "\(configuration.nodeName)"])
        }
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await group.run()
    }

    private static func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "puente") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
