import Console
import Hummingbird
import HummingbirdCore
import NIOCore
import Pipeline

extension ServerPlan {
    /// A connection on which nothing is asked is closed; longer than proxies keep theirs.
    private static let idleTimeout = TimeAmount.seconds(90)

    var address: ApplicationConfiguration {
        var configuration = ApplicationConfiguration(
            address: .hostname(host, port: port), serverName: nil, backlog: 1024)
        configuration.reuseAddress = true
        return configuration
    }

    /// TLS where the configuration names a certificate; else plain, behind a proxy that does it.
    /// - Parameters:
    ///   - intake: takes Meta's webhooks before the router sees them; nil while there is none.
    ///   - arriving: counts what arrives of them, by this way and by the router's.
    func httpServer(
        intake: WebhookIntake? = nil, arriving: ArrivingBodies = ArrivingBodies(IntakeLimits())
    ) -> HTTPServerBuilder {
        // The door sees every request of its connection, the library only those that go on to the router: so the door
        // closes idle connections where there is one.
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: intake.map {
                [WebhookDoorInstaller(intake: $0, arriving: arriving, idleTimeout: Self.idleTimeout)]
                    as [any RemovableChannelHandler]
            } ?? [],
            idleTimeout: intake == nil ? Self.idleTimeout : nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16_384, maxHeaderListSize: 65_536, maxHeaderFieldCount: 200))
        guard let certificate else { return .http1(configuration: configuration) }
        return HTTPServerBuilder { responder in
            TLSChannel(
                http: HTTP1Channel(responder: responder, configuration: configuration), certificate: certificate)
        }
    }
}
