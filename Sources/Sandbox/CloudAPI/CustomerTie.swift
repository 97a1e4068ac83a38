import Domain

/// What lies between one customer and one business number: windows and the pair limit are counted per pair.
struct CustomerTie: Sendable {
    let numberID: String
    /// When the customer last wrote to this number: the 24-hour window counts from here.
    var lastInbound: Timestamp?
    /// Set when they came by an advertisement; an answer within 24 hours opens 72 free hours.
    var cameByAdAt: Timestamp?
    var freeEntryUntil: Timestamp?
    /// Made at the first message.
    var pairLimit: TokenBucket?

    func hasOpenWindow(at now: Timestamp) -> Bool {
        lastInbound.map { now - $0 < .hours(24) } ?? false
    }
}
