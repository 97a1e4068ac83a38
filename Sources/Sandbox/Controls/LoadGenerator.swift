import Domain
import Synchronization

/// Lets many customers write at a steady rate, for stress. One load at a time; it waits while the callbacks' queues
/// are full instead of losing messages.
final class LoadGenerator: Sendable {
    private struct Progress {
        var plan: LoadPlan?
        var sent = 0
        /// Ticks in which the queues had no room: the other side is slower than the rate.
        var stalls = 0
        var isStopped = false
        var started: ContinuousClock.Instant?
        var finishedAfter: Duration?
    }

    private static let maximumBacklog = 20_000

    private let cloud: CloudAPI
    private let office: WebhookOffice
    private let progress = Mutex(Progress())
    private let plans = AsyncStream.makeStream(of: LoadPlan.self, bufferingPolicy: .bufferingNewest(1))

    init(cloud: CloudAPI, office: WebhookOffice) {
        self.cloud = cloud
        self.office = office
    }

    /// False while another load runs.
    func begin(_ plan: LoadPlan) -> Bool {
        let isFree = progress.withLock { progress in
            guard progress.plan == nil || progress.finishedAfter != nil else { return false }
            progress = Progress(plan: plan)
            return true
        }
        if isFree { plans.continuation.yield(plan) }
        return isFree
    }

    func stop() { progress.withLock { $0.isStopped = true } }

    func run() async {
        for await plan in plans.stream { await generate(plan) }
    }

    var json: JSON {
        progress.withLock { progress in
            guard let plan = progress.plan else { return ["state": "idle"] }
            let taken = progress.finishedAfter ?? progress.started.map { ContinuousClock.now - $0 } ?? .zero
            return [
                "state": JSON(progress.finishedAfter == nil ? "running" : progress.isStopped ? "stopped" : "finished"),
                "rate": JSON(plan.rate), "seconds": JSON(plan.seconds), "contacts": JSON(plan.contacts),
                "planned": JSON(plan.total), "sent": JSON(progress.sent), "stalls": JSON(progress.stalls),
                "milliseconds": JSON(taken.wholeMilliseconds),
            ]
        }
    }

    private func generate(_ plan: LoadPlan) async {
        guard let number = cloud.configuration.numbers.first else { return }
        let start = ContinuousClock.now
        progress.withLock { $0.started = start }
        var sent = 0
        while sent < plan.total, !Task.isCancelled, !progress.withLock({ $0.isStopped }) {
            let elapsed = Double((ContinuousClock.now - start).wholeMilliseconds) / 1000
            let due = min(plan.total, Int(elapsed * Double(plan.rate)) + 1)
            let room = max(0, Self.maximumBacklog - office.backlog(of: .whatsapp))
            let batch = min(due - sent, room)
            if batch == 0, due > sent { progress.withLock { $0.stalls += 1 } }
            for index in sent..<(sent + max(0, batch)) {
                _ = cloud.receive(.text("\(plan.text) \(index)"), from: plan.phone(of: index), number: number)
            }
            sent += max(0, batch)
            progress.withLock { [sent] in $0.sent = sent }
            // Cancelled means that the sandbox ends; the loop sees it.
            try? await Task.sleep(for: .milliseconds(5))
        }
        progress.withLock { $0.finishedAfter = ContinuousClock.now - start }
    }
}
