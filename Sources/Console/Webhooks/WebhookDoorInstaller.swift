package import NIOCore
import NIOHTTP1
package import Pipeline

/// Puts a ``WebhookDoor`` into a new connection: behind what takes HTTP apart, before what turns it into tasks.
package final class WebhookDoorInstaller: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny

    private let intake: WebhookIntake
    private let arriving: ArrivingBodies
    private let idleTimeout: TimeAmount

    /// - Parameters:
    ///   - arriving: counts what arrives here and by the router's way.
    ///   - idleTimeout: after so long without a request a connection is closed.
    package init(intake: WebhookIntake, arriving: ArrivingBodies, idleTimeout: TimeAmount) {
        self.intake = intake
        self.arriving = arriving
        self.idleTimeout = idleTimeout
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(
                WebhookDoor(intake: intake, arriving: arriving, idleTimeout: idleTimeout), position: .after(decoder))
        } catch {
            // Without the door every request takes the router's way.
            context.fireErrorCaught(error)
        }
    }
}
