import NIOCore
import NIOPosix
import Synchronization

/// A web server on loopback that does what a script says, byte by byte: also what no proper server would do.
final class ScriptedServer: Sendable {
    struct Request: Sendable {
        let method: String
        let path: String
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum Action: Sendable {
        /// A whole answer; the connection stays open.
        case answer(status: Int, headers: [(String, String)] = [], body: String = "")
        /// These bytes and nothing more; the connection stays open.
        case bytes(String)
        /// These bytes, then the connection is closed.
        case bytesThenClose(String)
        case answerThenCloseQuietly(body: String)
        /// An answer of so many bytes, each some time after the one before.
        case drip(Int, every: TimeAmount)
        case close
        case hang
    }

    fileprivate struct Log {
        var requests: [Request] = []
        var connections = 0
        var bytes = 0
    }

    private let channel: any Channel
    private let log: LogBox

    final class LogBox: Sendable {
        fileprivate let state = Mutex(Log())
        fileprivate let arrivals = AsyncStream<Void>.makeStream()
    }

    /// - Parameter script: the number of the request, from 0, and the request.
    init(script: @escaping @Sendable (Int, Request) -> Action) async throws {
        let log = LogBox()
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                log.state.withLock { $0.connections += 1 }
                log.arrivals.continuation.yield()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(log: log, script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { log.state.withLock { $0.requests } }
    var connections: Int { log.state.withLock { $0.connections } }
    var bytes: Int { log.state.withLock { $0.bytes } }

    /// Returns once a connection was accepted.
    func waitForConnection() async {
        for await _ in log.arrivals.stream { return }
    }

    func close() async throws { try await channel.close() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let log: LogBox
        private let script: @Sendable (Int, Request) -> Action
        private var received: [UInt8] = []

        init(log: LogBox, script: @escaping @Sendable (Int, Request) -> Action) {
            self.log = log
            self.script = script
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            received += Array(buffer.readableBytesView)
            log.state.withLock { $0.bytes += buffer.readableBytes }
            if received.first == 0x16 {
                // The beginning of a TLS handshake, which this server does not speak.
                received = []
                act(script(-1, Request(method: "TLS", path: "", headers: [:], body: [])), context)
            }
            while let request = nextRequest() {
                let number = log.state.withLock { log in
                    log.requests.append(request)
                    return log.requests.count - 1
                }
                act(script(number, request), context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func nextRequest() -> Request? {
            let separator = Array("\r\n\r\n".utf8)
            guard received.count >= 4,
                let end = (0...(received.count - 4)).first(where: { Array(received[$0..<($0 + 4)]) == separator })
            else { return nil }
            let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n")
            let first = lines[0].split(separator: " ")
            let headers = Dictionary(
                lines.dropFirst().map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return (parts[0].lowercased(), parts[1].drop { $0 == " " }.description)
                }, uniquingKeysWith: { $1 })
            let length = Int(headers["content-length"] ?? "0") ?? 0
            guard received.count >= end + 4 + length else { return nil }
            let body = Array(received[(end + 4)..<(end + 4 + length)])
            received.removeFirst(end + 4 + length)
            return Request(method: String(first[0]), path: String(first[1]), headers: headers, body: body)
        }

        private func act(_ action: Action, _ context: ChannelHandlerContext) {
            switch action {
            case .answer(let status, let headers, let body):
                write(head(status, headers, body), context, promise: nil)
            case .bytes(let text): write(text, context, promise: nil)
            case .bytesThenClose(let text):
                let channel = context.channel
                let written = context.eventLoop.makePromise(of: Void.self)
                written.futureResult.whenComplete { _ in channel.close(promise: nil) }
                write(text, context, promise: written)
            case .answerThenCloseQuietly(let body):
                let channel = context.channel
                let written = context.eventLoop.makePromise(of: Void.self)
                written.futureResult.whenComplete { _ in channel.close(promise: nil) }
                write(head(200, [], body), context, promise: written)
            case .drip(let count, let interval):
                let channel = context.channel
                write("HTTP/1.1 200 X\r\nContent-Length: \(count)\r\n\r\n", context, promise: nil)
                for number in 1...count {
                    context.eventLoop.scheduleTask(in: interval * number) {
                        channel.writeAndFlush(ByteBuffer(string: "x"), promise: nil)
                    }
                }
            case .close: context.close(promise: nil)
            case .hang: break
            }
        }

        private func head(_ status: Int, _ headers: [(String, String)], _ body: String) -> String {
            let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
            return "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n\(body)"
        }

        private func write(_ text: String, _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: promise)
        }
    }
}

/// A loopback port on which nobody listens.
func closedPort() async throws -> Int {
    let server = try await ScriptedServer { _, _ in .close }
    let port = server.port
    try await server.close()
    return port
}
