import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import Synchronization
import Testing

@testable import OutboundHTTP

@Suite struct OutboundClientTests {
    private static let long: Duration = .seconds(20)

    private func post(_ url: String, deadline: Duration = long, limit: Int = 1 << 20) -> OutboundRequest {
        OutboundRequest(
            method: "POST", url: url, headers: [("X-Test", "1")], body: Array("hello".utf8), deadline: deadline,
            maxResponseBytes: limit)
    }

    @Test func `an answer comes back with its status, headers and body`() async throws {
        try await withServer { _, request in
            .answer(status: 418, headers: [("X-Echo", request.headers["x-test"] ?? "")], body: request.text)
        } _: { server, client in
            let response = try await client.send(post(server.url + "/path?a=b"))

            #expect(response.status == 418)
            #expect(response.header("x-echo") == "1")
            #expect(String(decoding: response.body, as: UTF8.self) == "hello")
            #expect(server.requests.map(\.path) == ["/path?a=b"])
            #expect(server.requests.first?.headers["accept-encoding"] == nil)
        }
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        try await withServer { _, _ in
            .answer(status: 302, headers: [("Location", "/other")])
        } _: { server, client in
            let response = try await client.send(post(server.url))
            #expect(response.status == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a refused connection is unreachable, with and without a body`() async throws {
        let url = "http://127.0.0.1:\(try await closedPort())"
        try await withClient { client in
            #expect(await client.failure(post(url))?.name == "unreachable")
            let read = OutboundRequest(method: "GET", url: url, deadline: Self.long)
            #expect(await client.failure(read)?.name == "unreachable")
        }
    }

    @Test(arguments: [ScriptedServer.Action.bytesThenClose("no"), .close, .hang])
    func `a server that does not speak TLS is unreachable`(action: ScriptedServer.Action) async throws {
        try await withServer { _, _ in
            action
        } _: { server, client in
            let url = "https://127.0.0.1:\(server.port)"
            #expect(await client.failure(post(url))?.name == "unreachable")
            let read = OutboundRequest(method: "GET", url: url, deadline: Self.long)
            #expect(await client.failure(read)?.name == "unreachable")
        }
    }

    @Test func `a connection closed after the request was read is unknown`() async throws {
        try await withServer { _, _ in
            .close
        } _: { server, client in
            #expect(await client.failure(post(server.url))?.name == "unknown")
            #expect(server.requests.count == 1)
        }
    }

    @Test func `no answer within the deadline is unknown`() async throws {
        try await withServer { _, _ in
            .hang
        } _: { server, client in
            let failure = await client.failure(post(server.url, deadline: .milliseconds(300)))
            #expect(failure == .unknown("no answer within the deadline"))
        }
    }

    @Test func `the deadline covers the body of the answer`() async throws {
        try await withServer { _, _ in
            .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst part")
        } _: { server, client in
            let failure = await client.failure(post(server.url, deadline: .milliseconds(300)))
            #expect(failure == .unknown("no answer within the deadline"))
        }
    }

    @Test func `a file that keeps moving may take longer than one that does not`() async throws {
        try await withServer { number, _ in
            number == 0 ? .drip(20, every: .milliseconds(200)) : .bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
        } _: { server, client in
            let request = OutboundRequest(method: "GET", url: server.url, deadline: .hours(1), stall: .seconds(3))
            let size = Mutex(0)
            _ = try await client.download(request, maxBytes: 100) { piece in
                size.withLock { $0 += piece.readableBytes }
            }
            #expect(size.withLock { $0 } == 20)

            await #expect(throws: TransportFailure.unknown("no answer within the deadline")) {
                _ = try await client.download(request, maxBytes: 100) { _ in }
            }
        }
    }

