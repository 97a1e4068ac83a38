import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A connection with TLS below its HTTP. Each is begun with the certificate of its moment.
struct TLSChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let http: HTTP1Channel
    let certificate: LiveCertificate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(PlainRequestRefusal())
            try pipeline.addHandler(NIOSSLServerHandler(context: certificate.current.context))
        }.flatMap { http.setup(channel: channel, logger: logger) }
    }

    func handle(value: Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
