import Domain
import Foundation
import Proving

/// Contacts that both sides have, before a load begins.
extension BenchInstallation {
    /// The CRM's search sees what is new after two seconds.
    private static let searchLag: Duration = .seconds(3)

    /// How far a back-fill is, as the API tells it.
    struct Backfill: Decodable {
        struct Counts: Decodable { let made: Int }

        let state: String
        let counts: Counts
        let waiting_because: String?

        var isDone: Bool { state == "done" }
    }

    /// Makes the customers contacts of both sides by a back-fill, then lets every customer write once, and waits until the CRM
    /// has it. An own system cannot be read: there the first message makes the contact.
    func linkContacts(_ customers: CustomerMessages) async throws {
        if crm.isReadable { try await bringContacts(customers.customers) }
        var first = customers
        first.run = "link"
        var plan = LoadPlan(.steady(perSecond: 1000))
        plan.connections = 32
        _ = await send(first.requests(0..<first.customers, at: Int64(Date.now.timeIntervalSince1970)), plan)
        try await sandbox.wait(forActivities: first.customers, atMost: .seconds(180))
    }

    /// The server is started anew afterwards: its peak memory is then the load's, not the back-fill's.
    private func bringContacts(_ count: Int) async throws {
        try await makeCrowd(count)
        try await startBackfill()
        try await wait(atMost: .seconds(180), forBackfill: \.isDone)
        try await settle()
        try await restart(killing: false)
    }

    /// People who are in the CRM alone.
    func makeCrowd(_ count: Int) async throws {
        try await sandbox.makeCrowd(count)
        try await Task.sleep(for: Self.searchLag)
    }

    // MARK: Back-fills

    private var backfillURL: String { "\(url)/api/v1/connections/\(crm.rawValue)/backfill" }

    func startBackfill() async throws {
        try await HTTP.send(.post, backfillURL, #"{"make_contacts": true}"#, bearer: BenchConfiguration.apiKey)
    }

    /// - Returns: how it stood when the condition was met.
    @discardableResult
    func wait(atMost: Duration, forBackfill isMet: (Backfill) -> Bool) async throws -> Backfill {
        let limit = ContinuousClock.now + atMost
        while true {
            let now: Backfill = try await HTTP.json(backfillURL, bearer: BenchConfiguration.apiKey)
            if isMet(now) { return now }
            guard ContinuousClock.now < limit else {
                throw TimedOut(
                    description: "the back-fill is \(now.state) after \(atMost), with \(now.counts.made) contacts; "
                        + (now.waiting_because ?? "nothing holds it up"))
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    // MARK: Rest

    /// Waits until nothing is to be done any more and everybody was compared; what is left after a while stays, and is told.
    func settle(atMost: Duration = .seconds(90)) async throws {
        let limit = ContinuousClock.now + atMost
        var open = try await books.open()
        while open > 0, ContinuousClock.now < limit {
            try await Task.sleep(for: .milliseconds(500))
            open = try await books.open()
        }
        guard open > 0 else { return }
        FileHandle.standardError.write(Data("  the load begins although \(open) things are still to be done\n".utf8))
    }
}
