/// An answer, whatever its status. Redirects are answers like any other: they are never followed.
package struct OutboundResponse: Sendable {
    package let status: Int
    /// As received: a name may occur more than once.
    package let headers: [(String, String)]
    /// As sent, never decompressed: we do not offer to accept compressed answers.
    package let body: [UInt8]

    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var isSuccess: Bool { (200..<300).contains(status) }

    /// The first value of the header of that name, in any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.0.equalsIgnoringASCIICase(name) }?.1
    }

    /// How long `Retry-After` asks us to wait, whether it is in seconds or a date; at most seven days.
    /// A date is compared with the answer's own `Date`, so that only the sender's clock matters; nil without one.
    package var retryAfter: Duration? {
        guard let value = header("Retry-After")?.trimmingASCIISpace, !value.isEmpty else { return nil }
        if let seconds = Int(value) { return Self.bounded(seconds) }
        guard let until = HTTPDate.seconds(value), let now = header("Date").flatMap(HTTPDate.seconds) else {
            return nil
        }
        return Self.bounded(until - now)
    }

    private static func bounded(_ seconds: Int) -> Duration {
        .seconds(min(max(0, seconds), 7 * 86_400))
    }
}

extension String {
    func equalsIgnoringASCIICase(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0 == $1 || $0.lowercasedASCII == $1.lowercasedASCII }
    }

    var trimmingASCIISpace: String {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let trimmed = utf8.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        return String(decoding: Array(trimmed), as: UTF8.self)
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 32 : self
    }
}
