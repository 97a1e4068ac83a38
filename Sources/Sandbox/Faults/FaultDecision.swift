/// What the faults in force make of one call or one webhook.
struct FaultDecision: Sendable, Equatable {
    var delayBefore: Int64 = 0
    var delayAfter: Int64 = 0
    var refusal: Fault.Refusal?
    var dropsRequest = false
    var dropsAnswer = false
    var truncates = false
    var duplicates = false
    /// Milliseconds up to which an update may be held back at random.
    var reordersWithin: Int64 = 0

    static let none = FaultDecision()

    /// True for nearly all calls: nothing goes wrong.
    var isQuiet: Bool { self == .none }
}
