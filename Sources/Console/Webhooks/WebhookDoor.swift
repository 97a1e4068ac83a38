import NIOCore
import NIOHTTP1
import Pipeline

/// The short way in for Meta's webhooks. On the connection's own event loop it takes whole POSTs to
/// `/webhooks/whatsapp[/{app}]`, has them appended, and answers when their commit is on the disk, without a task for
/// each request. Whatever is out of the ordinary (no length, long, another method, a request behind one that the router
/// is still answering) goes on to the router, where `WhatsAppWebhookRoutes` does the same at leisure.
final class WebhookDoor: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// Requests go on to the router.
        case passing
        case reading(DoorRequest)
        /// Until the commit; what comes meanwhile on this connection is kept back.
        case answering(room: Int?)
        /// It was told to come back before it was whole; the rest of it is of no interest.
        case closing
    }

    private let intake: WebhookIntake
    private let arriving: ArrivingBodies
    private var state = State.passing
    /// Requests that the router has not answered yet.
    private var routed = 0
    private var kept: [HTTPServerRequestPart] = []
    private var wantsRead = false
    private var isQuiescing = false
    private var timeout: Scheduled<Void>?
    private let idleTimeout: TimeAmount
    private var lastActivity = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    init(intake: WebhookIntake, arriving: ArrivingBodies, idleTimeout: TimeAmount) {
        self.intake = intake
        self.arriving = arriving
        self.idleTimeout = idleTimeout
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        lastActivity = .now()
        if case .answering = state { return kept.append(part) }
        take(part, context)
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (state, part) {
        case (.passing, .head(let head)):
            if routed == 0, let request = DoorRequest(head, intake: intake) {
                state = .reading(request)
            } else {
                routed += 1
                context.fireChannelRead(wrapInboundOut(part))
            }
        case (.reading(var request), .body(let buffer)):
            state = .passing  // so that the request is held once and grows in place
            request.body.append(contentsOf: buffer.readableBytesView)
            state = .reading(request)
        case (.reading(let request), .end):
            finish(request, context)
        case (.closing, _): break
        case (.passing, _), (.reading, .head), (.answering, _):
            context.fireChannelRead(wrapInboundOut(part))
        }
    }

    /// Most webhooks come in one piece; only for the others there is a clock, and a count of what is here of them.
    func channelReadComplete(context: ChannelHandlerContext) {
        if case .reading(let request) = state { waitForRest(of: request, context) }
        context.fireChannelReadComplete()
    }

    private func waitForRest(of request: DoorRequest, _ context: ChannelHandlerContext) {
        var request = request
        guard arriving.take(request.body.count - request.counted) else { return turnAway(request, context) }
        request.counted = request.body.count
        state = .reading(request)
        guard timeout == nil else { return }
        let bound = NIOLoopBound((door: self, context: context), eventLoop: context.eventLoop)
        timeout = context.eventLoop.scheduleTask(in: .seconds(10)) { bound.value.door.giveUp(bound.value.context) }
    }

    /// Too much is arriving at once.
    private func turnAway(_ request: DoorRequest, _ context: ChannelHandlerContext) {
        stopClock()
        arriving.give(request.counted)
        state = .closing
        intake.refused(IntakeRefusal.tooManyBodies.label)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        respond(.comeBack(.tooManyBodies), closes: true, context).whenComplete { _ in bound.value.close(promise: nil) }
    }

    private func giveUp(_ context: ChannelHandlerContext) {
        guard case .reading = state else { return }
        context.close(promise: nil)
    }

    private func stopClock() {
        timeout?.cancel()
        timeout = nil
    }

    /// It is whole: from here on it has a place among those that wait for their commit.
    private func finish(_ request: DoorRequest, _ context: ChannelHandlerContext) {
        stopClock()
        arriving.give(request.counted)
        let room = request.body.count
        do {
            try intake.log.reserve(bytes: room)
        } catch {
            intake.refused(error.label)
            state = .answering(room: nil)
            return answer(.comeBack(error), context)
        }
        state = .answering(room: room)
        let bound = NIOLoopBound((door: self, context: context), eventLoop: context.eventLoop)
        let eventLoop = context.eventLoop
        intake.receive(request.body, signature: request.signature, app: request.app) { answer in
            eventLoop.execute { bound.value.door.answer(answer, bound.value.context) }
        }
    }

    // MARK: Answering

    private func answer(_ answer: WebhookIntake.Answer, _ context: ChannelHandlerContext) {
        guard case .answering(let room) = state else { return }
        state = .passing
        if let room { intake.log.release(bytes: room) }
        _ = respond(answer, closes: false, context)
        goOn(context)
    }

    private func respond(
        _ answer: WebhookIntake.Answer, closes: Bool, _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void> {
        var headers = HTTPHeaders([
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "\(answer.text.utf8.count)"),
        ])
        if answer.status == 503 { headers.add(name: "Retry-After", value: "2") }
        if closes { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !answer.text.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.text)))), promise: nil)
        }
        return context.writeAndFlush(wrapOutboundOut(.end(nil)))
    }

    /// What came while the answer was waited for.
    private func goOn(_ context: ChannelHandlerContext) {
        if isQuiescing {
            kept = []
            context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            return
        }
        let parts = kept
        kept = []
        for (index, part) in parts.enumerated() {
            if case .answering = state {
                kept = Array(parts[index...])
                return
            }
            take(part, context)
        }
        // Whoever is behind the door looks at what was read when it is told that this is all.
        if !parts.isEmpty { channelReadComplete(context: context) }
        if wantsRead {
            wantsRead = false
            context.read()
        }
    }

    // MARK: The connection

    func read(context: ChannelHandlerContext) {
        if case .answering = state {
            wantsRead = true
        } else {
            context.read()
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            routed -= 1
            lastActivity = .now()
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch state {
        case .reading(let request): arriving.give(request.counted)
        case .answering(let room?): intake.log.release(bytes: room)
        case .answering(nil), .passing, .closing: break
        }
        state = .passing
        timeout?.cancel()
        idleCheck?.cancel()
        kept = []
        context.fireChannelInactive()
    }

    func handlerAdded(context: ChannelHandlerContext) { watchIdle(context, in: idleTimeout) }

    func handlerRemoved(context _: ChannelHandlerContext) { idleCheck?.cancel() }

    /// One look at a time, however many requests there are.
    private func watchIdle(_ context: ChannelHandlerContext, in time: TimeAmount) {
        let bound = NIOLoopBound((door: self, context: context), eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(in: time) { bound.value.door.closeIfIdle(bound.value.context) }
    }

    private func closeIfIdle(_ context: ChannelHandlerContext) {
        let idle = NIODeadline.now() - lastActivity
        if case .passing = state, routed == 0, idle >= idleTimeout { return context.close(promise: nil) }
        watchIdle(context, in: idle < idleTimeout ? idleTimeout - idle : idleTimeout)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, case .answering = state {
            isQuiescing = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
