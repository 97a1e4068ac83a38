import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization

@testable import Sandbox

/// A web server that keeps what is posted to it and answers as it is told.
final class CallbackReceiver: Sendable {
    struct Post: Sendable {
        let method: String
        let path: String
        let query: String
        let headers: HTTPFields
        let body: ByteBuffer

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        var json: JSON { get throws { try JSONParser.parse(body) } }
        var text: String { String(buffer: body) }
        var bytes: Data { Data(body.readableBytesView) }

        /// The changes of a WhatsApp webhook.
        var changes: [JSON] {
            get throws { try json["entry"]?.items?.flatMap { $0["changes"]?.items ?? [] } ?? [] }
        }
    }

    private struct Waiter {
        let isSatisfied: @Sendable ([Post]) -> Bool
        let continuation: CheckedContinuation<[Post], Never>
    }

    private struct State {
        var posts: [Post] = []
        var waiters: [Waiter] = []
        var answers: [Int] = []
    }

    private let state = Mutex(State())
    private let listening = Mutex<CheckedContinuation<Int, Never>?>(nil)

    /// The statuses of the next answers; 200 when they are used up.
    func answer(_ statuses: [Int]) { state.withLock { $0.answers = statuses } }

    var posts: [Post] { state.withLock { $0.posts } }

    /// Waits until what was posted so far satisfies the condition.
    func posts(until isSatisfied: @escaping @Sendable ([Post]) -> Bool) async -> [Post] {
        await withCheckedContinuation { continuation in
            let now: [Post]? = state.withLock { state in
                if isSatisfied(state.posts) { return state.posts }
                state.waiters.append(Waiter(isSatisfied: isSatisfied, continuation: continuation))
                return nil
            }
            if let now { continuation.resume(returning: now) }
        }
    }

    func posts(count: Int) async -> [Post] { await posts { $0.count >= count } }

    /// All changes of WhatsApp webhooks, once there are as many.
    func changes(count: Int) async throws -> [JSON] {
        // A body that cannot be read has no changes; the test then waits for what never comes and fails.
        try await posts { posts in posts.reduce(0) { $0 + ((try? $1.changes.count) ?? 0) } >= count }
            .flatMap { try $0.changes }
    }

    /// The first message of that type in all webhooks, once there is one. Webhooks sent after one another may arrive in
    /// another order.
    func message(type: String) async throws -> JSON? {
        let posts = await posts { posts in Self.messages(in: posts).contains { $0["type"]?.text == type } }
        return Self.messages(in: posts).first { $0["type"]?.text == type }
    }

    private static func messages(in posts: [Post]) -> [JSON] {
        posts.flatMap { post in
            ((try? post.changes) ?? []).flatMap { $0.at("value/messages")?.items ?? [] }
        }
    }

    /// The elements of `statuses[]` in all webhooks, once there are as many.
    func statuses(count: Int) async throws -> [JSON] {
        let posts = await posts { posts in Self.statuses(in: posts).count >= count }
        return Self.statuses(in: posts)
    }

    private static func statuses(in posts: [Post]) -> [JSON] {
        posts.flatMap { post in
            ((try? post.changes) ?? []).flatMap { $0.at("value/statuses")?.items ?? [] }
        }
    }

    private func record(_ post: Post) -> Int {
        let (satisfied, posts, status): ([Waiter], [Post], Int) = state.withLock { state in
            state.posts.append(post)
            let satisfied = state.waiters.filter { $0.isSatisfied(state.posts) }
            state.waiters.removeAll { $0.isSatisfied(state.posts) }
            return (satisfied, state.posts, state.answers.isEmpty ? 200 : state.answers.removeFirst())
        }
        for waiter in satisfied { waiter.continuation.resume(returning: posts) }
        return status
    }

    /// Runs a receiver for the length of `body`, which gets it and its address.
    static func withRunning<Result: Sendable>(
        _ body: @escaping @Sendable (CallbackReceiver, String) async throws -> Result
    ) async throws -> Result {
        let receiver = CallbackReceiver()
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = CallbackResponder<BasicRequestContext> { request, _ in
            let bytes = try await request.body.collect(upTo: 4 << 20)
            let status = receiver.record(
                Post(
                    method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
                    headers: request.headers, body: bytes))
            let challenge = request.uri.queryParameters["hub.challenge"].map(String.init) ?? ""
            return Response(
                status: .init(code: status), body: .init(byteBuffer: ByteBuffer(string: challenge)))
        }
        let application = Application(
            responder: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: TestSandbox.quiet)
        let services = ServiceGroup(
            configuration: .init(services: [application], logger: TestSandbox.quiet))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await services.run()
            }
            // Ended in good order: a server that is cancelled traps over a connection that it has not taken up yet.
            do {
                var results: [Result] = []
                for await port in ports.prefix(1) {
                    results.append(try await body(receiver, "http://127.0.0.1:\(port)"))
                }
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
                guard let result = results.first else { throw SandboxError.notListening }
                return result
            } catch {
                await services.triggerGracefulShutdown()
                throw error
            }
        }
    }
}
