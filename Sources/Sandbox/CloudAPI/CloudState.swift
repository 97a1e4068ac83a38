import Domain

/// Everything the Cloud API remembers. It lives behind the one lock of ``CloudAPI``; nothing here waits or does I/O.
struct CloudState: Sendable {
    var customers: CustomerBook
    var sent: SentMessages
    var templates: TemplateBook
    var media: MediaShelf
    var accounts: [String: NumberAccount]
    var isSubscribed = true
    /// Accepted calls per number in the current second.
    var throughput: [String: TokenBucket] = [:]
    /// Service messages per number and month, for the free allowance: `NUMBER/2026-11`.
    var serviceCounts: [String: Int] = [:]
    var counters = CloudCounters()

    init(_ configuration: SandboxConfiguration, now: Timestamp) {
        customers = CustomerBook(capacity: configuration.bounds.customers)
        sent = SentMessages(capacity: configuration.bounds.sentMessages)
        templates = TemplateBook(now: now)
        media = MediaShelf(capacity: configuration.bounds.mediaBytes)
        accounts = [:]
        for number in configuration.numbers { accounts[number.id] = NumberAccount(number) }
    }
}

/// What was said and done, for `GET /sandbox/summary`.
struct CloudCounters: Sendable {
    var inbound = 0
    var inboundRefused = 0
    var readMarks = 0
    var typingMarks = 0
    var statuses: [String: Int] = [:]
    /// Refused sends by code.
    var refusals: [Int: Int] = [:]
}
