import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A subscriber on loopback that keeps what it is told and answers as a test says.
final class HookReceiver: Sendable {
    struct Post: Sendable {
        let path: String
        let headers: [(String, String)]
        let body: [UInt8]

        func header(_ name: String) -> String? { headers.first { $0.0.lowercased() == name }?.1 }
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        /// Bytes of its body.
        var length = 0
    }

    fileprivate struct State {
        var posts: [Post] = []
        var answers: [Answer] = []
    }

    private let state = Mutex(State())
    private let channel = Mutex<(any Channel)?>(nil)

    /// Runs one for the length of `body`.
    static func with<Value>(_ body: (HookReceiver) async throws -> Value) async throws -> Value {
        let receiver = HookReceiver()
        try await receiver.listen()
        do {
            let value = try await body(receiver)
            try await receiver.close()
            return value
        } catch {
            try await receiver.close()
            throw error
        }
    }

    var url: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)" }
    var posts: [Post] { state.withLock { $0.posts } }

    /// The next answers; 200 when they are used up.
    func answer(_ answers: Answer...) { state.withLock { $0.answers += answers } }

    private func listen() async throws {
        let bound = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(self))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        channel.withLock { $0 = bound }
    }

    func close() async throws {
        let bound = channel.withLock { channel in
            defer { channel = nil }
            return channel
        }
        try await bound?.close()
    }

    fileprivate func take(_ post: Post) -> Answer {
        state.withLock { state in
            state.posts.append(post)
            return state.answers.isEmpty ? Answer() : state.answers.removeFirst()
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let receiver: HookReceiver
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ receiver: HookReceiver) {
            self.receiver = receiver
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
            case .body(let buffer): body += Array(buffer.readableBytesView)
            case .end: answer(context)
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            let headers = head?.headers.map { ($0.name, $0.value) } ?? []
            let answer = receiver.take(Post(path: head?.uri ?? "", headers: headers, body: body))
            let fields = HTTPHeaders(answer.headers + [("content-length", "\(answer.length)")])
            let response = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: fields)
            context.write(wrapOutboundOut(.head(response)), promise: nil)
            if answer.length > 0 {
                let page = ByteBuffer(repeating: UInt8(ascii: "x"), count: answer.length)
                context.write(wrapOutboundOut(.body(.byteBuffer(page))), promise: nil)
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
