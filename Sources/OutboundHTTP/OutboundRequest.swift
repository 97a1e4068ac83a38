/// One HTTP request of ours to a vendor, a subscriber or the company's own system.
package struct OutboundRequest: Sendable {
    package var method: String
    /// Absolute, `http` or `https`. May hold secrets: only `Redaction.url` of it is ever logged.
    package var url: String
    package var headers: [(String, String)]
    package var body: [UInt8]?
    /// Sent instead of `body`.
    package var file: OutboundFile?
    /// For the whole call: name look-up, connection, request, answer with its body. Connecting alone gets 2 s at most.
    package var deadline: Duration
    /// For files, which take as long as the line needs: the call ends as well when nothing of one has moved for so long.
    /// Nil: only the deadline counts.
    package var stall: Duration?
    /// A longer answer ends the call with `TransportFailure.responseTooLarge`.
    package var maxResponseBytes: Int
    /// The name under which metrics count the call, for example `hubspot`. One of few; the host when it is nil.
    package var destination: String?

    var hasBody: Bool { file != nil || !(body ?? []).isEmpty }

    package init(
        method: String, url: String, headers: [(String, String)] = [], body: [UInt8]? = nil,
        file: OutboundFile? = nil, deadline: Duration, stall: Duration? = nil, maxResponseBytes: Int = 1 << 20,
        destination: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.file = file
        self.deadline = deadline
        self.stall = stall
        self.maxResponseBytes = maxResponseBytes
        self.destination = destination
    }
}