    @Test func `each piece of a file that the connection takes is a move`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "puente-file-\(UUID().uuidString)").path()
        try Data(count: 600 << 10).write(to: URL(fileURLWithPath: path))
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: path) }
        let mark = WatchedBody.Mark()
        let file = OutboundFile(head: [1], path: path, byteCount: 600 << 10, tail: [2])
        var iterator = FileBody(file: file, mark: mark).makeAsyncIterator()
        var pieces = 0
        var before = mark.movedAt
        while try await iterator.next() != nil {
            #expect(mark.movedAt > before)
            before = mark.movedAt
            pieces += 1
        }
        #expect(pieces == 5)
    }

    @Test func `work ends when nothing moves, or at its end`() async throws {
        let start = ContinuousClock.now
        let endless: @Sendable () async throws -> Int = {
            try await Task.sleep(for: .hours(1))
            return 1
        }
        await #expect(throws: DeadlineReached.self) {
            _ = try await withDeadline(.hours(1), stall: .milliseconds(50), since: { start }, endless)
        }
        await #expect(throws: DeadlineReached.self) {
            _ = try await withDeadline(.milliseconds(50), stall: .hours(1), since: { .now }, endless)
        }
        let value = try await withDeadline(.hours(1), stall: .milliseconds(50), since: { .now }) {
            try await Task.sleep(for: .milliseconds(300))
            return 2
        }
        #expect(value == 2)
    }

    @Test func `an answer cut short is unknown`() async throws {
        try await withServer { _, _ in
            .bytesThenClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":")
        } _: { server, client in
            #expect(await client.failure(post(server.url))?.name == "unknown")
        }
    }

    @Test func `an answer that announces more than the limit is refused`() async throws {
        try await withServer { _, _ in
            .answer(status: 200, body: "0123456789")
        } _: { server, client in
            #expect(await client.failure(post(server.url, limit: 9)) == .responseTooLarge)
            let response = try await client.send(post(server.url, limit: 10))
            #expect(response.body.count == 10)
        }
    }

    @Test func `an answer that is longer than the limit without saying so is refused`() async throws {
        try await withServer { _, _ in
            .bytesThenClose(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n8\r\n01234567\r\n0\r\n\r\n")
        } _: { server, client in
            #expect(await client.failure(post(server.url, limit: 12)) == .responseTooLarge)
        }
    }

    @Test func `who wants the head alone gets it of an answer of any length`() async throws {
        try await withServer { _, _ in
            .answer(status: 503, headers: [("Retry-After", "7")], body: "0123456789")
        } _: { server, client in
            for limit in [9, 10] {
                let response = try await client.head(of: post(server.url, limit: limit))
                #expect(response.status == 503)
                #expect(response.retryAfter == .seconds(7))
                #expect(response.body.isEmpty)
            }
        }
    }

    @Test func `a cancelled call whose request was read is unknown`() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        try await withServer { _, _ in
            arrived.continuation.finish()
            return .hang
        } _: { server, client in
            let request = post(server.url)
            let call = Task { await client.failure(request) }
            for await _ in arrived.stream {}
            call.cancel()
            #expect(await call.value == .unknown("cancelled"))
        }
    }

    @Test func `something that is no address never leaves`() async throws {
        try await withClient { client in
            #expect(await client.failure(post("not an address"))?.name == "notSent")
            #expect(await client.failure(post("ftp://127.0.0.1/"))?.name == "notSent")
            var request = post("http://127.0.0.1:1")
            request.headers = [("X-Injected", "a\r\nHost: other")]
            #expect(await client.failure(request)?.name == "notSent")
        }
    }

    @Test func `a pooled connection that the server closed is never reported as unreachable`() async throws {
        try await withServer { _, _ in
            .answerThenCloseQuietly(body: "ok")
        } _: { server, client in
            for _ in 0..<50 {
                let failure = await client.failure(post(server.url))
                #expect(failure == nil || failure?.name == "unknown" || failure?.name == "notSent")
            }
            #expect(server.requests.count >= 25)
        }
    }

    @Test func `connections are used again`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, client in
            for _ in 0..<10 { _ = try await client.send(post(server.url)) }
            #expect(server.connections == 1)
        }
    }

    @Test func `a body of several megabytes arrives whole`() async throws {
        let body = [UInt8](repeating: 7, count: 9_000_000)
        try await withServer { _, request in
            .answer(status: 200, body: "\(request.body.count)")
        } _: { server, client in
            let request = OutboundRequest(method: "PUT", url: server.url, body: body, deadline: Self.long)
            let response = try await client.send(request)
            #expect(String(decoding: response.body, as: UTF8.self) == "9000000")
        }
    }
}

