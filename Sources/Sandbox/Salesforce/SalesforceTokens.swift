import Foundation

/// The sessions of the org. Each use puts off its end, as Salesforce's session time-out does.
struct SalesforceTokens: Sendable {
    private static let capacity = 1000
    private var ends: [String: Int64] = [:]
    /// Milliseconds without a call after which a session has ended.
    var timeout: Int64 = 7_200_000

    mutating func issue(at now: Int64) -> String {
        if ends.count >= Self.capacity { ends = ends.filter { $0.value > now } }
        if ends.count >= Self.capacity { ends = [:] }
        let random = Data((0..<24).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
        let token = "00D5g00000SANDB!\(random.filter { $0.isLetter || $0.isNumber })"
        ends[token] = now + timeout
        return token
    }

    /// Whether a token opens a session now.
    mutating func use(_ token: String, at now: Int64) -> Bool {
        guard let end = ends[token], end > now else {
            ends[token] = nil
            return false
        }
        ends[token] = now + timeout
        return true
    }

    mutating func end(_ token: String) { ends[token] = nil }

    mutating func endAll() { ends = [:] }
}
