import Console
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
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
    /// - Parameter intake: takes Meta's webhooks before the router sees them; nil while there is none.
    func httpServer(intake: WebhookIntake? = nil) throws -> HTTPServerBuilder {
        // The door sees every request of its connection, the library only those that go on to the router: so the door
        // closes idle connections where there is one.
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: intake.map {
                    [WebhookDoorInstaller(intake: $0, idleTimeout: Self.idleTimeout)] as [any RemovableChannelHandler]
                } ?? [],
                idleTimeout: intake == nil ? Self.idleTimeout : nil,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16_384, maxHeaderListSize: 65_536, maxHeaderFieldCount: 200)))
        guard let tls else { return plain }
        let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
        return try .tls(
            plain, tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }
}
