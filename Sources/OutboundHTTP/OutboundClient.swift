import AsyncHTTPClient
import Domain
package import Logging
package import NIOCore
import NIOHTTP1

/// The one way out: every call to Meta, a CRM, a subscriber or a file of theirs.
///
/// HTTP/1.1, pooled, up to 64 connections per host; no redirects, no compression, nothing of cookies or proxies.
/// Shut it down when the process ends: the pool insists on it.
package final class OutboundClient: Sendable {
    private enum Reach: Sendable {
        /// Addresses that the operator wrote into the configuration.
        case anywhere(HTTPClient)
        /// Addresses that a person typed.
        case guarded(PinnedClients)
    }

    let addressGuard: AddressGuard?
    private let reach: Reach
    private let logger: Logger

    /// - Parameter addressGuard: set for addresses that a person typed; nil for those of the configuration file.
    package init(addressGuard: AddressGuard? = nil, logger: Logger) {
        let makeClient = { @Sendable (dnsOverride: [String: String]) in
            HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: .outbound(dnsOverride: dnsOverride))
        }
        self.addressGuard = addressGuard
        self.logger = logger
        self.reach =
            if let addressGuard {
                .guarded(PinnedClients(addressGuard: addressGuard, makeClient: makeClient))
            } else {
                .anywhere(makeClient([:]))
            }
    }

    /// Makes the call and reads the whole answer. An answer of any status is a success here.
    package func send(_ request: OutboundRequest) async throws(TransportFailure) -> OutboundResponse {
        let limit = request.maxResponseBytes
        return try await measured(request) { response, _ in
            OutboundResponse(head: response, body: try await Self.collect(response, limit: limit))
        }
    }

    /// Makes the call for the answer's status and headers alone. Its body is passed over, and cut off where it is longer
    /// than `maxResponseBytes`: then the connection is closed.
    package func head(of request: OutboundRequest) async throws(TransportFailure) -> OutboundResponse {
        let limit = request.maxResponseBytes
        return try await measured(request) { response, _ in
            var received = 0
            for try await chunk in response.body {
                received += chunk.readableBytes
                guard received <= limit else { break }
            }
            return OutboundResponse(head: response)
        }
    }

    /// Reads a long answer piece by piece. The deadline covers all of it, a stall each of them.
    ///
    /// Only an answer with a status of 2xx is streamed. Any other is read as `send` reads it, so that it can be
    /// classified, and neither closure is called.
    /// - Parameters:
    ///   - maxBytes: a longer answer ends the call with `responseTooLarge`, at once when its head already says so.
    ///   - onHead: sees status and headers before the first piece; what it throws ends the call.
    ///   - onChunk: takes the next piece; the connection waits meanwhile. What it throws ends the call.
    /// - Returns: the head; the body is empty unless the status was not 2xx.
    /// - Throws: `TransportFailure`, or the very error that a closure threw.
    package func download(
        _ request: OutboundRequest, maxBytes: Int,
        onHead: @escaping @Sendable (OutboundResponse) async throws -> Void = { _ in },
        onChunk: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws -> OutboundResponse {
        let errorLimit = request.maxResponseBytes
        let result = try await measured(request) { response, mark -> Result<OutboundResponse, any Error> in
            let head = OutboundResponse(head: response)
            guard head.isSuccess else {
                return .success(
                    OutboundResponse(head: response, body: try await Self.collect(response, limit: errorLimit)))
            }
            if let error = await Self.failure(of: { try await onHead(head) }) { return .failure(error) }
            try Self.checkLength(response, limit: maxBytes)
            var received = 0
            for try await chunk in response.body {
                mark.move()
                received += chunk.readableBytes
                guard received <= maxBytes else { throw TransportFailure.responseTooLarge }
                if let error = await Self.failure(of: { try await onChunk(chunk) }) { return .failure(error) }
            }
            return .success(head)
        }
        return try result.get()
    }

    package func shutdown() async throws {
        switch reach {
        case .anywhere(let client): try await client.shutdown()
        case .guarded(let clients): try await clients.shutdown()
        }
    }

    private func measured<Value: Sendable>(
        _ request: OutboundRequest,
        _ read: @escaping @Sendable (HTTPClientResponse, WatchedBody.Mark) async throws -> Value
    ) async throws(TransportFailure) -> Value {
        let started = ContinuousClock.now
        let result = await perform(request, read)
        let took = ContinuousClock.now - started
        let host = WebAddress(request.url, longest: WebAddress.longestCalled)?.host ?? "invalid"
        CallMetrics(destination: request.destination ?? host).record(result.map(\.status), took: took)
        logger.debug(
            "outbound call",
            metadata: [
                "method": "\(request.method)", "url": "\(Redaction.url(request.url))",
                "milliseconds": "\(took.wholeMilliseconds)", "outcome": "\(Self.outcome(result.map(\.status)))",
            ])
        return try result.get().value
    }

    private func perform<Value: Sendable>(
        _ request: OutboundRequest,
        _ read: @escaping @Sendable (HTTPClientResponse, WatchedBody.Mark) async throws -> Value
    ) async -> Result<(status: Int, value: Value), TransportFailure> {
        let mark = WatchedBody.Mark()
        do {
            let result = try await withDeadline(request.deadline, stall: request.stall, since: { mark.movedAt }) {
                try await self.execute(request, mark: mark) { response in
                    mark.move()
                    return (status: Int(response.status.code), value: try await read(response, mark))
                }
            }
            return .success(result)
        } catch {
            return .failure(TransportFailure(cause: error, hasBody: request.hasBody, wasBodyTaken: mark.isTaken))
        }
    }

    private func execute<Value: Sendable>(
        _ request: OutboundRequest, mark: WatchedBody.Mark,
        _ read: @Sendable (HTTPClientResponse) async throws -> Value
    ) async throws -> Value {
        // Our deadline is around all of this; the client's own has to be far away, not absent.
        let timeout = TimeAmount.hours(24)
        switch reach {
        case .anywhere(let client):
            return try await read(
                client.execute(HTTPClientRequest(request, mark: mark), timeout: timeout, logger: Self.silent))
        case .guarded(let clients):
            let (pinned, address) = try await clients.client(for: request.url)
            defer { withExtendedLifetime(pinned) {} }
            do {
                var request = HTTPClientRequest(request, mark: mark)
                request.url = address.url
                let response = try await pinned.client.execute(request, timeout: timeout, logger: Self.silent)
                return try await read(response)
            } catch {
                if !mark.isTaken { clients.forget(address) }
                throw error
            }
        }
    }

    /// The library would log headers at its trace level.
    private static let silent = Logger(label: "puente.outbound") { _ in SwiftLogNoOpLogHandler() }

    private static func collect(_ response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
        try checkLength(response, limit: limit)
        var body: [UInt8] = []
        for try await chunk in response.body {
            guard body.count + chunk.readableBytes <= limit else { throw TransportFailure.responseTooLarge }
            body.append(contentsOf: chunk.readableBytesView)
        }
        return body
    }

    private static func checkLength(_ response: HTTPClientResponse, limit: Int) throws(TransportFailure) {
        let length = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard length <= limit else { throw .responseTooLarge }
    }

    /// Keeps what the caller's closure threw apart from what the connection threw.
    private static func failure(of work: () async throws -> Void) async -> (any Error)? {
        do {
            try await work()
            return nil
        } catch {
            return error
        }
    }

    private static func outcome(_ result: Result<Int, TransportFailure>) -> String {
        switch result {
        case .success(let status): "\(status)"
        case .failure(let failure): "\(failure)"
        }
    }
}
