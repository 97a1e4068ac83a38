import Logging
import OutboundHTTP
import ServiceLifecycle

/// Keeps the clients for calls to others open until everything that makes calls has ended.
struct OutboundConnections: Service {
    let clients: [OutboundClient]
    let logger: Logger

    func run() async throws {
        // Throws only when the group ends by failure; the connections are closed then as well.
        try? await gracefulShutdown()
        await close()
    }

    func close() async {
        for client in clients {
            do {
                try await client.shutdown()
            } catch {
                logger.warning("connections to others could not be closed", metadata: ["error": "\(error)"])
            }
        }
    }
}
