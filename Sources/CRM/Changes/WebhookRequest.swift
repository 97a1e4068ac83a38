package import Domain

/// A webhook as it came in, before anybody believes it.
package struct WebhookRequest: Sendable {
    package var method: String
    /// As the sender called it: with the public scheme and host, also behind a proxy. Signatures cover it.
    package var url: String
    package var headers: [(String, String)]
    /// The raw bytes: signatures cover them.
    package var body: [UInt8]
    package var receivedAt: Timestamp

    package init(method: String, url: String, headers: [(String, String)], body: [UInt8], receivedAt: Timestamp) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }

    func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.0.lowercased() == name }?.1
    }

    /// Whether all of these headers are there.
    func has(_ names: String...) -> Bool { names.allSatisfy { header($0) != nil } }
}
