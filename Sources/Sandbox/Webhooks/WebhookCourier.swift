import AsyncHTTPClient
import Domain
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// Posts updates to one callback over a few kept-open connections, and again until they are taken:
/// at once, then after growing waits.
final class WebhookCourier: Sendable {
    struct Result: Sendable {
        let status: UInt?
        let failure: String?
    }

    let callback: SandboxCallback
    private let framing: WebhookFraming
    private let queue: WebhookQueue
    private let senders: Int
    private let client: HTTPClient
    private let clock: SandboxClock
    private let timetable: Timetable
    private let retryDelays: [Duration]
    private let logger: Logger
    private let counters = Mutex(WebhookCounters())

    init(callback: SandboxCallback, framing: WebhookFraming, parts: WebhookParts) {
        self.callback = callback
        self.framing = framing
        senders = parts.settings.connections
        queue = WebhookQueue(
            capacity: parts.settings.queueCapacity, senders: parts.settings.connections,
            updatesPerPost: callback.sender == .hubspot ? 100 : parts.settings.updatesPerPost)
        client = parts.client
        clock = parts.clock
        timetable = parts.timetable
        retryDelays = parts.settings.retryDelays
        logger = parts.logger
    }

    /// How many of the updates found room.
    @discardableResult
    func offer(_ updates: [WebhookUpdate]) -> Int {
        let taken = queue.offer(updates)
        if taken < updates.count { counters.withLock { $0.refusedUpdates += updates.count - taken } }
        return taken
    }

    var outstanding: Int { queue.outstanding }

    func limit(updatesPerPost: Int) {
        if callback.sender == .whatsapp { queue.limit(updatesPerPost: updatesPerPost) }
    }

    func run() async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<senders { group.addTask { await self.send() } }
            }
        } onCancel: {
            queue.close()
        }
    }

    func close() { queue.close() }

    func reset() {
        queue.clear()
        counters.withLock { $0 = WebhookCounters() }
    }

    var json: JSON {
        counters.withLock { $0.json(url: callback.url, sender: callback.sender.rawValue, outstanding: outstanding) }
    }

    private func send() async {
        while let shipment = await queue.next() {
            let result = await post(shipment)
            if let status = result.status, framing.isSuccess(status) {
                counters.withLock { $0.countDelivery(of: shipment) }
                queue.settle(shipment)
            } else {
                retry(shipment)
            }
        }
    }

    /// One attempt, outside the queue's order; also what `POST /sandbox/webhooks?wait=1` uses.
    func post(_ shipment: WebhookShipment, spoilsSignature: Bool = false) async -> Result {
        let body = framing.body(of: shipment)
        let signed = spoilsSignature ? ByteBuffer(string: "another body") : body
        var request = HTTPClientRequest(url: callback.url)
        request.method = .POST
        request.headers = HTTPHeaders(
            [("Content-Type", "application/json")]
                + framing.headers(for: signed, of: shipment, url: callback.url, now: clock.now))
        request.body = .bytes(body)
        let start = ContinuousClock.now
        do {
            let response = try await client.execute(request, timeout: framing.patience)
            // Read to the end so that the connection can be used again; what the body says does not matter.
            for try await _ in response.body {}
            count(response.status.code, since: start)
            return Result(status: UInt(response.status.code), failure: nil)
        } catch {
            counters.withLock { counters in
                counters.posts += 1
                counters.unanswered += 1
            }
            logger.debug("webhook not delivered", metadata: ["error": "\(error)"])
            return Result(status: nil, failure: "\(error)")
        }
    }

    /// Meta's verification of a callback; `body` is what came back, at most 4 KB of it.
    func verify(token: String, challenge: String) async -> (status: UInt?, body: String, failure: String?) {
        var parts = URLComponents(string: callback.url)
        let own = parts?.queryItems ?? []
        parts?.queryItems =
            own + [
                URLQueryItem(name: "hub.mode", value: "subscribe"),
                URLQueryItem(name: "hub.challenge", value: challenge),
                URLQueryItem(name: "hub.verify_token", value: token),
            ]
        do {
            let request = HTTPClientRequest(url: parts?.string ?? callback.url)
            let response = try await client.execute(request, timeout: framing.patience)
            let body = try await response.body.collect(upTo: 4096)
            return (UInt(response.status.code), String(buffer: body), nil)
        } catch {
            return (nil, "", "\(error)")
        }
    }

    private func count(_ status: UInt, since start: ContinuousClock.Instant) {
        let taken = ContinuousClock.now - start
        let milliseconds = Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1000
        counters.withLock { counters in
            counters.posts += 1
            counters.statuses[status, default: 0] += 1
            counters.delays.add(milliseconds: milliseconds)
        }
    }

    private func retry(_ shipment: WebhookShipment) {
        var next = shipment
        next.attempt += 1
        let wait = retryDelays[min(shipment.attempt, retryDelays.count - 1)]
        let again = next
        let isPlanned =
            next.attempt < framing.maximumAttempts
            && timetable.schedule(after: wait.wholeMilliseconds) { [queue] in queue.offerAgain(again) }
        if isPlanned {
            counters.withLock { $0.retries += 1 }
        } else {
            counters.withLock { $0.abandonedUpdates += shipment.updates.count }
            queue.settle(shipment)
        }
    }
}

extension WebhookCounters {
    fileprivate mutating func countDelivery(of shipment: WebhookShipment) {
        deliveredPosts += 1
        deliveredUpdates += shipment.updates.count
    }
}
