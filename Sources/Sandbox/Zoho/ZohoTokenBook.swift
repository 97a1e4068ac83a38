import Domain
import Foundation

/// The access tokens that were given out, and how many of them lately.
/// Source: Zoho, "OAuth: refresh access tokens" and "Token validity and limits".
struct ZohoTokenBook: Sendable {
    static let life: Int64 = 3600
    private static let mostAlive = 30

    private var alive: [(token: String, until: Int64)] = []
    private var recent = RollingWindow(limit: 10, span: .minutes(10))
    private(set) var issued = 0

    /// Nil when there were too many within ten minutes.
    mutating func issue(at now: Timestamp, isLimited: Bool) -> String? {
        if isLimited, recent.take(at: now) == nil { return nil }
        let token = "1000.\(Hexadecimal.text((0..<16).map { _ in UInt8.random(in: 0...255) })).sandbox"
        alive.append((token, now.milliseconds + Self.life * 1000))
        if alive.count > Self.mostAlive { alive.removeFirst() }
        issued += 1
        return token
    }

    func isAlive(_ token: String, at now: Int64) -> Bool {
        alive.contains { $0.until > now && WebhookSignature.isEqual($0.token, token) }
    }

    mutating func forgetAll() { alive = [] }
}