@Suite struct TransportFailureCauseTests {
    private func name(_ error: any Error, hasBody: Bool = true, wasBodyTaken: Bool = false) -> String {
        TransportFailure(cause: error, hasBody: hasBody, wasBodyTaken: wasBodyTaken).name
    }

    @Test func `once the body was taken every error leaves the outcome unknown`() {
        let errors: [any Error] = [
            HTTPClientError.connectTimeout, HTTPClientError.remoteConnectionClosed, CancellationError(),
            IOError(errnoCode: ECONNREFUSED, reason: "x"), DeadlineReached(),
        ]
        for error in errors { #expect(name(error, wasBodyTaken: true) == "unknown") }
    }

    @Test func `before that, only what fails in connecting says that the destination is away`() {
        for hasBody in [true, false] {
            #expect(name(HTTPClientError.connectTimeout, hasBody: hasBody) == "unreachable")
            #expect(name(IOError(errnoCode: ENETUNREACH, reason: "x"), hasBody: hasBody) == "unreachable")
            #expect(name(HTTPClientError.getConnectionFromPoolTimeout, hasBody: hasBody) == "notSent")
            #expect(name(HTTPClientError.alreadyShutdown, hasBody: hasBody) == "notSent")
        }
    }

    @Test func `a request without a body leaves unwatched, so a lost connection is unknown`() {
        for error in [HTTPClientError.remoteConnectionClosed, .cancelled] {
            #expect(name(error) == "notSent")
            #expect(name(error, hasBody: false) == "unknown")
        }
        #expect(name(IOError(errnoCode: ECONNRESET, reason: "x"), hasBody: false) == "unknown")
    }
}

@Suite struct DownloadTests {
    private struct DiskFull: Error {}

    private func get(_ url: String) -> OutboundRequest {
        OutboundRequest(method: "GET", url: url, deadline: .seconds(20))
    }

    @Test func `a download hands over the head and every piece`() async throws {
        let content = String(repeating: "x", count: 300_000)
        try await withServer { _, _ in
            .answer(status: 200, headers: [("Content-Type", "image/png")], body: content)
        } _: {
            server, client in
            let received = Mutex((type: "", bytes: 0))
            let response = try await client.download(get(server.url), maxBytes: 300_000) { head in
                received.withLock { $0.type = head.header("content-type") ?? "" }
            } onChunk: { chunk in
                received.withLock { $0.bytes += chunk.readableBytes }
            }

            #expect(response.status == 200)
            #expect(response.body.isEmpty)
            #expect(received.withLock { $0.type } == "image/png")
            #expect(received.withLock { $0.bytes } == 300_000)
        }
    }

    @Test func `an error answer is read instead of streamed`() async throws {
        try await withServer { _, _ in
            .answer(status: 404, body: "gone")
        } _: { server, client in
            let response = try await client.download(get(server.url), maxBytes: 10) { _ in
                Issue.record("an error page is not the file")
            }
            #expect(response.status == 404)
            #expect(String(decoding: response.body, as: UTF8.self) == "gone")
        }
    }

    @Test func `a download over the limit is refused before its first piece`() async throws {
        try await withServer { _, _ in
            .answer(status: 200, body: "0123456789")
        } _: { server, client in
            await #expect(throws: TransportFailure.responseTooLarge) {
                try await client.download(get(server.url), maxBytes: 9) { _ in Issue.record("too long already") }
            }
        }
    }

    @Test func `what the receiver of the pieces throws comes back as it is`() async throws {
        try await withServer { _, _ in
            .answer(status: 200, body: "0123456789")
        } _: { server, client in
            await #expect(throws: DiskFull.self) {
                try await client.download(get(server.url), maxBytes: 99) { _ in throw DiskFull() }
            }
        }
    }
}
