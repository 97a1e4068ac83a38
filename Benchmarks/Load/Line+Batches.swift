import Domain
import Foundation
import Proving

extension Line {
    /// How long each answer of the far side takes, as over the Internet.
    private static let latency = 100

    /// What batches save where every call takes its time.
    static let batches = Line(
        number: 10, title: "batches of 100 against one by one; the company's own system answers after \(latency) ms",
        market: "65 % faster", target: "65 % less time"
    ) { settings in
        let count = settings.isQuick ? 1000 : 3000
        let alone = try await minutes(for: count, batchSize: 1, settings)
        let together = try await minutes(for: count, batchSize: 100, settings)
        return [
            Figure("one by one", Double(count) / alone, "/min"),
            Figure("in batches", Double(count) / together, "/min"),
            Figure("less time", (1 - together / alone) * 100, "%", .atLeast(65)),
        ]
    }

    /// From the first message until the own system has them all.
    private static func minutes(for count: Int, batchSize: Int, _ settings: BenchSettings) async throws -> Double {
        var connection = BenchConnection(.own)
        connection.batchSize = batchSize
        return try await BenchInstallation.run(settings, connection) { installation in
            let customers = CustomerMessages(run: "batch")
            try await installation.linkContacts(customers)
            try await installation.sandbox.delayAnswers(byMilliseconds: latency)
            let requests = customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970))
            let start = ContinuousClock.now
            _ = await installation.send(requests, LoadPlan(.steady(perSecond: 1000)))
            let end = try await installation.sandbox.wait(
                forActivities: customers.customers + count, atMost: .seconds(300))
            return (end - start) / .seconds(60)
        }
    }
}
