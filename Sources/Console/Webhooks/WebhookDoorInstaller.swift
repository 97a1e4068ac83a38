package import NIOCore
import NIOHTTP1
package import Pipeline

/// Puts a ``WebhookDoor`` into a new connection: behind what takes HTTP apart, before what turns it into tasks.
package final class WebhookDoorInstaller: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny

    private let intake: WebhookIntake
    private let idleTimeout: TimeAmount

    /// - Parameter idleTimeout: after so long without a request a connection is closed.
    package init(intake: WebhookIntake, idleTimeout: TimeAmount) {
        self.intake = intake
        self.idleTimeout = idleTimeout
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(WebhookDoor(intake: intake, idleTimeout: idleTimeout), position: .after(decoder))
        } catch {
            // Without the door every request takes the router's way.
            context.fireErrorCaught(error)
        }
    }
}
