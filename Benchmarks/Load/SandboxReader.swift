import Domain
import Foundation
import Proving

/// What the far side saw, by the sandbox's own clock, which is the machine's.
struct SandboxReader: Sendable {
    let url: String
    let crm: ConnectorKind

    /// A message in the CRM, or one that WhatsApp took: its text, and when it came in milliseconds since 1970.
    struct Arrival: Sendable {
        let text: String
        let at: Int64
        /// More than once: it was written twice.
        let recordings: Int
    }

    func waitUntilListening() async throws {
        let limit = ContinuousClock.now + .seconds(10)
        while await HTTP.status(of: url + "/sandbox/summary") != 200 {
            guard ContinuousClock.now < limit else {
                throw BenchInstallation.TimedOut(description: "the sandbox did not start")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    // MARK: Counts

    private func summary() async throws -> SandboxSummary { try await HTTP.json(url + "/sandbox/summary") }

    func activities() async throws -> Int { try await summary().count(crm.activities, of: crm.rawValue) }

    func sentMessages() async throws -> Int { try await summary().count("accepted", of: "whatsapp") }

    /// Calls that the CRM refused because there were too many.
    func refusals() async throws -> Int { try await summary().answers(429, of: crm.rawValue) }

    /// - Returns: when the last one was seen, within 20 ms.
    @discardableResult
    func wait(forActivities count: Int, atMost: Duration) async throws -> ContinuousClock.Instant {
        try await wait(atMost: atMost, for: "\(count) activities in the CRM") { try await activities() >= count }
    }

    @discardableResult
    func wait(forSent count: Int, atMost: Duration) async throws -> ContinuousClock.Instant {
        try await wait(atMost: atMost, for: "\(count) messages at WhatsApp") { try await sentMessages() >= count }
    }

    /// The same, and whoever is not there by then is not waited for.
    func watch(forActivities count: Int, atMost: Duration) async throws {
        _ = try await poll(every: .milliseconds(200), atMost: atMost) { try await activities() >= count }
    }

    private func wait(
        atMost: Duration, for what: String, _ isThere: () async throws -> Bool
    ) async throws -> ContinuousClock.Instant {
        if let seen = try await poll(every: .milliseconds(20), atMost: atMost, isThere) { return seen }
        let (there, sent) = (try await activities(), try await sentMessages())
        throw BenchInstallation.TimedOut(
            description: "waited \(atMost) for \(what); there are \(there) activities and \(sent) sent messages")
    }

    private func poll(
        every pause: Duration, atMost: Duration, _ isThere: () async throws -> Bool
    ) async throws -> ContinuousClock.Instant? {
        let limit = ContinuousClock.now + atMost
        while ContinuousClock.now < limit {
            if try await isThere() { return .now }
            try await Task.sleep(for: pause)
        }
        return nil
    }

    // MARK: One by one

    private struct Page<Item: Decodable>: Decodable {
        let data: [Item]
        let next: Int?
    }

    private struct Sent: Decodable {
        struct Content: Decodable { let body: String? }
        let content: Content?
        let accepted_at: Int64
    }

    func recorded() async throws -> [Arrival] {
        let items: [SandboxActivity] = try await pages(of: "/sandbox/crm/\(crm.rawValue)/activities")
        return items.map { Arrival(text: $0.text, at: $0.received_at, recordings: $0.recordings ?? 1) }
    }

    func sent() async throws -> [Arrival] {
        let items: [Sent] = try await pages(of: "/sandbox/messages")
        return items.map { Arrival(text: $0.content?.body ?? "", at: $0.accepted_at, recordings: 1) }
    }

    private func pages<Item: Decodable>(of path: String) async throws -> [Item] {
        var items: [Item] = []
        var after = 0
        while true {
            let page: Page<Item> = try await HTTP.json("\(url)\(path)?limit=10000&after=\(after)")
            items += page.data
            guard let next = page.next else { return items }
            after = next
        }
    }
}
