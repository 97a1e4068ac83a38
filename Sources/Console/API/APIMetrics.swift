import Metrics

/// Counts the API's requests: `puente_api_requests_total` by operation and status, `puente_api_duration_seconds`.
enum APIMetrics {
    static func record(_ operation: String, _ status: Int, since start: ContinuousClock.Instant) {
        Counter(label: "puente_api_requests", dimensions: [("operation", operation), ("status", String(status))])
            .increment()
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        Timer(label: "puente_api_duration", dimensions: [("operation", operation)])
            .recordNanoseconds(overflow ? .max : nanoseconds + attoseconds / 1_000_000_000)
    }
}
