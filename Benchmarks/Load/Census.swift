import Proving

/// Which messages of a run the CRM has, and when they came.
struct Census {
    let count: Int
    private(set) var twice = 0
    /// Message → milliseconds since 1970.
    private(set) var arrivals: [Int: Int64] = [:]

    init(of run: String, count: Int, at sandbox: SandboxReader) async throws {
        self.init(of: run, count: count, among: try await sandbox.recorded())
    }

    init(of run: String, count: Int, among found: [SandboxReader.Arrival]) {
        self.count = count
        for arrival in found {
            guard let mark = RunMark(of: run, in: arrival.text) else { continue }
            if arrivals[mark.index] != nil || arrival.recordings > 1 { twice += 1 }
            arrivals[mark.index] = min(arrivals[mark.index] ?? arrival.at, arrival.at)
        }
    }

    var completeness: Double { count == 0 ? 0 : Double(arrivals.count) / Double(count) * 100 }

    /// From the moment when each was due to leave to the moment when the far end had it; milliseconds' grain.
    func delays(since dueAt: [Int64]) -> DelayRecorder {
        var delays = DelayRecorder()
        for (index, at) in arrivals where index < dueAt.count {
            delays.record(microseconds: at * 1000 - dueAt[index])
        }
        return delays
    }

    /// So many a minute got there, from when the first was due until the last one came.
    /// - Parameters:
    ///   - dueAt: in microseconds since 1970.
    ///   - end: until when they were waited for, likewise: what counts while some are missing.
    func perMinute(since dueAt: [Int64], until end: Int64) -> Double {
        guard let start = dueAt.first, let last = arrivals.values.max() else { return 0 }
        let microseconds = (arrivals.count == count ? last * 1000 : end) - start
        return microseconds > 0 ? Double(arrivals.count) * 60_000_000 / Double(microseconds) : 0
    }
}

extension DelayRecorder {
    func figures(p99 target: Double?, of what: String = "") -> [Figure] {
        let prefix = what.isEmpty ? "" : what + " "
        return [
            Figure(prefix + "p50", milliseconds(atPercentile: 50), "ms"),
            Figure(prefix + "p95", milliseconds(atPercentile: 95), "ms"),
            Figure(prefix + "p99", milliseconds(atPercentile: 99), "ms", target.map { .atMost($0) }),
            Figure(prefix + "max", maximum, "ms"),
        ]
    }
}
