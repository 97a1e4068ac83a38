import NIOCore

/// Tells a client that speaks plain http to the port of https so, in plain http, and closes the connection. TLS begins with
/// a byte that no HTTP method begins with.
final class PlainRequestRefusal: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let answer: String = {
        let text = "This port speaks https only.\n"
        return "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n\(text)"
    }()

    private var hasRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What follows what was refused is of no interest.
        guard !hasRefused else { return }
        let bytes = unwrapInboundIn(data).readableBytesView
        guard let first = bytes.first else { return }
        if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) { return refuse(context) }
        context.fireChannelRead(data)
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    /// Closes our side only: with bytes unread, a whole close would take the answer back.
    private func refuse(_ context: ChannelHandlerContext) {
        hasRefused = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.answer)), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if hasRefused, case .inputClosed? = event as? ChannelEvent { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
